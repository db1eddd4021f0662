"""The portal's hours, the open months, and what a facility says of itself; each from a day on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from apps.bookings.errors import DayPastError, SpanUpsideDownError, UnknownSettingError
from apps.bookings.models import House, OpenMonth, PortalHours
from apps.bookings.rules.listing import Hours
from kernel import clock
from kernel.businessdays import months_after
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record


@dataclass(frozen=True, slots=True)
class Words:
    """A facility in its own words; the hours from Monday on, empty where it is closed."""

    opening: tuple[str, ...] = ()
    desk: tuple[str, ...] = ()
    call: str = ""
    access: str = ""
    access_en: str = ""
    note: str = ""
    note_en: str = ""


@transaction.atomic
def set_hours(*, actor: Actor, facility: UUID, hours: Hours) -> None:
    """Let the portal receive by ``hours`` from their first day on; those of the same day are replaced.

    ``DayPastError``; ``SpanUpsideDownError`` for hours that end when they begin.
    """
    if hours.since < clock.today():
        raise DayPastError(field="valid_from")
    if hours.opens == hours.closes:
        raise SpanUpsideDownError(field="closes")
    values = {
        "kind": hours.kind,
        "opens": hours.opens,
        "closes": hours.closes,
        "shows_outside": hours.shows_outside,
    }
    PortalHours.objects.update_or_create(facility_id=facility, valid_from=hours.since, defaults=values)
    record(
        actor,
        Action.CHANGE,
        object_type="portal_hours",
        object_id=facility,
        valid_from=hours.since.isoformat(),
        kind=str(hours.kind),
        hours=f"{hours.opens:%H:%M}-{hours.closes:%H:%M}",
    )


@transaction.atomic
def withdraw_hours(*, actor: Actor, hours: int) -> None:
    """Take back hours that have not begun; ``UnknownSettingError``."""
    found = PortalHours.objects.filter(pk=hours, valid_from__gt=clock.today()).first()
    if found is None:
        raise UnknownSettingError
    found.delete()
    record(
        actor,
        Action.DELETE,
        object_type="portal_hours",
        object_id=found.facility_id,
        valid_from=found.valid_from.isoformat(),
    )


@transaction.atomic
def set_months(
    *, actor: Actor, facility: UUID, room: UUID | None, first: dt.date, last: dt.date | None, kind: str
) -> None:
    """Let ``kind`` hold for the months of use from ``first`` on, until ``last`` where one is given.

    What was said of later months goes on after ``last``; without ``last`` it is replaced. ``DayPastError`` for a month
    that is over, ``SpanUpsideDownError``.
    """
    first = first.replace(day=1)
    if first < clock.today().replace(day=1):
        raise DayPastError(field="first")
    if last is not None and last < first:
        raise SpanUpsideDownError(field="last")
    after = months_after(last.replace(day=1), 1) if last else None
    mine = OpenMonth.objects.filter(facility=facility, room=room)
    resumed = _kind_before(facility, room, after) if after else None
    replaced = mine.filter(since__gte=first)
    (replaced.filter(since__lt=after) if after else replaced).delete()
    OpenMonth.objects.create(facility_id=facility, room_id=room, since=first, kind=kind)
    if after is not None and resumed is not None and not mine.filter(since=after).exists():
        OpenMonth.objects.create(facility_id=facility, room_id=room, since=after, kind=resumed)
    until = last.isoformat() if last else ""
    record(
        actor,
        Action.CHANGE,
        object_type="open_month",
        object_id=room or facility,
        first=first.isoformat(),
        last=until,
        kind=kind,
    )


def _kind_before(facility: UUID, room: UUID | None, month: dt.date) -> str:
    """What is said of ``month`` as things stand: of the room, or of the house where nothing is."""
    begun = OpenMonth.objects.filter(facility=facility, since__lte=month).order_by("-since")
    own = begun.filter(room=room).values_list("kind", flat=True).first() if room else None
    return own or begun.filter(room=None).values_list("kind", flat=True).first() or "bookable"


@transaction.atomic
def set_house(*, actor: Actor, facility: UUID, valid_from: dt.date, words: Words) -> None:
    """Let the facility say ``words`` from a day on; those of the same day are replaced. ``DayPastError``."""
    if valid_from < clock.today():
        raise DayPastError(field="valid_from")
    values = {
        "opening": list(words.opening),
        "desk": list(words.desk),
        **{name: getattr(words, name) for name in ("call", "access", "access_en", "note", "note_en")},
    }
    House.objects.update_or_create(facility_id=facility, valid_from=valid_from, defaults=values)
    record(actor, Action.CHANGE, object_type="facility", object_id=facility, valid_from=valid_from.isoformat())


@transaction.atomic
def withdraw_house(*, actor: Actor, house: int) -> None:
    """Take back words that do not hold yet; ``UnknownSettingError``."""
    found = House.objects.filter(pk=house, valid_from__gt=clock.today()).first()
    if found is None:
        raise UnknownSettingError
    found.delete()
    since = found.valid_from.isoformat()
    record(actor, Action.DELETE, object_type="facility", object_id=found.facility_id, valid_from=since)
