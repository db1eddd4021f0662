"""A group's 仮登録 becomes a registration at the counter (本登録), by what its representative shows."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from apps.registrants.models import Act, Registrant
from apps.registrants.queries.policy import policy_on
from apps.registrants.queries.roster import roster_of
from apps.registrants.rules.group_entry import GroupEntry
from apps.registrants.rules.waiver import Waiver
from apps.registrants.services.acting import enter_state, traces
from apps.registrants.services.change_group import group_changes, group_for
from apps.registrants.services.registering import begins_as, extras_to_keep, identity_check
from apps.registrants.services.registering_groups import file_group, judged, roster_rows, waived, write_roster
from apps.registrants.services.telling import tell
from kernel import clock
from shared.actor import Actor
from shared.inserts import insert_together


@transaction.atomic
def complete_group(
    *,
    actor: Actor,
    registrant: UUID,
    seen_version: int,
    entry: GroupEntry,
    document: str,
    seen: Collection[UUID] = (),
    waiver: Waiver | None = None,
) -> Registrant:
    """Complete a group's 仮登録 with ``entry``; what was changed is recorded, of the roster in numbers.

    Active at once, or under review as the policy says; the term of validity begins today. Raises the errors of
    ``register_group``, and ``WrongStateError``, ``StaleRegistrationError``, ``UnknownRegistrantError``.
    """
    found = group_for(Act.COMPLETE, registrant=registrant, seen_version=seen_version)
    judgement, reason = judged(entry, seen=seen, waiver=waiver, but=registrant)
    extras = extras_to_keep(entry.extras, found.kind, before=found.extras)
    before = roster_of(registrant)
    changes = group_changes(found, entry, extras) | write_roster(
        roster_rows(registrant, entry, before), before, registrant
    )
    today = clock.today()
    begins = begins_as(policy_on(today), today)
    values = entry.columns() | {"extras": extras, "registered_on": today}
    enter_state(found, begins.pop("state"), first=today, **begins, **values)
    insert_together(
        identity_check(actor, registrant, document),
        *traces(actor, registrant, Act.COMPLETE, reason=reason, changes=changes | waived(judgement)),
    )
    file_group(found, judgement.alike)
    tell(found, Act.COMPLETE)
    return found
