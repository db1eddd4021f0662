"""Saying of two records that they are of two people or groups (別人・別団体): they are not proposed again."""

from __future__ import annotations

from django.db import transaction

from apps.registrants.errors import UnknownProposalError
from apps.registrants.models import DuplicateProposal, ProposalState
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record


@transaction.atomic
def dismiss_proposal(*, actor: Actor, proposal: int) -> None:
    """Decide that the pair is two. ``UnknownProposalError`` for one that is not there, or was decided before."""
    decided = DuplicateProposal.objects.filter(pk=proposal, state=ProposalState.OPEN).update(
        state=ProposalState.DISMISSED, decided_at=clock.now(), decided_by=actor.id
    )
    if not decided:
        raise UnknownProposalError
    record(actor, Action.CHANGE, object_type="duplicate_proposal", object_id=proposal, act="dismiss")
