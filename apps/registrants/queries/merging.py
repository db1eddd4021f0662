"""Reading two records side by side, what was merged, and which pairs may be one."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from apps.registrants.models import (
    Card,
    CardState,
    CitizenRequest,
    CitizenRequestState,
    DuplicateProposal,
    Merge,
    ProposalState,
    Registrant,
    RegistrantState,
)
from apps.registrants.rules.merging import Side


def side_of(found: Registrant) -> Side:
    """What decides whether ``found`` may be merged; two statements."""
    holding = Card.objects.filter(registrant=found).exclude(state=CardState.LAPSED)
    is_open = CitizenRequest.objects.filter(registrant=found, state=CitizenRequestState.OPEN).exists()
    return Side(found.pk, found.kind, found.portal_account, frozenset(holding.values_list("kind", flat=True)), is_open)


def open_proposals() -> QuerySet[DuplicateProposal]:
    """The pairs that nobody has decided on, both still in the register, the newest first."""
    gone = [RegistrantState.CLOSED, RegistrantState.REFUSED]
    found = DuplicateProposal.objects.filter(state=ProposalState.OPEN).select_related("one", "other")
    return found.exclude(one__state__in=gone).exclude(other__state__in=gone)


def merges_of(registrant: UUID) -> list[Merge]:
    """The records that were merged into ``registrant`` and not parted again; one statement."""
    return list(Merge.objects.filter(kept=registrant, undone_at=None).select_related("gone"))
