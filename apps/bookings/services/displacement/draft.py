"""A public use is drafted: by the desk for itself, or from an order of the city."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from apps.bookings.displacement_errors import DisplacementStateError, RoomsMissingError
from apps.bookings.errors import ReasonMissingError
from apps.bookings.models import Displacement, DisplacementState, Room
from apps.bookings.queries.displacement import order_to, ranges, spans_of
from apps.bookings.rules.displacing import Span, check_spans
from apps.bookings.rules.states import check_reason
from apps.bookings.services.displacement.acting import tell_city, trace
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.inserts import insert_together
from shared.publicuse.models import Occasion, PlaceState

OTHER = Occasion.OTHER.value


@dataclass(frozen=True, slots=True)
class Draft:
    """What is needed: rooms of one facility, when, for what, on which ground."""

    facility: UUID
    rooms: tuple[UUID, ...]
    spans: tuple[Span, ...]
    occasion: str
    article: str
    reason: str
    detail: str = ""


def draft(*, actor: Actor, wanted: Draft) -> Displacement:
    """Draft a public use ordered at the desk. Nothing is taken from anybody yet.

    ``RoomsMissingError``, ``ReasonMissingError`` and the errors of ``check_spans``.
    """
    with transaction.atomic():
        return _drafted(actor, wanted, place=None)


def receive_order(*, actor: Actor, place: UUID) -> Displacement:
    """Take up an order of the city: the draft says what the order says, and the city sees that it was received.

    ``UnknownDisplacementError``, and ``DisplacementStateError`` for one that was taken up, or is over.
    """
    order = order_to(place)
    wanted = Draft(
        facility=order.facility,
        rooms=tuple(order.rooms),
        spans=spans_of(order.order),
        occasion=order.order.occasion,
        article=order.order.article,
        reason=order.order.reason,
        detail=order.order.detail,
    )
    try:
        with transaction.atomic():
            if order.state != PlaceState.SENT:
                raise DisplacementStateError
            return _drafted(actor, wanted, place=place)
    except IntegrityError:
        raise DisplacementStateError from None  # somebody else has taken it up, or the city has ended it


def _drafted(actor: Actor, wanted: Draft, *, place: UUID | None) -> Displacement:
    now = clock.now()
    spans = check_spans(wanted.spans, now) if place is None else wanted.spans
    _check_words(wanted)
    found = Displacement(
        facility_id=wanted.facility,
        place=place,
        occasion=wanted.occasion,
        detail=wanted.detail.strip(),
        article=wanted.article.strip(),
        reason=check_reason(wanted.reason),
        spans=ranges(spans),
        state=DisplacementState.DRAFTED,
        drafted_at=now,
        drafted_by=actor.id,
    )
    rooms = _rooms(wanted.facility, wanted.rooms)
    named = [Displacement.rooms.through(displacement_id=found.pk, room_id=room) for room in rooms]
    insert_together(
        found, *named, trace(actor, found, "draft", Action.CREATE, rooms=len(rooms), spans=len(found.spans))
    )
    if not tell_city(found, states=[PlaceState.SENT], state=PlaceState.RECEIVED, received_at=now):
        raise DisplacementStateError
    return found


def _check_words(wanted: Draft) -> None:
    if not wanted.article.strip():
        raise ReasonMissingError(field="article")
    if wanted.occasion == OTHER and not wanted.detail.strip():
        raise ReasonMissingError(field="detail")


def _rooms(facility: UUID, rooms: Sequence[UUID]) -> list[UUID]:
    known = list(Room.objects.filter(facility=facility, pk__in=rooms).values_list("pk", flat=True))
    if not known or len(known) != len(set(rooms)):
        raise RoomsMissingError(field="rooms")
    return known
