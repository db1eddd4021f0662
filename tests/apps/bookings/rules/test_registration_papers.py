"""Which acts on a registration call for a notice."""

from __future__ import annotations

import datetime as dt

import pytest

from apps.bookings.rules.registration_papers import Deed, owed

DAY = dt.date(2026, 5, 1)


def deeds(*acts: str) -> list[Deed]:
    """``suspend`` or ``close/died``, numbered in order, decided a day after the other."""
    days = [DAY + dt.timedelta(number) for number in range(len(acts))]
    parted = [act.partition("/") for act in acts]
    return [
        Deed(number, act, day, day, cause=cause, reason=f"理由{number}")
        for number, (day, (act, _, cause)) in enumerate(zip(days, parted, strict=True))
    ]


@pytest.mark.parametrize(
    ("acts", "state", "expected"),
    [
        (["register"], "active", [(0, "granted")]),
        (["register"], "under_review", []),
        (["register", "approve"], "active", [(1, "granted")]),
        (["complete"], "active", [(0, "granted")]),
        (["complete", "refuse"], "refused", [(1, "refused")]),
        (["register", "suspend", "suspend"], "suspended", [(0, "granted"), (1, "suspended"), (2, "suspended")]),
        (["register", "close/ex_officio"], "closed", [(0, "granted"), (1, "struck")]),
        (["register", "close/expired"], "closed", [(0, "granted"), (1, "struck")]),
        (["register", "close/withdrawn"], "closed", [(0, "granted")]),
        (["register", "close/died"], "closed", [(0, "granted")]),
        ([], "active", []),
    ],
)
def test_notices_follow_from_the_acts(acts: list[str], state: str, expected: list[tuple[int, str]]) -> None:
    assert [(one.deed.id, one.kind.value) for one in owed(deeds(*acts), state=state)] == expected


def test_what_a_measure_brought_about_has_the_notice_of_the_measure() -> None:
    found = deeds("register", "suspend", "suspend")
    measured = {(found[1].effective_on, found[1].reason)}
    assert [one.deed.id for one in owed(found, state="suspended", measured=measured)] == [0, 2]
