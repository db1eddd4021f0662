"""Portal accounts, their links to registrations, and staff accounts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from config.demo_city.logins import CITIZENS, PASSWORD, STAFF, Staff
from config.demo_city.plans.shape import TenantPlan
from kernel import clock
from shared.accounts.models import PortalAccount
from shared.staff.models import StaffAccount
from tenants.scope import OWNER, SHARED_SCHEMA, owner_scope, portal_scope, unit_of_work

MAIL: Final = "@mail.example"


def open_logins() -> None:
    """The citizens' logins and the city's, if they are not there."""
    with unit_of_work(portal_scope()), transaction.atomic():
        known = set(PortalAccount.objects.values_list("pk", flat=True))
        PortalAccount.objects.bulk_create(
            PortalAccount(
                id=one.account,
                login_id=one.login,
                email=f"{one.login}{MAIL}",
                password=make_password(PASSWORD),
                created_at=clock.now(),
            )
            for one in CITIZENS
            if one.account not in known
        )
    _open_staff(SHARED_SCHEMA, [one for one in STAFF if not one.schema])


def open_desk(plan: TenantPlan) -> None:
    """The tenant's clerks."""
    _open_staff(plan.schema, [one for one in STAFF if one.schema == plan.schema])


def open_silent(accounts: Iterable[UUID]) -> None:
    """Accounts for those registrants who have one; nobody can log in with them. Before the registrants are written."""
    with unit_of_work(portal_scope()):
        PortalAccount.objects.bulk_create(
            [
                PortalAccount(
                    id=account,
                    login_id=f"demo-{account.hex[:12]}",
                    password=make_password(None),
                    created_at=clock.now(),
                )
                for account in accounts
            ],
            ignore_conflicts=True,
        )


def _open_staff(schema: str, people: Sequence[Staff]) -> None:
    """As the owner: no role of the product may insert an account, and there is no roster behind these."""
    with unit_of_work(owner_scope(schema), alias=OWNER):
        accounts = StaffAccount.objects.using(OWNER)
        for one in people:
            if not accounts.filter(login_id=one.login).exists():
                accounts.create(
                    login_id=one.login,
                    name=one.name,
                    roles=list(one.roles),
                    pledge_version=1,
                    trained_on=clock.today(),
                    password=make_password(PASSWORD),
                    created_at=clock.now(),
                )
