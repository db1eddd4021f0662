"""Closing rules as they stand, what a change of them changes, and the bookings that it hits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Q

from apps.bookings.errors import UnknownRoomError
from apps.bookings.models import Booking, ClosingRule, Occupation, Room, RoomPart
from apps.bookings.rules import listing
from apps.bookings.rules.year import Change, changed, days_of_year, fiscal_year_of
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


def horizon() -> list[dt.date]:
    """The days that a preview looks at: from today to the end of the fiscal year after this one."""
    today = clock.today()
    year = fiscal_year_of(today)
    return [day for day in [*days_of_year(year), *days_of_year(year + 1)] if day >= today]


def change_of(before: Sequence[Rule], after: Sequence[Rule], room: UUID | None) -> Change:
    """What becomes closed and open for a room, or for the house."""
    return changed(of_room(before, room), of_room(after, room), horizon())


def hits_of(facility: UUID, before: Sequence[Rule], after: Sequence[Rule]) -> list[Booking]:
    """The bookings of the facility, holds among them, on days that become closed; two statements."""
    closing = {
        room: {one.day for one in change_of(before, after, room).closed}
        for room in Room.objects.filter(facility=facility).values_list("pk", flat=True)
    }
    days = set().union(*closing.values())
    if not days:
        return []
    alive = Occupation.objects.filter(Q(expires_at=None) | Q(expires_at__gt=clock.now()), booking__day__in=days)
    found = Booking.objects.filter(pk__in=alive.values("booking")).select_related("room").order_by("day", "during")
    return [booking for booking in found if booking.day in closing.get(booking.room_id, ())]
