"""What was said of a record and those that may be the same (重複の候補)."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from apps.registrants.models import DuplicateProposal


def proposals_about(registrant: UUID) -> dict[UUID, str]:
    """The other of each pair that ``registrant`` is in -> what was said of the pair; one statement."""
    rows = DuplicateProposal.objects.filter(Q(one=registrant) | Q(other=registrant))
    pairs = rows.values_list("one", "other", "state")
    return {other if one == registrant else one: state for one, other, state in pairs}
