"""What is chosen for each booking that is hit: moved with the renter's consent, cancelled, or left as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from apps.bookings.displacement_errors import UnknownProposalChosenError
from apps.bookings.models import Consent, Displacement, DisplacementHit, DisplacementState, Fate
from apps.bookings.queries.displacement import hits_of
from apps.bookings.rules.displacing import CANCEL, KEEP, MOVE, Proposal, assigned, proposal_from
from apps.bookings.services.displacement.acting import change, displacement_for, trace
from kernel import clock
from shared.actor import Actor
from shared.inserts import insert_together

FIELDS = ("choice", "target_room", "target_day", "target_slots", "consent", "consent_at", "consent_by")


@dataclass(frozen=True, slots=True)
class Choice:
    """For one booking: what is done (empty: not decided), to which of its proposals, and how the renter agreed."""

    fate: str = ""
    proposal: int | None = None
    consent: str = ""


def choose(
    *, actor: Actor, displacement: UUID, choices: Mapping[UUID, Choice], seen_version: int | None = None
) -> Displacement:
    """Keep the choices for those hits that are named; a consent bears the time at which it was first recorded.

    ``UnknownProposalChosenError`` and the errors of ``displacement_for``. A number of statements that does not grow.
    """
    with transaction.atomic():
        found = displacement_for(displacement, [DisplacementState.FOUND], seen_version=seen_version)
        rows = list(DisplacementHit.objects.filter(displacement=found, pk__in=choices))
        changed = [row for row in rows if _chosen(row, choices[row.pk], actor)]
        DisplacementHit.objects.bulk_update(changed, FIELDS)
        change(found)
        insert_together(trace(actor, found, "choose", choices=len(changed)))
    return found


def choose_for_all(*, actor: Actor, displacement: UUID, fate: str, seen_version: int | None = None) -> int:
    """Choose the same for every booking that has no choice yet; how many got one.

    To be moved, each gets the best place that no other booking is moved to; those for whom none is left stay open.
    """
    with transaction.atomic():
        found = displacement_for(displacement, [DisplacementState.FOUND], seen_version=seen_version)
        rows = list(hits_of(found.pk))
        open_ = [row for row in rows if not row.choice]
        chosen = _moved(rows, open_) if fate == MOVE else {row.pk: Choice(fate) for row in open_}
        changed = [row for row in open_ if row.pk in chosen and _chosen(row, chosen[row.pk], actor)]
        DisplacementHit.objects.bulk_update(changed, FIELDS)
        change(found)
        insert_together(trace(actor, found, "choose", choices=len(changed), fate=Fate(fate).value))
    return len(changed)


def targets(row: DisplacementHit) -> list[Proposal]:
    """What was proposed for a booking, the best first."""
    return [proposal_from(one) for one in row.proposals]


def _moved(rows: list[DisplacementHit], open_: list[DisplacementHit]) -> dict[UUID, Choice]:
    kept = [one for row in rows if row.choice == MOVE for one in targets(row) if _is_target(row, one)]
    wanted = {row.pk: targets(row) for row in open_}
    return {pk: Choice(MOVE, wanted[pk].index(best)) for pk, best in assigned(wanted, kept).items()}


def _is_target(row: DisplacementHit, one: Proposal) -> bool:
    return (row.target_room_id, row.target_day, tuple(row.target_slots)) == (one.room, one.day, one.slots)


def _chosen(row: DisplacementHit, choice: Choice, actor: Actor) -> bool:
    """Write the choice into the row; whether anything is different."""
    target = _target(row, choice)
    before = [getattr(row, name) for name in ("choice", "target_room_id", "target_day", "target_slots", "consent")]
    row.choice = choice.fate if choice.fate in {MOVE, CANCEL, KEEP} else ""
    row.target_room_id, row.target_day = (target.room, target.day) if target else (None, None)
    row.target_slots = list(target.slots) if target else []
    consent = choice.consent if target and choice.consent in Consent.values else ""
    moved_elsewhere = before[:4] != [row.choice, row.target_room_id, row.target_day, row.target_slots]
    if consent != row.consent or (consent and moved_elsewhere):
        row.consent_at, row.consent_by = (clock.now(), actor.id) if consent else (None, None)
    row.consent = consent
    return moved_elsewhere or before[4] != consent


def _target(row: DisplacementHit, choice: Choice) -> Proposal | None:
    if choice.fate != MOVE:
        return None
    proposals = targets(row)
    if choice.proposal is None or not 0 <= choice.proposal < len(proposals):
        raise UnknownProposalChosenError
    return proposals[choice.proposal]
