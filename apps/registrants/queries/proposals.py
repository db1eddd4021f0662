"""Pairs of records that may be of one person or group, and what was said of them (重複の候補)."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from apps.registrants.models import DuplicateProposal, ProposalState, RegistrantState

GONE: Final = (RegistrantState.CLOSED, RegistrantState.REFUSED)


def open_proposals() -> QuerySet[DuplicateProposal]:
    """Pairs that nobody has decided on and of which both are still in force, with both records, the newest first."""
    waiting = DuplicateProposal.objects.filter(state=ProposalState.OPEN)
    in_force = waiting.exclude(Q(one__state__in=GONE) | Q(other__state__in=GONE))
    return in_force.select_related("one", "other").order_by("-found_at", "id")


def proposals_about(registrant: UUID) -> dict[UUID, str]:
    """The other of each pair that ``registrant`` is in -> what was said of the pair; one statement."""
    rows = DuplicateProposal.objects.filter(Q(one=registrant) | Q(other=registrant))
    pairs = rows.values_list("one", "other", "state")
    return {other if one == registrant else one: state for one, other, state in pairs}
