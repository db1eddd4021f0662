"""Registers of pledges and trainings, at the facility and at the city."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, OuterRef, QuerySet, Subquery

from apps.compliance.queries.clauses import current_clause
from apps.compliance.queries.facilities import tenant_names
from apps.compliance.rules.duties import Done, owes_pledge, owes_training
from kernel import clock
from shared.duties.models import Pledge, Training
from shared.staff.models import StaffAccount
from tenants.models import Tenant

PLEDGE = "pledge"


@dataclass(frozen=True, slots=True)
class Owed:
    """A person of the register, and what they owe."""

    account: UUID
    login_id: str
    name: str
    body: str
    pledge_version: int | None
    pledged_at: dt.datetime | None
    trained_on: dt.date | None
    owes_pledge: bool
    owes_training: bool
    tenant: Tenant | None = None

    @property
    def is_overdue(self) -> bool:
        """Whether anything is owed."""
        return self.owes_pledge or self.owes_training


def own_register() -> list[Owed]:
    """Everybody with an ID in force at this facility; two statements."""
    version = current_clause(PLEDGE, clock.today()).version
    made = Pledge.objects.filter(account=OuterRef("pk")).order_by("-id").values("at")[:1]
    people = StaffAccount.objects.filter(is_active=True).annotate(pledged=Subquery(made))
    return [
        _owed((one.pk, one.login_id, one.name, one.body, one.pledge_version, one.pledged, one.trained_on), version)
        for one in people.order_by("login_id")
    ]


def city_register(tenant: str = "") -> list[Owed]:
    """Everybody with an ID in force at any facility, or at one; three statements."""
    version = current_clause(PLEDGE, clock.today()).version
    names = tenant_names()
    where, values = ("WHERE tenant = %s", [tenant]) if tenant else ("", [])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tenant, id, login_id, name, body, pledge_version, pledged_at, trained_on"  # noqa: S608
            f" FROM shared.city_duty {where} ORDER BY tenant, login_id",
            values,
        )
        return [_owed(row[1:], version, names.get(row[0])) for row in cursor.fetchall()]


def trainings() -> QuerySet[Training]:
    """The trainings of this facility, the newest first, with how many took part."""
    return Training.objects.annotate(people=Count("attendances"))


def _owed(row: Sequence[Any], version: int, tenant: Tenant | None = None) -> Owed:
    account, login_id, name, body, pledge_version, pledged_at, trained_on = row
    done = Done(pledge_version, trained_on)
    return Owed(
        account=account,
        login_id=login_id,
        name=name,
        body=body,
        pledge_version=pledge_version,
        pledged_at=pledged_at,
        trained_on=trained_on,
        owes_pledge=owes_pledge(done, version),
        owes_training=owes_training(done, clock.today()),
        tenant=tenant,
    )
