"""The city orders rooms for a public use (行政使用の依頼), and ends its order. It writes in the shared schema only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.bookings.displacement_errors import OrderOverError, RoomsMissingError, UnknownDisplacementError
from apps.bookings.errors import ReasonMissingError
from apps.bookings.queries.displacement import ranges
from apps.bookings.rules.displacing import Span, check_spans
from apps.bookings.rules.states import check_reason
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action, AuditEntry
from shared.audit.record import entry
from shared.inserts import insert_together
from shared.publicuse.models import Occasion, Order, Place
from shared.staff.models import StaffAccount


@dataclass(frozen=True, slots=True)
class OrderedPlace:
    """One facility of an order, and its rooms."""

    tenant: str
    facility: UUID
    rooms: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the city needs; ``stops``: no new booking is taken from now on (緊急)."""

    occasion: str
    article: str
    reason: str
    spans: tuple[Span, ...]
    places: Sequence[OrderedPlace]
    detail: str = ""
    stops: bool = False


def order_public_use(*, actor: Actor, wanted: Wanted) -> Order:
    """Send an order to every facility that it names; three statements.

    ``RoomsMissingError``, ``ReasonMissingError`` and the errors of ``check_spans``.
    """
    now = clock.now()
    spans = check_spans(wanted.spans, now)
    if not wanted.places or not all(place.rooms for place in wanted.places):
        raise RoomsMissingError(field="rooms")
    if not wanted.article.strip():
        raise ReasonMissingError(field="article")
    if wanted.occasion == Occasion.OTHER and not wanted.detail.strip():
        raise ReasonMissingError(field="detail")
    with transaction.atomic():
        officer = StaffAccount.objects.get(pk=str(actor.id))
        order = Order(
            occasion=wanted.occasion,
            detail=wanted.detail.strip(),
            article=wanted.article.strip(),
            reason=check_reason(wanted.reason),
            spans=ranges(spans),
            stops=wanted.stops,
            ordered_at=now,
            ordered_by=officer.pk,
            ordered_login=officer.login_id,
            ordered_name=officer.name,
        )
        order.save(force_insert=True)
        rows = [
            Place(order_id=order.pk, tenant=one.tenant, facility=one.facility, rooms=list(one.rooms))
            for one in wanted.places
        ]
        told = {"stops": wanted.stops, "facilities": [str(one.facility) for one in wanted.places]}
        insert_together(*rows, _entry(actor, Action.CREATE, order, **told))
    return order


def end_order(*, actor: Actor, order: UUID, reason: str) -> Order:
    """The rooms are not needed any more: facilities that have not carried it out drop it, and a stop is lifted.

    Those that have are told, and give the rooms back themselves. ``ReasonMissingError``, ``UnknownDisplacementError``,
    ``OrderOverError``.
    """
    cleaned = check_reason(reason)
    with transaction.atomic():
        found = Order.objects.select_for_update().filter(pk=order).first()
        if found is None:
            raise UnknownDisplacementError
        if found.ended_at is not None:
            raise OrderOverError
        found.ended_at, found.ended_by, found.end_reason = clock.now(), actor.id, cleaned
        found.save(update_fields=["ended_at", "ended_by", "end_reason"])
        insert_together(_entry(actor, Action.CHANGE, found, act="end"))
    return found


def _entry(actor: Actor, action: Action, order: Order, **detail: Any) -> AuditEntry:
    return entry(actor, action, object_type="public_use_order", object_id=order.pk, **detail)
