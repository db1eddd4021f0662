"""Setting the slots of rooms from a day on, perhaps for one season (時間割)."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from apps.bookings.errors import DayPastError, SettingExistsError, SpanUpsideDownError, UnknownSettingError
from apps.bookings.models import Room, Timetable, TimetableSlot
from apps.bookings.rules import listing
from apps.bookings.rules.slotting import checked
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record


@transaction.atomic
def set_timetable(
    *, actor: Actor, rooms: Collection[UUID], timetable: listing.Timetable, kind: str, unit: int | None = None
) -> None:
    """Let the rooms have these slots from the timetable's first day on, in its season.

    Bookings keep their times. ``DayPastError``, ``SpanUpsideDownError``, ``SettingExistsError`` for a second one of
    the same day and season, and the errors of ``checked``.
    """
    slots = checked(timetable.slots)
    if timetable.valid_from < clock.today():
        raise DayPastError(field="valid_from")
    if timetable.valid_until is not None and timetable.valid_until < timetable.valid_from:
        raise SpanUpsideDownError(field="valid_until")
    known = Timetable.objects.filter(room__in=rooms, valid_from=timetable.valid_from, first_day=timetable.first)
    if known.exists():
        raise SettingExistsError(field="valid_from")
    for room in Room.objects.filter(pk__in=rooms):
        row = Timetable.objects.create(room=room, kind=kind, unit_minutes=unit, **_columns(timetable))
        TimetableSlot.objects.bulk_create(
            TimetableSlot(
                timetable=row,
                number=slot.number,
                label=slot.label,
                label_en=slot.label_en,
                starts=slot.starts,
                ends=slot.ends,
            )
            for slot in slots
        )
        record(
            actor,
            Action.CREATE,
            object_type="timetable",
            object_id=row.pk,
            valid_from=timetable.valid_from.isoformat(),
            kind=kind,
            slots=len(slots),
        )


@transaction.atomic
def withdraw_timetable(*, actor: Actor, timetable: int) -> None:
    """Take back a timetable that has not begun; ``UnknownSettingError``."""
    if not Timetable.objects.filter(pk=timetable, valid_from__gt=clock.today()).delete()[0]:
        raise UnknownSettingError
    record(actor, Action.DELETE, object_type="timetable", object_id=timetable)


def _columns(timetable: listing.Timetable) -> dict[str, object]:
    return {
        "valid_from": timetable.valid_from,
        "valid_until": timetable.valid_until,
        "first_day": timetable.first,
        "last_day": timetable.last,
    }
