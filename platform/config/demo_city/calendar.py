"""The settings of the demonstration: what holds, and the ordinance that begins with the next fiscal year."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any, Final

from apps.bookings.models import (
    ALWAYS,
    ClosingRule,
    Facility,
    Purpose,
    PurposeGroup,
    Room,
    RoomNeighbour,
    Timetable,
    TimetableSlot,
    Window,
)
from apps.bookings.rules.year import fiscal_year_of
from config.demo_city.gear import equip, tell_portal
from config.demo_city.plans.shape import TenantPlan
from kernel import clock

GROUPS: Final = {
    "talk": ("会議・学習", "Meetings and study"),
    "art": ("文化・芸術", "Culture and arts"),
    "move": ("運動・スポーツ", "Exercise and sports"),
}
ART: Final = frozenset(
    {"craft", "tea", "cooking", "music", "concert", "theatre", "rehearsal", "dance", "exhibition", "hobby", "go"}
)
MOVE: Final = frozenset(
    {"exercise", "badminton", "volleyball", "table_tennis", "basketball", "gymnastics", "martial_arts", "tennis"}
)
LOUD: Final = ("music", "concert", "rehearsal", "dance")
QUIET: Final = ("tea", "lecture")


def ordain(plan: TenantPlan) -> None:
    """Write the tenant's settings, once."""
    if Window.objects.exists():
        return
    _group_purposes(plan)
    begins = dt.date(fiscal_year_of(clock.today()) + 1, 4, 1)
    for facility in Facility.objects.prefetch_related("rooms"):
        Window.objects.bulk_create([*_windows_now(facility), *_windows_then(facility, begins)])
        ClosingRule.objects.bulk_create(_closings_then(facility, begins))
        rooms = list(facility.rooms.all())
        _winter(rooms[0], begins)
        RoomNeighbour.objects.bulk_create(
            RoomNeighbour(room=one, neighbour=other) for one, other in pairwise(rooms[:3])
        )
        equip(facility, begins)
        tell_portal(facility, begins)


def _group_purposes(plan: TenantPlan) -> None:
    for position, (code, (name, name_en)) in enumerate(GROUPS.items()):
        PurposeGroup.objects.create(code=code, name=name, name_en=name_en, position=position)
    for code in plan.purposes:
        group = "art" if code in ART else "move" if code in MOVE else "talk"
        flags = {"is_loud": code in LOUD, "needs_quiet": code in QUIET}
        Purpose.objects.filter(code=code).update(group=group, **flags)


def _windows_now(facility: Facility) -> list[Window]:
    """From three months before until the day before, for all."""
    edges: dict[str, Any] = {"opens_kind": "same_day", "opens_months": 3, "opens_at": dt.time(0)}
    return [_window(facility, who, ALWAYS, closes_days=1, **edges) for who in ("resident", "other")]


def _windows_then(facility: Facility, begins: dt.date) -> list[Window]:
    """Residents from the 17th of the month two months before, others from the 26th, until three days before."""
    edges: dict[str, Any] = {"opens_kind": "month_day", "opens_months": 2, "opens_at": dt.time(9)}
    return [
        _window(facility, who, begins, opens_days=day, opens_shift="next_open", closes_days=3, **edges)
        for who, day in (("resident", 17), ("other", 26))
    ]


def _window(facility: Facility, who: str, since: dt.date, **edges: Any) -> Window:
    usual = {"closes_kind": "days", "closes_at": dt.time(23, 59)}
    return Window(facility=facility, who=who, valid_from=since, **usual | edges)


def _closings_then(facility: Facility, begins: dt.date) -> list[ClosingRule]:
    """The last Friday for inspection, and in May three days open in spite of the rules."""
    may = begins.replace(month=5, day=3)
    inspection = {"kind": "weekly", "weekday": 5, "ordinals": [-1], "block": "maintenance", "shift": "previous_week"}
    return [
        ClosingRule(facility=facility, valid_from=begins, label="設備点検日", label_en="Inspection", **inspection),
        ClosingRule(
            facility=facility,
            kind="period",
            effect="opens",
            valid_from=may,
            valid_until=may + dt.timedelta(days=2),
            label="連休特別開館",
            label_en="Open on holidays",
        ),
    ]


def _winter(room: Room, begins: dt.date) -> None:
    """From November to February the first room closes at 20:00."""
    table = Timetable.objects.create(room=room, valid_from=begins, kind="free", first_day="11-01", last_day="02-28")
    hours = (("午前", "Morning", 9, 12), ("午後", "Afternoon", 13, 17), ("夜間（冬）", "Evening", 18, 20))
    TimetableSlot.objects.bulk_create(
        TimetableSlot(
            timetable=table, number=number, label=label, label_en=label_en, starts=dt.time(first), ends=dt.time(last)
        )
        for number, (label, label_en, first, last) in enumerate(hours, start=1)
    )
