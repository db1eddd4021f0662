"""Which accounts of 所管課 care for which tenants."""

from __future__ import annotations

from uuid import UUID

from shared.staff.models import Role, StaffAccount
from tenants.models import Care


def departments() -> list[StaffAccount]:
    """The accounts of 所管課 that are not suspended; one statement."""
    return list(StaffAccount.objects.filter(roles__contains=[Role.DEPARTMENT], is_active=True).order_by("name", "pk"))


def caring() -> frozenset[tuple[UUID, int]]:
    """Account and tenant of each care; one statement."""
    return frozenset(Care.objects.values_list("account", "tenant_id"))
