"""A public use is called off before it is carried out, or ends afterwards and gives the rooms back."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from apps.bookings.models import Block, Displacement, DisplacementState, Occupation
from apps.bookings.rules.states import check_reason
from apps.bookings.services.displacement.acting import change, displacement_for, tell_city, trace
from kernel import clock
from shared.actor import Actor
from shared.inserts import insert_together
from shared.publicuse.models import PlaceState

BEFORE = (DisplacementState.DRAFTED, DisplacementState.FOUND)


@transaction.atomic
def call_off_displacement(
    *, actor: Actor, displacement: UUID, reason: str, seen_version: int | None = None
) -> Displacement:
    """It is not needed after all; nothing was taken from anybody. The record stays, with the reason.

    ``ReasonMissingError`` and the errors of ``displacement_for``.
    """
    cleaned = check_reason(reason)
    found = displacement_for(displacement, BEFORE, seen_version=seen_version)
    _ended(found, DisplacementState.CALLED_OFF, actor, cleaned)
    tell_city(found, states=[PlaceState.RECEIVED], state=PlaceState.OVER)
    insert_together(trace(actor, found, "call_off"))
    return found


@transaction.atomic
def end_displacement(*, actor: Actor, displacement: UUID, reason: str, seen_version: int | None = None) -> Displacement:
    """The rooms are given back from now on: blocks to come are lifted, one under way ends now.

    What is free then is offered at once, and the waiting lists are served by the next run of their task.
    ``ReasonMissingError`` and the errors of ``displacement_for``.
    """
    cleaned = check_reason(reason)
    found = displacement_for(displacement, [DisplacementState.DONE], seen_version=seen_version)
    now = clock.now()
    rows = Occupation.objects.filter(block__displacement=found)
    rows.filter(during__startswith__gte=now).delete()
    for row in rows.filter(during__endswith__gt=now):
        row.during = DateTimeTZRange(row.during.lower, now)
        row.save(update_fields=["during"])
    lifted = _lift_blocks(found)
    _ended(found, DisplacementState.ENDED, actor, cleaned)
    tell_city(found, states=[PlaceState.DONE], state=PlaceState.OVER, lifted_at=now)
    insert_together(trace(actor, found, "end", lifted=lifted))
    return found


def _lift_blocks(found: Displacement) -> int:
    """Blocks that lie ahead go; one under way ends now; how many of both."""
    now = clock.now()
    blocks = Block.objects.filter(displacement=found)
    gone = blocks.filter(during__startswith__gte=now)
    count = gone.count()
    gone.delete()
    cut = list(blocks.filter(during__endswith__gt=now))
    for block in cut:
        block.during = DateTimeTZRange(block.during.lower, now)
    Block.objects.bulk_update(cut, ["during"])
    return count + len(cut)


def _ended(found: Displacement, state: DisplacementState, actor: Actor, reason: str) -> None:
    change(found, state=state, ended_at=clock.now(), ended_by=actor.id, end_reason=reason)
