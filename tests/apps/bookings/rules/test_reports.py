"""Parting uses by two of their sides."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.bookings.rules.attendance import ABSENT, CAME
from apps.bookings.rules.figures import Figures, from_kept, kept
from apps.bookings.rules.reports import MEASURES, SIDES, Use, change, months_of_year, pivot

USES = st.builds(
    Use,
    day=st.dates(dt.date(2026, 4, 1), dt.date(2026, 9, 30)),
    facility=st.just("架空センター"),
    room=st.sampled_from(["会議室", "和室", "全面"]),
    slots=st.lists(st.sampled_from(["午前", "午後", "夜間"]), min_size=1, max_size=3, unique=True).map(tuple),
    purpose=st.sampled_from(["会議", "体操"]),
    kind=st.sampled_from(["individual", "group"]),
    channel=st.sampled_from(["portal", "counter"]),
    outcome=st.sampled_from(["", CAME, ABSENT]),
    people=st.integers(0, 50),
)


def use(**values: object) -> Use:
    given = {
        "day": dt.date(2026, 5, 1),
        "facility": "架空センター",
        "room": "会議室",
        "slots": ("午前", "午後"),
        "purpose": "会議",
        "kind": "group",
        "channel": "portal",
        "outcome": CAME,
        "people": 12,
    }
    return Use(**given | values)  # type: ignore[arg-type]  # the fields of Use


def test_a_use_of_two_slots_counts_in_both_and_once_in_the_sum() -> None:
    found = pivot([use(), use(room="和室", slots=("午前",))], down="room", across="slot", measure="uses")
    assert (found.rows, found.columns) == (("会議室", "和室"), ("午前", "午後"))
    assert dict(found.cells) == {("会議室", "午前"): 1, ("会議室", "午後"): 1, ("和室", "午前"): 1}
    assert dict(found.of_rows) == {"会議室": 1, "和室": 1}
    assert found.total == 2


def test_slots_are_counted_slot_by_slot() -> None:
    found = pivot([use()], down="room", across="slot", measure="slots")
    assert dict(found.cells) == {("会議室", "午前"): 1, ("会議室", "午後"): 1}
    assert (found.of_rows["会議室"], found.of_columns["午前"], found.total) == (2, 1, 2)


def test_nobody_counts_who_did_not_come() -> None:
    assert pivot([use(outcome=ABSENT)], down="room", across="weekday", measure="people").total == 0
    assert pivot([use()], down="room", across="weekday", measure="people").cells["会議室", "5"] == 12


@given(
    st.lists(USES), st.sampled_from(sorted(SIDES)), st.sampled_from(sorted(SIDES)), st.sampled_from(sorted(MEASURES))
)
def test_the_sums_are_those_of_the_uses(uses: list[Use], down: str, across: str, measure: str) -> None:
    found = pivot(uses, down=down, across=across, measure=measure)
    assert found.total == sum(MEASURES[measure](one) for one in uses)
    if "slot" not in (down, across):
        assert sum(found.of_rows.values()) == sum(found.of_columns.values()) == sum(found.cells.values()) == found.total
    assert all(value >= 0 for value in found.cells.values())


def test_a_year_goes_from_april_to_march() -> None:
    months = months_of_year(2026)
    assert (months[0], months[8], months[9], months[11]) == (
        dt.date(2026, 4, 1),
        dt.date(2026, 12, 1),
        dt.date(2027, 1, 1),
        dt.date(2027, 3, 1),
    )


@pytest.mark.parametrize(
    ("now", "before", "percent"), [(50, 100, 50), (1, 3, 33), (2, 3, 67), (1, 200, 1), (5, 0, None)]
)
def test_the_change_is_in_whole_percent_half_up(now: int, before: int, percent: int | None) -> None:
    assert change(now, before) == percent


def test_figures_come_back_from_what_a_closing_keeps() -> None:
    figures = Figures(4, 3, 1, 2, 2, {"permitted": 3}, 30, 2, 1, 25, {"c1": 25})
    assert from_kept(kept(figures)) == figures
