"""A tenant is suspended, and resumed: its desk is shut meanwhile, and nobody books at the portal."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from apps.compliance.agreement_errors import TenantStateError
from apps.compliance.models.tenant_acts import TenantAct, TenantDeed
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from tenants import directory
from tenants.models import Tenant, TenantState

FROM_TO: Final = {
    TenantDeed.SUSPEND: (TenantState.ACTIVE, TenantState.SUSPENDED),
    TenantDeed.RESUME: (TenantState.SUSPENDED, TenantState.ACTIVE),
}


def change_state(*, actor: Actor, schema: str, deed: TenantDeed, reason: str) -> None:
    """Suspend or resume the tenant ``schema``; every process notices within ``directory.FRESH_SECONDS``.

    ``TenantStateError`` if it is not in the state that the act needs, also when two act at once.
    """
    before, after = FROM_TO[deed]
    with transaction.atomic():
        if not Tenant.objects.filter(schema_name=schema, state=before).update(state=after):
            raise TenantStateError
        tenant = Tenant.objects.get(schema_name=schema)
        TenantAct.objects.create(tenant=tenant, deed=deed, reason=reason.strip(), made_by=actor.id, made_at=clock.now())
        record(actor, Action.PERMISSION, object_type="tenant", object_id=schema, deed=deed)
    directory.forget()
