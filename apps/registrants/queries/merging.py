"""Reading two records side by side, what was merged, and which pairs may be one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from apps.registrants.merging_errors import UnknownProposalError
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
from apps.registrants.queries.standing import spans_of
from apps.registrants.rules.merging import Side, last_day_to_part, pair
from apps.registrants.rules.standing import state_on
from kernel import clock
from kernel.clock import TOKYO


@dataclass(frozen=True, slots=True)
class Merged:
    """A record that was merged into another, on which day, and until when that can be undone."""

    gone: Registrant
    on: dt.date
    undoable_until: dt.date
    can_be_undone: bool


def side_of(found: Registrant) -> Side:
    """What decides whether ``found`` may be merged; three statements."""
    holding = Card.objects.filter(registrant=found).exclude(state=CardState.LAPSED)
    is_open = CitizenRequest.objects.filter(registrant=found, state=CitizenRequestState.OPEN).exists()
    cards = frozenset(holding.values_list("kind", flat=True))
    state = state_on(spans_of(found.pk), found.valid_until, clock.today())
    return Side(found.pk, found.kind, found.portal_account, cards, is_open, state)


def open_proposals() -> QuerySet[DuplicateProposal]:
    """The pairs that nobody has decided on, both still in the register, the newest first."""
    gone = [RegistrantState.CLOSED, RegistrantState.REFUSED]
    found = DuplicateProposal.objects.filter(state=ProposalState.OPEN).select_related("one", "other")
    return found.exclude(one__state__in=gone).exclude(other__state__in=gone)


def open_proposal(proposal: int) -> DuplicateProposal:
    """A pair that nobody has decided on, with both records; ``UnknownProposalError``. One statement."""
    found = open_proposals().filter(pk=proposal).first()
    if found is None:
        raise UnknownProposalError
    return found


def proposal_of(one: UUID, other: UUID) -> DuplicateProposal | None:
    """The open proposal that two records may be one, if there is one; one statement."""
    first, second = pair(one, other)
    return open_proposals().filter(one=first, other=second).first()


def with_those_kept(registrant: UUID) -> list[UUID]:
    """``registrant``, and the records into which it was merged one after the other; a statement for each."""
    found = [registrant]
    while kept := Registrant.objects.filter(pk=found[-1]).values_list("merged_into", flat=True).first():
        found.append(kept)
    return found


def merges_of(registrant: UUID) -> list[Merged]:
    """The records that were merged into ``registrant`` and not parted again, the newest first; one statement."""
    rows = Merge.objects.filter(kept=registrant, undone_at=None).select_related("gone")
    return [_merged(row) for row in rows]


def _merged(row: Merge) -> Merged:
    day = row.at.astimezone(TOKYO).date()
    last = last_day_to_part(day)
    return Merged(row.gone, day, last, clock.today() <= last)
