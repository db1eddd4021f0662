"""Who of the city may write about which facility: 所管課 about those in its care, all others about any."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from shared.staff.models import Role, StaffAccount
from shared.staff.rights import RIGHTS, Right
from tenants.models import Care, Tenant

EVERYWHERE: Final = frozenset({Role.GENERAL, Role.SYSTEMS, Role.AUDITOR})
"""Roles that no care limits; what they may do at all is said by their rights."""


def is_limited(roles: Collection[str], right: Right) -> bool:
    """Whether somebody with ``roles`` uses ``right`` only about the facilities in the own care (所管施設).

    A role lifts the limit only of rights that it gives: who is of 所管課 and an auditor too judges no month more.
    """
    return not any(role in roles and right in RIGHTS[role] for role in EVERYWHERE)


def may_write_about(account: StaffAccount, right: Right, schemas: Collection[str]) -> bool:
    """Whether ``account`` of the city may use ``right`` about all ``schemas``; at most one statement, as the city.

    It says nothing of the right itself: ``shared.web.guard.needs`` asks for both.
    """
    if not is_limited(account.roles, right):
        return True
    wanted = set(schemas)
    held = Care.objects.filter(account=account.pk, tenant__schema_name__in=wanted)
    return held.count() == len(wanted)


def schemas_in_care(account: StaffAccount, right: Right) -> frozenset[str]:
    """The tenants about which ``account`` of the city may use ``right``; one statement, for lists and choices."""
    tenants = Tenant.objects.all()
    if is_limited(account.roles, right):
        tenants = tenants.filter(pk__in=Care.objects.filter(account=account.pk).values("tenant"))
    return frozenset(tenants.values_list("schema_name", flat=True))
