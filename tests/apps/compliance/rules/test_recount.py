"""When a recount opens and ends, when an ID is unused, who owes a pledge or a training, and which IDs seem shared."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import pytest

from apps.compliance.rules.duties import Done, owes_pledge, owes_training
from apps.compliance.rules.recount import closes_on, is_over, is_unused, quarter_of
from apps.compliance.rules.shared_ids import Sign, SignIn, shared_ids

DAY = dt.date(2026, 11, 26)
NOON = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
ONE, TWO = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        ("2026-01-01", "2026-01-01"),
        ("2026-03-31", "2026-01-01"),
        ("2026-04-01", "2026-04-01"),
        ("2026-12-31", "2026-10-01"),
    ],
)
def test_a_quarter_begins_with_its_first_month(day: str, wanted: str) -> None:
    assert quarter_of(dt.date.fromisoformat(day)).isoformat() == wanted


def test_a_recount_ends_after_thirty_days() -> None:
    assert closes_on(DAY) == dt.date(2026, 12, 26)
    assert not is_over(DAY, DAY)
    assert is_over(DAY, DAY + dt.timedelta(days=1))


@pytest.mark.parametrize(
    ("used", "given", "wanted"),
    [(None, 89, False), (None, 90, True), (89, 400, False), (90, 400, True), (400, 10, False)],
)
def test_an_id_is_unused_after_ninety_days_since_it_was_used_or_given(
    used: int | None, given: int, *, wanted: bool
) -> None:
    before = [None if days is None else NOON - dt.timedelta(days=days) for days in (used, given)]
    assert before[1] is not None
    assert is_unused(before[0], before[1], NOON, 90) is wanted


@pytest.mark.parametrize(("version", "wanted"), [(None, True), (1, True), (2, False), (3, False)])
def test_a_new_version_is_promised_anew(version: int | None, *, wanted: bool) -> None:
    assert owes_pledge(Done(version, None), 2) is wanted


@pytest.mark.parametrize(("days", "wanted"), [(None, True), (364, False), (365, True)])
def test_a_training_holds_for_a_year(days: int | None, *, wanted: bool) -> None:
    day = None if days is None else DAY - dt.timedelta(days=days)
    assert owes_training(Done(None, day), DAY) is wanted


def seen(minutes: int, address: str = "10.0.0.1", *, account: UUID = ONE, is_out: bool = False, **more: UUID) -> SignIn:
    return SignIn("chuo", account, "a0001", "架空", NOON + dt.timedelta(minutes=minutes), is_out, address, **more)


@pytest.mark.parametrize(
    ("events", "wanted"),
    [
        ([seen(0), seen(59, "10.0.0.2")], [Sign.PLACES]),
        ([seen(0), seen(61, "10.0.0.2")], []),
        ([seen(0), seen(10, is_out=True), seen(20, "10.0.0.2")], [Sign.PLACES]),
        ([seen(0), seen(10)], [Sign.SESSIONS]),
        ([seen(0), seen(5, is_out=True), seen(10)], []),
        ([seen(0, terminal=ONE), seen(10, terminal=ONE)], []),
        ([seen(0, terminal=ONE), seen(10, terminal=TWO)], [Sign.PLACES]),
        ([seen(0, terminal=ONE), seen(10, "10.0.0.2", terminal=ONE)], []),
        ([seen(0, terminal=ONE), seen(10)], [Sign.SESSIONS]),
        ([seen(0), seen(10, "10.0.0.2", account=TWO)], []),
        ([seen(10, "10.0.0.2"), seen(0)], [Sign.PLACES]),
    ],
)
def test_two_places_within_an_hour_are_found(events: list[SignIn], wanted: list[Sign]) -> None:
    assert [one.sign for one in shared_ids(events)] == wanted
