"""From where a site is reached: what is shown × what is asked."""

from __future__ import annotations

import datetime as dt
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.access import (
    ASKABLE,
    GRANT_HOURS,
    OPEN,
    SHUT,
    Grant,
    KnownTerminal,
    Policy,
    Range,
    Shown,
    Verdict,
    Way,
    judge,
    policy_from,
    read_address,
    read_fingerprint,
)

NOW = dt.datetime(2026, 4, 1, 0, 30, tzinfo=dt.UTC)
TODAY = dt.date(2026, 4, 1)
DAY = dt.timedelta(days=1)
PC = KnownTerminal(UUID(int=1))
LINE = Range(ip_network("203.0.113.16/28"))
LINE_6 = Range(ip_network("2001:db8:0:1::/64"))
IN, OUT = Shown(address=ip_address("203.0.113.20")), Shown(address=ip_address("203.0.113.32"))
FROM_PC = Shown(address=OUT.address, terminal="pc")
WITH_PAPERS = Shown(certificate="paper")
ALL_SHOWN = Shown(address=IN.address, terminal="pc", certificate="paper")
N, T, C, G = Way.NETWORK, Way.TERMINAL, Way.CERTIFICATE, Way.GRANT


def policy(*ways: Way, needs_all: bool = False, **said: object) -> Policy:
    values = {"ranges": (LINE, LINE_6), "terminals": {"pc": PC}, "certificates": {"paper": None}} | said
    return Policy(ways=frozenset(ways), needs_all=needs_all, **values)  # type: ignore[arg-type]


def judged(asked: Policy, shown: Shown, now: dt.datetime = NOW, day: dt.date = TODAY) -> Verdict:
    return judge(asked, shown, now, day)


@pytest.mark.parametrize(
    ("asked", "shown", "ways"),
    [
        (OPEN, OUT, set()),
        (OPEN, Shown(), set()),
        (policy(N), IN, {N}),
        (policy(T), FROM_PC, {T}),
        (policy(C), WITH_PAPERS, {C}),
        (policy(N, T), IN, {N}),
        (policy(N, T), FROM_PC, {T}),
        (policy(N, T, C), ALL_SHOWN, {N, T, C}),
        (policy(N, T, needs_all=True), ALL_SHOWN, {N, T}),
        (policy(N, needs_all=True), IN, {N}),
    ],
)
def test_a_request_that_shows_what_is_asked_comes_in(asked: Policy, shown: Shown, ways: set[Way]) -> None:
    verdict = judged(asked, shown)
    assert (verdict.admitted, set(verdict.ways)) == (True, ways)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        (SHUT, ALL_SHOWN),
        (policy(N), OUT),
        (policy(N), Shown()),
        (policy(N), FROM_PC),
        (policy(T), IN),
        (policy(T), Shown(terminal="stolen")),
        (policy(T, terminals={}), Shown(terminal="")),
        (policy(T, terminals={"": PC}), Shown(terminal="")),
        (policy(C), IN),
        (policy(C), Shown(certificate="forged")),
        (policy(C, certificates={}), Shown()),
        (policy(N, T), WITH_PAPERS),
        (policy(N, T, needs_all=True), IN),
        (policy(N, T, needs_all=True), FROM_PC),
        (policy(N, T, C, needs_all=True), Shown(address=IN.address, terminal="pc")),
    ],
)
def test_a_request_that_does_not_stays_out(asked: Policy, shown: Shown) -> None:
    assert not judged(asked, shown).admitted


@pytest.mark.parametrize(
    ("address", "is_in"),
    [
        ("203.0.113.15", False),
        ("203.0.113.16", True),
        ("203.0.113.31", True),
        ("203.0.113.32", False),
        ("::ffff:203.0.113.16", True),
        ("::ffff:203.0.113.15", False),
        ("2001:db8:0:0:ffff:ffff:ffff:ffff", False),
        ("2001:db8:0:1::", True),
        ("2001:db8:0:1:ffff:ffff:ffff:ffff", True),
        ("2001:db8:0:2::", False),
        ("2001:db8:0:1::1%eth0", True),
        ("0.0.0.0", False),  # noqa: S104  # an address that a request shows
        ("::", False),
    ],
)
def test_a_range_ends_at_its_edges(address: str, is_in: bool) -> None:
    assert judged(policy(N), Shown(address=read_address(address))).admitted is is_in


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [
        (None, None, True),
        (TODAY, None, True),
        (TODAY + DAY, None, False),
        (None, TODAY, True),
        (None, TODAY - DAY, False),
        (TODAY, TODAY, True),
    ],
)
def test_a_range_holds_from_its_first_through_its_last_day(
    first: dt.date | None, last: dt.date | None, holds: bool
) -> None:
    asked = policy(N, ranges=(Range(LINE.network, first, last),))
    assert judged(asked, IN).admitted is holds


@pytest.mark.parametrize(("last", "holds"), [(None, True), (TODAY, True), (TODAY - DAY, False)])
def test_a_certificate_holds_through_its_last_day(last: dt.date | None, holds: bool) -> None:
    assert judged(policy(C, certificates={"paper": last}), WITH_PAPERS).admitted is holds


