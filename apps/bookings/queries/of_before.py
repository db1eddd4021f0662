"""Uses from before this system in the reports (指定管理前の使用履歴): they count like uses that were entered."""

from __future__ import annotations

import datetime as dt
from typing import Final
from uuid import UUID

from apps.bookings.models import PastBooking, PastState
from apps.bookings.rules.attendance import CAME
from apps.bookings.rules.reports import Use
from apps.bookings.rules.usage import Asked
from kernel.spans import day_span

CHANNEL: Final = "before"
"""受付経路 of a use from before this system, of which nothing is known."""


def uses_of_before(first: dt.date, last: dt.date) -> list[Asked]:
    """Those in today's rooms; one statement. Where the hours are not known, it counts with its people, by no slot."""
    found = PastBooking.objects.filter(day__range=(first, last), room__isnull=False)
    columns = ("room_id", "day", "state", "starts_at", "ends_at", "headcount")
    return [_asked(row) for row in found.order_by().values_list(*columns)]


def permitted_before(first: dt.date, last: dt.date, *, facility: UUID | None = None) -> list[Use]:
    """The same without those that were not used, for the pivot; one statement."""
    found = PastBooking.objects.filter(day__range=(first, last), room__isnull=False, state=PastState.PERMITTED)
    if facility is not None:
        found = found.filter(room__facility=facility)
    columns = (
        "day",
        "room__facility__name",
        "room__name",
        "slot_label",
        "purpose_name",
        "registrant__kind",
        "headcount",
        "fee",
    )
    return [
        Use(
            day, place, room, _slots(label), purpose, kind or "", CHANNEL, CAME if people else "", people or 0, fee or 0
        )
        for day, place, room, label, purpose, kind, people, fee in found.order_by().values_list(*columns)
    ]


def _slots(label: str) -> tuple[str, ...]:
    """The slots of 午前・午後; none where the other system only knew hours."""
    return tuple(part for part in label.split("・") if part)


def _asked(row: tuple[UUID, dt.date, str, dt.datetime | None, dt.datetime | None, int | None]) -> Asked:
    room, day, state, starts, ends, people = row
    midnight = day_span(day).start
    came = people or 0 if state == PastState.PERMITTED else 0
    return Asked(room, day, state, starts or midnight, ends or midnight, people, CAME if came else "", came)
