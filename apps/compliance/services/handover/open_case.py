"""The city begins the case of a term that ends."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from apps.compliance.handover_errors import HandoverTermError
from apps.compliance.models.handover import HandoverCase
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together
from tenants.models import OperatorAssignment


def open_case(*, actor: Actor, term: int) -> UUID:
    """Begin the handover of the assignment ``term``; its id.

    ``HandoverTermError`` for a term without end, or one that has a case already.
    """
    with transaction.atomic():
        found = OperatorAssignment.objects.select_for_update().select_related("tenant").filter(pk=term).first()
        if found is None or found.last_day is None or HandoverCase.objects.filter(outgoing=found).exists():
            raise HandoverTermError(field="term")
        case = HandoverCase(
            tenant=found.tenant.schema_name,
            outgoing=found,
            last_day=found.last_day,
            opened_at=clock.now(),
            opened_by=UUID(str(actor.id)),
        )
        written = entry(actor, Action.CREATE, object_type="handover", object_id=case.pk, tenant=case.tenant)
        insert_together(case, written)
    return case.pk
