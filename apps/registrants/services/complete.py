"""A 仮登録 becomes a registration at the counter (本登録), by what the person shows."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from apps.registrants.models import Act, DuplicateProposal, EmergencyContact, Registrant
from apps.registrants.queries.policy import policy_on
from apps.registrants.services.acting import enter_state, registrant_for, traces
from apps.registrants.services.registering import (
    IndividualEntry,
    begins_as,
    changes_between,
    columns_of,
    contact_rows,
    extras_to_keep,
    identity_check,
    others_confirmed,
    proposals,
)
from apps.registrants.services.telling import tell
from kernel import clock
from shared.actor import Actor
from shared.inserts import insert_together


@transaction.atomic
def complete_individual(
    *,
    actor: Actor,
    registrant: UUID,
    seen_version: int,
    entry: IndividualEntry,
    document: str,
    others: Collection[UUID] = (),
) -> Registrant:
    """Complete an individual's 仮登録 with what the clerk read from ``document``; what was changed is recorded.

    Active at once, or under review as the policy says; the term of validity begins today. Raises the errors of
    ``register_individual``, and ``WrongStateError``, ``StaleRegistrationError``, ``UnknownRegistrantError``.
    """
    found = registrant_for(Act.COMPLETE, registrant=registrant, seen_version=seen_version)
    candidates = others_confirmed(entry.person, others, but=registrant)
    extras = extras_to_keep(entry.extras, found.kind, before=found.extras)
    today = clock.today()
    changes = changes_between(found, entry.person, extras)
    begins = begins_as(policy_on(today), today)
    values = columns_of(entry.person) | {"extras": extras, "registered_on": today}
    enter_state(found, begins.pop("state"), first=today, **begins, **values)
    EmergencyContact.objects.filter(registrant=found).delete()
    insert_together(
        *contact_rows(registrant, entry.contacts),
        identity_check(actor, registrant, document),
        *traces(actor, registrant, Act.COMPLETE, changes=changes),
    )
    DuplicateProposal.objects.bulk_create(proposals(registrant, candidates), ignore_conflicts=True)
    tell(found, Act.COMPLETE)
    return found
