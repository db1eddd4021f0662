"""Emergency grants (緊急許可): a tenant's desk is opened for some hours, and may be closed before."""

from __future__ import annotations

from uuid import UUID

from apps.compliance.access_errors import NotListedError
from apps.compliance.access_texts import AccessAct
from apps.compliance.queries.access import tenant_called
from apps.compliance.rules.access import check_hours, check_reason, check_width, network_of
from apps.compliance.services.entrance.traces import changing, officer, trace
from kernel import clock
from shared.actor import Actor
from shared.inserts import insert_together
from tenants.models import EmergencyGrant


def grant(
    *, actor: Actor, schema: str, hours: int, reason: str, cidr: str = "", confirmed: bool = False
) -> EmergencyGrant:
    """Open the desk from now on for ``hours``, to ``cidr`` or to everybody; it ends by itself.

    Raises the errors of ``check_hours``, ``check_reason``, ``network_of`` and ``check_width``, ``UnknownTenantError``.
    """
    lasting, cleaned = check_hours(hours), check_reason(reason)
    network = network_of(cidr) if cidr.strip() else None
    if network is not None:
        check_width(network, confirmed=confirmed)
    now = clock.now()
    with changing():
        made = EmergencyGrant(
            tenant=tenant_called(schema),
            cidr=network,
            starts_at=now,
            ends_at=now + lasting,
            reason=cleaned,
            granted_at=now,
            granted_by=officer(actor),
        )
        what = str(network or "")
        insert_together(made, trace(actor, schema, AccessAct.GRANTED, what=what, hours=hours, grant=str(made.pk)))
    return made


def end_grant(*, actor: Actor, schema: str, given: UUID) -> None:
    """End a grant before its time. ``NotListedError`` if it is over already."""
    now = clock.now()
    with changing():
        in_force = EmergencyGrant.objects.filter(tenant__schema_name=schema, pk=given, ended_at=None, ends_at__gt=now)
        if not in_force.update(ended_at=now, ended_by=officer(actor)):
            raise NotListedError
        insert_together(trace(actor, schema, AccessAct.GRANT_ENDED, grant=str(given)))
