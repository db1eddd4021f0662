"""Discarding a roster's names once the requirements are judged (名簿の廃棄): figures stay, people go."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from apps.registrants.group_errors import NoRosterError
from apps.registrants.models import Act, GroupMember, Registrant, RosterSummary
from apps.registrants.queries.roster import member_of, representative_of, roster_of
from apps.registrants.rules.roster import everybody, summary_of
from apps.registrants.services.acting import leave_trace, write
from apps.registrants.services.change_group import group_for
from kernel import clock
from shared.actor import Actor


@transaction.atomic
def discard_roster(*, actor: Actor, registrant: UUID, seen_version: int) -> RosterSummary:
    """Delete the roster, contacts with it, and keep how many they were by residence and band of age.

    ``NoRosterError``, ``StaleRegistrationError``, ``WrongStateError``, ``UnknownRegistrantError``.
    """
    found = group_for(Act.CHANGE, registrant=registrant, seen_version=seen_version)
    rows = roster_of(registrant)
    if not rows:
        raise NoRosterError
    summary = _keep_figures(found, rows)
    GroupMember.objects.filter(group=found).delete()
    write(found)
    leave_trace(actor, registrant, Act.CHANGE, changes={"roster_discarded": [len(rows), 0]})
    return summary


def _keep_figures(group: Registrant, rows: list[GroupMember]) -> RosterSummary:
    today = clock.today()
    figures = summary_of(everybody(representative_of(group), tuple(map(member_of, rows))), today)
    kept, _ = RosterSummary.objects.update_or_create(
        group=group,
        defaults={
            "discarded_on": today,
            "count": figures.count,
            "by_residence": dict(figures.by_residence),
            "by_age_band": {str(band): count for band, count in figures.by_age_band.items()},
        },
    )
    return kept
