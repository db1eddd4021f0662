"""What the city may set about from where a desk is reached."""

from __future__ import annotations

import datetime as dt
from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.compliance.access_errors import (
    DaysBackwardsError,
    GrantTooLongError,
    HostBitsError,
    LocksOutError,
    MappedNetworkError,
    NobodyLeftError,
    NotAFingerprintError,
    NotANetworkError,
    ReasonTooShortError,
    WideNetworkError,
)
from apps.compliance.rules.access import (
    check_days,
    check_fingerprint,
    check_hours,
    check_nobody_is_locked_out,
    check_reason,
    check_somebody_is_left,
    check_width,
    locked_out,
    network_of,
)
from tenants.access import Policy, Range, Way

NOW = dt.datetime(2026, 4, 1, 3, tzinfo=dt.UTC)
TODAY = dt.date(2026, 4, 1)
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("typed", "network"),
    [
        ("203.0.113.0/24", "203.0.113.0/24"),
        (" 203.0.113.0 /24 ", "203.0.113.0/24"),
        ("２０３．０．１１３．０／２４", "203.0.113.0/24"),
        ("203.0.113.0/255.255.255.0", "203.0.113.0/24"),
        ("203.0.113.5", "203.0.113.5/32"),
        ("2001:DB8::/48", "2001:db8::/48"),
        ("2001:db8::1", "2001:db8::1/128"),
        ("0.0.0.0/0", "0.0.0.0/0"),
        ("::/0", "::/0"),
    ],
)
def test_a_network_is_read_as_people_type_it(typed: str, network: str) -> None:
    assert network_of(typed) == ip_network(network)


@pytest.mark.parametrize("typed", ["", "203.0.113", "203.0.113.0/33", "203.0.113.0-20", "x", "2001:db8::/129", "1/1/1"])
def test_what_is_no_network_is_refused(typed: str) -> None:
    with pytest.raises(NotANetworkError):
        network_of(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("203.0.113.5/24", "203.0.113.0/24"), ("2001:db8::1/64", "2001:db8::/64"), ("1.2.3.4/0", "0.0.0.0/0")],
)
def test_host_bits_are_refused_with_what_may_be_meant(typed: str, meant: str) -> None:
    with pytest.raises(HostBitsError) as caught:
        network_of(typed)
    assert caught.value.params == {"network": meant}


@pytest.mark.parametrize("typed", ["::ffff:203.0.113.0/120", "::ffff:203.0.113.5", "::ffff:0:0/96"])
def test_an_ipv4_network_in_ipv6_clothes_is_refused(typed: str) -> None:
    with pytest.raises(MappedNetworkError):
        network_of(typed)


@pytest.mark.parametrize(
    ("network", "is_wide"),
    [
        ("0.0.0.0/0", True),
        ("10.0.0.0/15", True),
        ("10.0.0.0/16", False),
        ("::/0", True),
        ("2001:db8::/31", True),
        ("2001:db8::/32", False),
    ],
)
def test_a_wide_network_is_taken_only_when_confirmed(network: str, is_wide: bool) -> None:
    check_width(ip_network(network, strict=False), confirmed=True)
    if is_wide:
        with pytest.raises(WideNetworkError):
            check_width(ip_network(network, strict=False), confirmed=False)
    else:
        check_width(ip_network(network, strict=False), confirmed=False)


@given(st.ip_addresses(), st.integers(0, 32))
def test_every_network_is_read_as_it_is_written(address: object, length: int) -> None:
    network = ip_network(f"{address}/{length}", strict=False)
    assert network_of(str(network)) == network


@pytest.mark.parametrize(
    ("first", "last"), [(TODAY, TODAY - DAY), (TODAY + DAY, TODAY), (TODAY - 3 * DAY, TODAY - DAY)]
)
def test_a_last_day_before_the_first_or_today_is_refused(first: dt.date, last: dt.date) -> None:
    with pytest.raises(DaysBackwardsError):
        check_days(first, last, TODAY)


def test_a_last_day_may_be_today_or_none() -> None:
    check_days(TODAY, TODAY, TODAY)
    check_days(TODAY, None, TODAY)


@pytest.mark.parametrize("hours", [-1, 0, 73])
def test_a_grant_lasts_from_one_hour_to_three_days(hours: int) -> None:
    assert check_hours(1) < check_hours(72) == dt.timedelta(days=3)
    with pytest.raises(GrantTooLongError):
        check_hours(hours)


def test_a_reason_says_something() -> None:
    assert check_reason("  回線の　障害 ") == "回線の 障害"
    with pytest.raises(ReasonTooShortError):
        check_reason("　回線 ")


def test_a_fingerprint_may_be_typed_in_full_width() -> None:
    assert check_fingerprint("ＡＢ：" * 31 + "ＡＢ") == "ab" * 32
    with pytest.raises(NotAFingerprintError):
        check_fingerprint("ab" * 20)


LINE, OTHER = Range(ip_network("203.0.113.0/28")), Range(ip_network("198.51.100.0/24"))
SEEN = [ip_address("203.0.113.1"), ip_address("198.51.100.1"), ip_address("192.0.2.1")]


def asking(*ranges: Range, ways: tuple[Way, ...] = (Way.NETWORK,)) -> Policy:
    return Policy(ways=frozenset(ways), ranges=ranges)


@pytest.mark.parametrize(
    ("before", "after", "gone"),
    [
        (Policy(), Policy(), []),
        (Policy(), asking(LINE, OTHER), [2]),
        (Policy(), asking(ways=(Way.TERMINAL,)), [0, 1, 2]),
        (asking(LINE, OTHER), asking(LINE), [1]),
        (asking(LINE), asking(LINE, OTHER), []),
        (asking(LINE), Policy(), []),
        (asking(LINE), asking(LINE, ways=(Way.NETWORK, Way.TERMINAL)), []),
    ],
)
def test_whom_a_change_locks_out(before: Policy, after: Policy, gone: list[int]) -> None:
    assert locked_out(before, after, SEEN, NOW, TODAY) == [SEEN[number] for number in gone]


def test_locking_out_is_confirmed() -> None:
    check_nobody_is_locked_out([], confirmed=False)
    check_nobody_is_locked_out(SEEN, confirmed=True)
    with pytest.raises(LocksOutError) as caught:
        check_nobody_is_locked_out(SEEN, confirmed=False)
    assert caught.value.params == {"number": 3}


@pytest.mark.parametrize(
    ("ways", "registered", "needs_all", "is_shut"),
    [
        ([], [], False, False),
        ([Way.NETWORK], [Way.NETWORK], False, False),
        ([Way.NETWORK], [Way.TERMINAL], False, True),
        ([Way.NETWORK, Way.TERMINAL], [Way.TERMINAL], False, False),
        ([Way.NETWORK, Way.TERMINAL], [Way.TERMINAL], True, True),
        ([Way.NETWORK, Way.TERMINAL], [Way.NETWORK, Way.TERMINAL], True, False),
    ],
)
def test_asking_for_what_nobody_has_is_confirmed(
    ways: list[Way], registered: list[Way], needs_all: bool, is_shut: bool
) -> None:
    check_somebody_is_left(ways, registered, needs_all=needs_all, confirmed=True)
    if is_shut:
        with pytest.raises(NobodyLeftError):
            check_somebody_is_left(ways, registered, needs_all=needs_all, confirmed=False)
    else:
        check_somebody_is_left(ways, registered, needs_all=needs_all, confirmed=False)
