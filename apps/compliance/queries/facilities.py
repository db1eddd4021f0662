"""Facilities of the catalogue, their tenants, and who runs them. A fixed number of statements."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, QuerySet

from apps.compliance.rules.terms import Standing, Term
from shared.catalogue.models import CatalogueFacility
from tenants.models import Host, OperatorAssignment, Tenant


@dataclass(frozen=True, slots=True)
class Run:
    """An operator's assignment to a tenant (指定), seen from today."""

    assignment: OperatorAssignment
    term: Term
    standing: Standing
    ends_in: int | None


@dataclass(frozen=True, slots=True)
class ListedFacility:
    """A facility of the catalogue; without tenant it is listed and cannot be reserved here."""

    facility: CatalogueFacility
    host: str
    run: Run | None


@dataclass(frozen=True, slots=True)
class TenantPage:
    """A tenant (指定単位) with its facilities and all its operators, the newest first."""

    tenant: Tenant
    host: str
    facilities: list[CatalogueFacility]
    runs: list[Run]

    @property
    def current(self) -> Run | None:
        """The run of today, if there is one."""
        return next((run for run in self.runs if run.standing is Standing.CURRENT), None)


def listed_facilities(today: dt.date) -> list[ListedFacility]:
    """All facilities, bookable ones first; four statements."""
    bookable_first = F("tenant_id").asc(nulls_last=True)
    rows = CatalogueFacility.objects.select_related("tenant").order_by(bookable_first, "name_kana", "pk")
    hosts: dict[int | None, str] = dict(Host.objects.filter(is_primary=True).values_list("tenant_id", "domain"))
    current = _runs(_assignments().filter(during__contains=today), today)
    runs: dict[int | None, Run] = {run.assignment.tenant_id: run for run in current}
    return [ListedFacility(row, hosts.get(row.tenant_id, ""), runs.get(row.tenant_id)) for row in rows]


def tenant_page(schema: str, today: dt.date) -> TenantPage | None:
    """One tenant, None if there is none of that name; five statements."""
    tenant = Tenant.objects.filter(schema_name=schema).first()
    if tenant is None:
        return None
    host = Host.objects.filter(tenant=tenant, is_primary=True).values_list("domain", flat=True).first()
    assignments = _assignments().filter(tenant=tenant).order_by("-during")
    return TenantPage(tenant, host or "", list(tenant.facilities.all()), _runs(assignments, today))


def tenant_names() -> dict[str, Tenant]:
    """Schema -> tenant; one statement."""
    return {tenant.schema_name: tenant for tenant in Tenant.objects.all()}


def _assignments() -> QuerySet[OperatorAssignment]:
    return OperatorAssignment.objects.select_related("operator", "tenant").prefetch_related("operator__members")


def _runs(assignments: QuerySet[OperatorAssignment], today: dt.date) -> list[Run]:
    found = []
    for one in assignments:
        term = Term(one.during.lower, one.last_day)
        found.append(Run(one, term, term.standing(today), term.ends_in(today)))
    return found
