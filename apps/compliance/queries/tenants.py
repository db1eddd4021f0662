"""Every tenant's state, version and size at a glance; the number of statements does not grow with the tenants."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from apps.compliance.models.tenant_acts import TenantAct
from tenants.models import Host, Tenant


@dataclass(frozen=True, slots=True)
class TenantLine:
    """One tenant; ``is_behind`` when another has more migrations. ``act`` is the latest suspension or resumption."""

    tenant: Tenant
    host: str
    size: int
    """Bytes of its tables with their indexes."""
    registrants: int
    bookings: int
    newest: str
    """The newest migration, as ``app.name``."""
    is_behind: bool
    act: TenantAct | None


def tenant_lines() -> list[TenantLine]:
    """All tenants in the order in which they were founded; four statements."""
    hosts = dict(Host.objects.filter(is_primary=True).values_list("tenant_id", "domain"))
    acts = {act.tenant_id: act for act in TenantAct.objects.order_by("id")}
    sizes = _sizes()
    most = max((row[3] for row in sizes.values()), default=0)
    lines = []
    for tenant in Tenant.objects.order_by("pk"):
        size, registrants, bookings, migrations, newest = sizes[tenant.schema_name]
        lines.append(
            TenantLine(
                tenant=tenant,
                host=hosts.get(tenant.pk, ""),
                size=size,
                registrants=registrants,
                bookings=bookings,
                newest=newest,
                is_behind=migrations < most,
                act=acts.get(tenant.pk),
            )
        )
    return lines


def _sizes() -> dict[str, tuple[int, int, int, int, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM tenant_sizes()")
        return {row[0]: row[1:] for row in cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is open at a tenant; it ``hinders`` the closing, or is only to be known."""

    code: str
    number: int
    hinders: bool


def closing_findings(schema: str) -> list[Finding]:
    """What is open at the tenant ``schema`` now, nothing left out; what there is none of hinders nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, number, hinders AND number > 0 FROM closing_findings(%s)", [schema])
        return [Finding(*row) for row in cursor.fetchall()]
