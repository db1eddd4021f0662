"""Foundings as the city sees them, and what a new one must not take."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import connection
from django.shortcuts import get_object_or_404

from apps.compliance.models.founding import OPEN_STATES, Founding
from apps.compliance.rules.founding import Known, Wanted
from kernel import clock
from shared.catalogue.models import CatalogueFacility
from tenants.models import Host, OperatorKind, Tenant

PLACES = """
SELECT nspname::text FROM pg_namespace
UNION SELECT substr(rolname, 8)::text FROM pg_roles WHERE starts_with(rolname, 'tenant_')
"""
"""Schemas, and schemas whose role is there: the cluster may have either without a tenant of ours."""


def known_names(*, beside: UUID | None = None) -> Known:
    """What is taken, by tenants and by open foundings ``beside`` another; five statements."""
    others = [one for one in Founding.objects.filter(state__in=OPEN_STATES) if one.pk != beside]
    tenants = list(Tenant.objects.values_list("schema_name", "number_prefix"))
    facilities = dict(CatalogueFacility.objects.values_list("pk", "tenant_id"))
    with connection.cursor() as cursor:
        cursor.execute(PLACES)
        places = {row[0] for row in cursor.fetchall()}
    ending = f".{settings.BASE_HOST}"
    labels = {host.removesuffix(ending) for host in Host.objects.values_list("domain", flat=True)}
    held = {pk for pk, tenant in facilities.items() if tenant} | {pk for one in others for pk in one.facilities}
    return Known(
        today=clock.today(),
        schemas=frozenset(places | {schema for schema, _ in tenants} | {one.schema_name for one in others}),
        labels=frozenset(labels | {one.host for one in others}),
        prefixes=frozenset({prefix for _, prefix in tenants} | {one.number_prefix for one in others}),
        facilities=frozenset(facilities),
        held=frozenset(held),
    )


def wanted_of(row: Founding) -> Wanted:
    """What ``row`` asks for, in the rules' terms."""
    kind = row.operator.kind if row.operator else row.new_operator.get("kind")
    return Wanted(
        schema=row.schema_name,
        label=row.host,
        prefix=row.number_prefix,
        facilities=row.facilities,
        first=row.first,
        last=row.last,
        is_manager=kind == OperatorKind.MANAGER,
        networks=row.networks,
    )


def founding(pk: UUID) -> Founding:
    """One founding, or 404."""
    found: Founding = get_object_or_404(Founding.objects.select_related("operator", "tenant"), pk=pk)
    return found


def unfinished() -> list[Founding]:
    """Those that wait, are under way or failed, the newest first."""
    return list(Founding.objects.filter(state__in=[*OPEN_STATES, "failed"]).order_by("-asked_at")[:20])
