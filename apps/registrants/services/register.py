"""A clerk registers an individual at the counter (窓口での利用者登録)."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from apps.registrants.models import Act, Registrant, RegistrantKind
from apps.registrants.queries.policy import policy_on
from apps.registrants.services.acting import traces
from apps.registrants.services.numbering import next_registration_number
from apps.registrants.services.registering import (
    IndividualEntry,
    begins_as,
    columns_of,
    contact_rows,
    extras_to_keep,
    identity_check,
    others_confirmed,
    proposals,
)
from kernel import clock
from shared.actor import Actor
from shared.inserts import insert_together


@transaction.atomic
def register_individual(
    *, actor: Actor, entry: IndividualEntry, document: str, key: UUID, others: Collection[UUID] = ()
) -> Registrant:
    """Register who showed ``document`` (an ``IdentityDocument``): at once active, or under review as the policy says.

    ``key`` becomes the registrant's id: the same form sent twice registers once. ``others`` are registrants of whom
    the clerk says that they are other people; each of them becomes a proposal that somebody looks at again.
    Raises ``PossibleDuplicateError``, ``ItemNotCollectedError``, ``ItemMissingError``.
    """
    found = others_confirmed(entry.person, others, but=key)
    if (existing := Registrant.objects.filter(pk=key).first()) is not None:
        return existing
    extras = extras_to_keep(entry.extras, RegistrantKind.INDIVIDUAL)
    today = clock.today()
    registrant = Registrant(
        id=key,
        number=next_registration_number(),
        kind=RegistrantKind.INDIVIDUAL,
        registered_on=today,
        extras=extras,
        **columns_of(entry.person),
        **begins_as(policy_on(today), today),
    )
    insert_together(
        registrant,
        *contact_rows(key, entry.contacts),
        identity_check(actor, key, document),
        *traces(actor, key, Act.REGISTER),
        *proposals(key, found),
    )
    return registrant
