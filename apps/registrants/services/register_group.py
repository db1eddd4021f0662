"""A clerk registers a group at the counter (団体の利用者登録)."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from apps.registrants.models import Act, Registrant, RegistrantKind
from apps.registrants.queries.policy import policy_on
from apps.registrants.rules.group_entry import GroupEntry
from apps.registrants.rules.waiver import Waiver
from apps.registrants.services.acting import traces
from apps.registrants.services.numbering import next_registration_number
from apps.registrants.services.registering import begins_as, extras_to_keep, identity_check
from apps.registrants.services.registering_groups import file_group, judged, roster_rows, waived
from kernel import clock
from shared.actor import Actor
from shared.inserts import insert_together


@transaction.atomic
def register_group(
    *,
    actor: Actor,
    entry: GroupEntry,
    document: str,
    key: UUID,
    seen: Collection[UUID] = (),
    waiver: Waiver | None = None,
) -> Registrant:
    """Register the group whose representative showed ``document``: at once active, or under review by the policy.

    ``key`` becomes the registrant's id: the same form sent twice registers once. ``seen`` are the similar groups that
    the clerk has looked at; each becomes a proposal. Raises ``RequirementsUnmetError``, ``WaiverNotAllowedError``,
    ``ReasonMissingError``, ``ReasonTooLongError``, ``SimilarGroupsError``, ``ItemNotCollectedError``,
    ``ItemMissingError``.
    """
    judgement, reason = judged(entry, seen=seen, waiver=waiver, but=key)
    if (existing := Registrant.objects.filter(pk=key).first()) is not None:
        return existing
    today = clock.today()
    group = Registrant(
        id=key,
        number=next_registration_number(),
        kind=RegistrantKind.GROUP,
        registered_on=today,
        extras=extras_to_keep(entry.extras, RegistrantKind.GROUP),
        **entry.columns(),
        **begins_as(policy_on(today), today),
    )
    insert_together(
        group,
        *roster_rows(key, entry),
        identity_check(actor, key, document),
        *traces(actor, key, Act.REGISTER, reason=reason, changes=waived(judgement)),
    )
    file_group(group, judgement.alike)
    return group
