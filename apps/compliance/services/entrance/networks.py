"""Address ranges from which a tenant's desk is reached (接続元の範囲): one more, or one less."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from uuid import UUID

from apps.compliance.access_errors import NotListedError
from apps.compliance.access_texts import AccessAct
from apps.compliance.queries.access import kept_policy, tenant_called
from apps.compliance.rules.access import check_days, check_width, network_of
from apps.compliance.services.entrance.traces import changing, officer, trace
from apps.compliance.services.entrance.ways import check_change
from kernel import clock
from shared.actor import Actor
from shared.inserts import insert_together
from tenants.models import AllowedNetwork


def allow_network(
    *,
    actor: Actor,
    schema: str,
    cidr: str,
    note: str,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    confirmed: bool = False,
) -> AllowedNetwork:
    """Let in from ``cidr``, from ``starts_on`` through ``ends_on``.

    Raises the errors of ``network_of``, ``check_width`` and ``check_days``, ``UnknownTenantError``,
    ``ListedAlreadyError``.
    """
    network = network_of(cidr)
    check_width(network, confirmed=confirmed)
    check_days(starts_on, ends_on, clock.today())
    with changing(field="cidr"):
        made = AllowedNetwork(
            tenant=tenant_called(schema),
            cidr=network,
            note=note,
            starts_on=starts_on,
            ends_on=ends_on,
            added_at=clock.now(),
            added_by=officer(actor),
        )
        insert_together(made, trace(actor, schema, AccessAct.NETWORK_ADDED, what=str(network)))
    return made


def remove_network(*, actor: Actor, schema: str, network: UUID, confirmed: bool = False) -> None:
    """Let in from there no longer. Raises ``UnknownTenantError``, ``NotListedError``, ``LocksOutError``."""
    with changing():
        tenant = tenant_called(schema)
        found = AllowedNetwork.objects.select_for_update().filter(tenant=tenant, pk=network, removed_at=None).first()
        if found is None:
            raise NotListedError
        before = kept_policy(tenant)
        rest = tuple(one for one in before.ranges if one.network != found.cidr)
        check_change(schema, before, replace(before, ranges=rest), confirmed=confirmed)
        AllowedNetwork.objects.filter(pk=network).update(removed_at=clock.now(), removed_by=officer(actor))
        insert_together(trace(actor, schema, AccessAct.NETWORK_REMOVED, what=str(found.cidr)))