@pytest.mark.parametrize(
    ("minutes", "opens"), [(-1, False), (0, True), (59, True), (60, False), (GRANT_HOURS * 60, False)]
)
def test_a_grant_opens_from_its_beginning_until_its_end(minutes: int, opens: bool) -> None:
    asked = policy(N, T, needs_all=True, grants=(Grant(NOW, NOW + dt.timedelta(hours=1)),))
    verdict = judged(asked, OUT, now=NOW + dt.timedelta(minutes=minutes))
    assert (verdict.admitted, G in verdict.ways) == (opens, opens)


def test_a_grant_for_one_address_opens_to_no_other() -> None:
    asked = policy(N, grants=(Grant(NOW, NOW + dt.timedelta(hours=1), ip_network("203.0.113.32/32")),))
    assert judged(asked, OUT).admitted
    assert not judged(asked, Shown(address=ip_address("203.0.113.33"))).admitted
    assert not judged(asked, Shown()).admitted


def test_the_terminal_is_known_also_where_none_is_asked() -> None:
    assert judged(policy(N), ALL_SHOWN).terminal == PC
    assert judged(policy(), FROM_PC).terminal == PC


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("203.0.113.1", IPv4Address("203.0.113.1")),
        (" 203.0.113.1 ", IPv4Address("203.0.113.1")),
        ("::ffff:203.0.113.1", IPv4Address("203.0.113.1")),
        ("::FFFF:CB00:7101", IPv4Address("203.0.113.1")),
        ("fe80::1%eth0", IPv6Address("fe80::1")),
        ("203.0.113.1:443", None),
        ("[::1]:443", None),
        ("203.0.113.01", None),
        ("3405803777", None),
        ("unknown", None),
        ("", None),
    ],
)
def test_an_address_is_read_or_is_none(text: str, address: object) -> None:
    assert read_address(text) == address


@pytest.mark.parametrize(
    ("text", "fingerprint"),
    [
        ("AB" * 32, "ab" * 32),
        (":".join(["Ab"] * 32), "ab" * 32),
        ("ab" * 31, ""),
        ("ab" * 33, ""),
        ("zz" * 32, ""),
        ("", ""),
        (f"{'ab' * 32},{'ab' * 32}", ""),
    ],
)
def test_a_fingerprint_is_read_or_is_empty(text: str, fingerprint: str) -> None:
    assert read_fingerprint(text) == fingerprint


def test_what_the_database_says_is_read() -> None:
    said = {
        "ways": ["network", "terminal"],
        "needs_all": True,
        "ranges": [["203.0.113.16/28", "2026-04-01", None], ["2001:db8::/32", None, "2026-05-01"]],
        "terminals": [["ab" * 32, str(PC.id), "2026-03-31"], ["cd" * 32, str(UUID(int=2)), None]],
        "certificates": [["ef" * 32, None]],
        "grants": [[None, "2026-04-01T00:00:00.5+00:00", "2026-04-01T09:00:00+09:00"]],
        "enrols_until": "2026-04-01T00:00:00+00:00",
    }
    read = policy_from(said)
    assert read.ways == {N, T}
    assert read.ranges == (
        Range(ip_network("203.0.113.16/28"), first=TODAY),
        Range(ip_network("2001:db8::/32"), last=dt.date(2026, 5, 1)),
    )
    assert read.terminals["ab" * 32] == KnownTerminal(PC.id, dt.date(2026, 3, 31))
    assert read.grants[0].network is None
    assert not read.is_enrolling(NOW)
    assert read.is_enrolling(NOW - dt.timedelta(minutes=31))


ways = st.frozensets(st.sampled_from(ASKABLE))
shown = st.builds(
    Shown,
    address=st.none() | st.ip_addresses() | st.ip_addresses(network="203.0.113.0/24"),
    terminal=st.sampled_from(["", "pc", "stolen"]),
    certificate=st.sampled_from(["", "paper", "forged"]),
)


@given(ways, shown)
def test_whoever_meets_all_of_some_ways_meets_one_of_them(asked: frozenset[Way], seen: Shown) -> None:
    if judged(policy(*asked, needs_all=True), seen).admitted:
        assert judged(policy(*asked), seen).admitted


@given(ways, ways, shown)
def test_one_more_way_of_several_lets_nobody_out(asked: frozenset[Way], more: frozenset[Way], seen: Shown) -> None:
    if asked and judged(policy(*asked), seen).admitted:
        assert judged(policy(*asked, *more), seen).admitted


@given(ways, shown, st.booleans())
def test_whoever_comes_in_shows_only_ways_that_are_asked(asked: frozenset[Way], seen: Shown, needs_all: bool) -> None:
    verdict = judged(policy(*asked, needs_all=needs_all), seen)
    assert verdict.ways <= asked
    assert verdict.admitted or asked


@given(st.ip_addresses(v=4), st.integers(0, 32))
def test_an_address_lies_in_its_own_network_in_either_clothes(address: IPv4Address, length: int) -> None:
    asked = policy(N, ranges=(Range(ip_network((address, length), strict=False)),))
    for text in (str(address), f"::ffff:{address}"):
        assert judged(asked, Shown(address=read_address(text))).admitted
