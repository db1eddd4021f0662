"""The ways that a tenant's desk asks for (接続の条件)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from apps.compliance.access_texts import AccessAct
from apps.compliance.queries.access import kept_policy, registered_ways, seen_addresses, tenant_called
from apps.compliance.rules.access import check_nobody_is_locked_out, check_somebody_is_left, locked_out
from apps.compliance.services.entrance.traces import changing, trace
from kernel import clock
from shared.actor import Actor
from shared.inserts import insert_together
from tenants.access import Policy, Way
from tenants.models import AccessRule


def set_ways(
    *, actor: Actor, schema: str, ways: Collection[str], needs_all: bool = False, confirmed: bool = False
) -> None:
    """Ask for ``ways``, one of them or all; without any the desk is open to everybody.

    Raises ``UnknownTenantError``, ``NobodyLeftError``, ``LocksOutError``; the last two not once they are ``confirmed``.
    """
    asked = frozenset(map(Way, ways))
    with changing():
        tenant = tenant_called(schema)
        check_somebody_is_left(asked, registered_ways(tenant), needs_all=needs_all, confirmed=confirmed)
        before = kept_policy(tenant)
        check_change(schema, before, replace(before, ways=asked, needs_all=needs_all), confirmed=confirmed)
        said = {"ways": sorted(asked), "needs_all": needs_all}
        AccessRule.objects.update_or_create(tenant=tenant, defaults={**said, "changed_at": clock.now()})
        insert_together(trace(actor, schema, AccessAct.WAYS, **said))


def check_change(schema: str, before: Policy, after: Policy, *, confirmed: bool) -> None:
    """``LocksOutError`` if addresses at work in the last days would not come in, unless it is ``confirmed``."""
    seen = [address for address, _, is_refused in seen_addresses(schema) if not is_refused]
    gone = locked_out(before, after, seen, clock.now(), clock.today())
    check_nobody_is_locked_out(gone, confirmed=confirmed)
