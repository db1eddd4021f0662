"""Closing rules as they stand, what a change of them changes, and the bookings that it hits."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from apps.bookings.errors import UnknownRoomError
from apps.bookings.models import Booking, ClosingRule, Occupation, Room, RoomPart, Window
from apps.bookings.rules import listing
from apps.bookings.rules.year import Change, changed, days_of_year, fiscal_year_of, reach
from kernel import clock


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its row, and the rooms that it closes: one, and those that share a part with it; None: all."""

    pk: int | None
    rooms: frozenset[UUID] | None
    closing: listing.Closing


def closings_of(facility: UUID) -> list[Rule]:
    """All rules of a facility in the order in which they count; three statements."""
    sharing = rooms_sharing(facility)
    rows = ClosingRule.objects.filter(facility=facility)
    return [Rule(row.pk, sharing[row.room_id] if row.room_id else None, closing_from(row)) for row in rows]


def rooms_sharing(facility: UUID) -> dict[UUID, frozenset[UUID]]:
    """Room -> the rooms that have a part of it, itself among them: whole and halves close together.

    Two statements.
    """
    parts: dict[UUID, set[UUID]] = {
        pk: {pk} for pk in Room.objects.filter(facility=facility).values_list("pk", flat=True)
    }
    for room, part in RoomPart.objects.filter(room__in=parts).values_list("room", "part"):
        parts[room].add(part)
    return {one: frozenset(other for other, theirs in parts.items() if theirs & mine) for one, mine in parts.items()}


def closing_from(row: ClosingRule) -> listing.Closing:
    """The rule of a row."""
    return listing.Closing(
        row.kind,
        row.weekday,
        row.first_day,
        row.last_day,
        row.label,
        row.label_en,
        tuple(row.ordinals),
        tuple(row.month_days),
        row.shift,
        row.effect,
        row.block,
        row.valid_from,
        row.valid_until,
    )


def row_of(closing: listing.Closing) -> dict[str, Any]:
    """The columns of a rule."""
    return {
        "kind": closing.kind,
        "weekday": closing.weekday,
        "first_day": closing.first,
        "last_day": closing.last,
        "label": closing.label,
        "label_en": closing.label_en,
        "ordinals": list(closing.ordinals),
        "month_days": list(closing.days),
        "shift": closing.shift,
        "effect": closing.effect,
        "block": closing.block,
        "valid_from": closing.since,
        "valid_until": closing.until,
    }


def with_rule(rules: Sequence[Rule], closing: listing.Closing, facility: UUID, room: UUID | None) -> list[Rule]:
    """The rules with one more. ``UnknownRoomError`` for a room of another facility."""
    if room is None:
        return [*rules, Rule(None, None, closing)]
    rooms = rooms_sharing(facility).get(room)
    if rooms is None:
        raise UnknownRoomError(field="target")
    return [*rules, Rule(None, rooms, closing)]


def without_rule(rules: Sequence[Rule], pk: int, last: dt.date) -> list[Rule]:
    """The rules with that one over after ``last``."""
    return [replace(one, closing=replace(one.closing, until=last)) if one.pk == pk else one for one in rules]


def of_room(rules: Sequence[Rule], room: UUID | None) -> list[listing.Closing]:
    """The rules that hold for a room; None: those of the whole house."""
    return [one.closing for one in rules if one.rooms is None or room in one.rooms]


def horizon(facility: UUID) -> list[dt.date]:
    """The days that a preview looks at: from today as far as anybody can apply for.

    That is to the end of the fiscal year after this one at least, and as far as the facility's windows reach; one
    statement.
    """
    today = clock.today()
    edges = Window.objects.filter(facility=facility).values_list("opens_kind", "opens_months", "opens_days")
    last = max((reach(today, *edge) for edge in edges), default=today)
    years = range(fiscal_year_of(today), max(fiscal_year_of(today) + 1, fiscal_year_of(last)) + 1)
    return [day for year in years for day in days_of_year(year) if day >= today]


def change_of(before: Sequence[Rule], after: Sequence[Rule], room: UUID | None, days: Sequence[dt.date]) -> Change:
    """Which of ``days`` become closed and open for a room, or for the house."""
    return changed(of_room(before, room), of_room(after, room), days)


def hits_of(facility: UUID, before: Sequence[Rule], after: Sequence[Rule]) -> list[Booking]:
    """The bookings of the facility, holds among them, on days that become closed, however far ahead; one statement."""
    alive = Occupation.objects.filter(Q(expires_at=None) | Q(expires_at__gt=clock.now()), booking=OuterRef("pk"))
    ahead = Booking.objects.filter(Exists(alive), room__facility=facility, day__gte=clock.today())
    found = list(ahead.select_related("room").order_by("day", "during"))
    closing = {
        room: {one.day for one in change_of(before, after, room, sorted(days)).closed}
        for room, days in _days_of(found).items()
    }
    return [booking for booking in found if booking.day in closing[booking.room_id]]


def _days_of(bookings: Sequence[Booking]) -> dict[UUID, set[dt.date]]:
    days: dict[UUID, set[dt.date]] = defaultdict(set)
    for one in bookings:
        days[one.room_id].add(one.day)
    return days
