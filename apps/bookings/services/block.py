"""A span in which a room is not offered: closure, maintenance, the city's own use."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from apps.bookings.models import Block, OccupationKind
from apps.bookings.queries.offers import offer_of
from apps.bookings.services.occupying import Claim, conflicts_told, occupations, secure
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together
from tenants.scope import scoped_connection


def block_room(
    *, actor: Actor, room: UUID, starts_at: dt.datetime, ends_at: dt.datetime, kind: OccupationKind, label: str = ""
) -> Block:
    """Take a room's parts out of the offer. Raises ``UnknownRoomError`` or ``SlotTakenError``."""
    with conflicts_told(), transaction.atomic():
        offer = offer_of(room, schema=scoped_connection().scope.schema)
        claim = Claim(offer.parts, starts_at, ends_at)
        secure(claim, now=clock.now())
        block = Block(room_id=room, kind=kind, during=claim.span, label=label, created_at=clock.now())
        insert_together(
            block,
            *occupations(claim, kind=kind, block=block.pk),
            entry(actor, Action.CREATE, object_type="block", object_id=block.pk, kind=kind),
        )
    return block
