"""Who of the city may write about which facility: 所管課 about those in its care, all others about any."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from shared.staff.models import Role, StaffAccount
from tenants.models import Care, Tenant

EVERYWHERE: Final = frozenset({Role.GENERAL, Role.SYSTEMS, Role.AUDITOR})
"""Roles that no care limits; what they may do at all is said by their rights."""


def is_limited(roles: Collection[str]) -> bool:
    """Whether somebody with ``roles`` writes only about the facilities in the own care (所管施設)."""
    return not EVERYWHERE.intersection(roles)


def may_write_about(account: StaffAccount, schema: str) -> bool:
    """Whether ``account`` of the city may write about the tenant ``schema``; at most one statement, as the city.

    It says nothing of the right itself: ask ``shared.web.guard.needs`` for that.
    """
    if not is_limited(account.roles):
        return True
    return Care.objects.filter(account=account.pk, tenant__schema_name=schema).exists()


def schemas_in_care(account: StaffAccount) -> frozenset[str]:
    """The tenants about which ``account`` of the city may write; one statement, for lists."""
    tenants = Tenant.objects.all()
    if is_limited(account.roles):
        tenants = tenants.filter(pk__in=Care.objects.filter(account=account.pk).values("tenant"))
    return frozenset(tenants.values_list("schema_name", flat=True))
