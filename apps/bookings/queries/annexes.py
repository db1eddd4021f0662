"""Which annexes (附属の室場) rest on a booking of their room, and which went with it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from apps.bookings.models import Booking
from apps.bookings.rules.states import HOLD, OCCUPYING

RESTS_ON = OCCUPYING - {HOLD}
"""States of a room's booking that carry an annex."""


@dataclass(frozen=True, slots=True)
class Together:
    """What is used together with a booking: the room that it rests on, the annexes that rest on it or went with it."""

    rooms: tuple[Booking, ...] = ()
    annexes: tuple[Booking, ...] = ()

    @property
    def going(self) -> tuple[Booking, ...]:
        """The annexes that are still booked."""
        return tuple(one for one in self.annexes if one.state in OCCUPYING)


def resting_on(parent: Booking) -> QuerySet[Booking]:
    """The registrant's bookings and holds of annexes that would be without their room if ``parent`` went.

    One whose whole time lies in another booking of the room rests on that one too, and is not told.
    """
    other = Booking.objects.filter(
        room=OuterRef("room__parent"),
        registrant=OuterRef("registrant"),
        state__in=RESTS_ON,
        during__contains=OuterRef("during"),
    ).exclude(pk=parent.pk)
    found = Booking.objects.filter(
        ~Exists(other),
        registrant=parent.registrant_id,
        room__parent=parent.room_id,
        during__overlap=parent.during,
        state__in=OCCUPYING,
    )
    return found.select_related("room__facility").order_by("pk")


def families_of(bookings: Collection[UUID]) -> QuerySet[Booking, Any]:
    """The bookings with all that was booked of their rooms' annexes beside them, whatever became of it; not ordered."""
    parents = Booking.objects.filter(pk__in=bookings)
    beside = parents.filter(registrant=OuterRef("registrant"), room=OuterRef("room__parent"), day=OuterRef("day"))
    likely = Q(registrant__in=parents.values("registrant"), day__in=parents.values("day"), room__parent__isnull=False)
    annexes = Booking.objects.filter(likely, Exists(beside))
    return parents.order_by().values("pk").union(annexes.order_by().values("pk"), all=True)


def together_with(booking: Booking) -> Together:
    """What is used together with ``booking``, for its pages; one statement."""
    stands = Q(state__in=RESTS_ON)
    room = Q(room=booking.room.parent_id) & (stands & Q(during__contains=booking.during) | Q(pk=booking.went_with_id))
    annex = Q(room__parent=booking.room_id) & (stands & Q(during__overlap=booking.during) | Q(went_with=booking.pk))
    rows = Booking.objects.filter(room | annex, registrant=booking.registrant_id, day=booking.day)
    found = list(rows.select_related("room__facility").annotate(parent=F("room__parent")).order_by("during", "pk"))
    return Together(
        rooms=tuple(one for one in found if one.room_id == booking.room.parent_id),
        annexes=tuple(one for one in found if one.room_id != booking.room.parent_id),
    )


def went_with(bookings: Sequence[Booking]) -> list[Booking]:
    """The annexes that went with any of ``bookings``, with room and facility; one statement, or none."""
    if not bookings:
        return []
    return list(Booking.objects.filter(went_with__in=bookings).select_related("room__facility").order_by("day", "pk"))
