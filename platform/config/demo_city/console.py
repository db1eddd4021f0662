"""Which facilities are in the care of the demonstration city's 所管課."""

from __future__ import annotations

from typing import Final

from config.demo_city.logins import STAFF
from config.demo_city.plans.shape import TenantPlan
from shared.staff.models import Role, StaffAccount
from tenants.models import Care, Tenant
from tenants.scope import city_scope, unit_of_work

IN_CARE: Final = ("fukushi",)
"""The welfare centre, run by the designated manager; about the others 所管課 only reads, which shows the limit."""


def set_care(plan: TenantPlan) -> None:
    """The logins of 所管課 care for ``plan``, if it is the welfare centre."""
    if plan.schema not in IN_CARE:
        return
    logins = [one.login for one in STAFF if one.roles == (Role.DEPARTMENT,)]
    with unit_of_work(city_scope()):
        tenant = Tenant.objects.get(schema_name=plan.schema)
        accounts = StaffAccount.objects.filter(login_id__in=logins).values_list("pk", flat=True)
        Care.objects.bulk_create([Care(account=one, tenant=tenant) for one in accounts], ignore_conflicts=True)
