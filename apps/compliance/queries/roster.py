"""Rosters as the facility and the city see them, and the accounts of a facility."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Prefetch, Q, QuerySet

from apps.compliance.models.roster import RosterRow, RosterSubmission
from apps.compliance.queries.facilities import tenant_names
from apps.compliance.roster_errors import NoOperatorError, UnknownRosterError
from apps.compliance.rules.roster import Bounds, Progress, Standing, standing
from kernel import clock
from shared.staff.models import StaffAccount
from tenants.models import OperatorAssignment, Tenant


@dataclass(frozen=True, slots=True)
class Listed:
    """A submission with its rows, where it stands, and its facility."""

    submission: RosterSubmission
    rows: Sequence[RosterRow]
    standing: Standing
    tenant: Tenant | None = None

    @property
    def is_open(self) -> bool:
        """Whether the facility may still write it."""
        return self.standing in {Standing.DRAFT, Standing.RETURNED}


def bounds_of(tenant: str) -> Bounds:
    """The bodies and the term of who runs ``tenant`` today, or next. ``NoOperatorError``. Two statements."""
    today = clock.today()
    runs = OperatorAssignment.objects.filter(tenant__schema_name=tenant).filter(
        Q(during__contains=today) | Q(during__startswith__gt=today)
    )
    found = runs.select_related("operator").prefetch_related("operator__members").order_by("during").first()
    if found is None:
        raise NoOperatorError
    bodies = tuple(member.name for member in found.operator.members.all()) or (found.operator.name,)
    return Bounds(bodies, found.during.lower, found.last_day, today)


def own_submissions() -> list[Listed]:
    """What the facility of this unit of work has submitted, the newest first; three statements."""
    found = list(_with_rows(RosterSubmission.objects.all())[:100])
    begun = _begun_here({row.account for one in found for row in one.rows.all() if row.account})
    return [_listed(one, begun) for one in found]


def own_submission(submission: UUID) -> Listed:
    """One of the facility's; ``UnknownRosterError``."""
    found = _with_rows(RosterSubmission.objects.filter(pk=submission)).first()
    if found is None:
        raise UnknownRosterError
    return _listed(found, _begun_here({row.account for row in found.rows.all() if row.account}))


def city_submissions() -> list[Listed]:
    """What all facilities have submitted, without drafts, the newest first; four statements."""
    found = list(_with_rows(RosterSubmission.objects.exclude(state="draft"))[:200])
    names = tenant_names()
    begun = _begun_anywhere({row.account for one in found for row in one.rows.all() if row.account})
    return [_listed(one, begun, names.get(one.tenant)) for one in found]


def city_submission(submission: UUID) -> Listed:
    """One of any facility that has left the draft; ``UnknownRosterError``."""
    found = _with_rows(RosterSubmission.objects.filter(pk=submission).exclude(state="draft")).first()
    if found is None:
        raise UnknownRosterError
    begun = _begun_anywhere({row.account for row in found.rows.all() if row.account})
    return _listed(found, begun, tenant_names().get(found.tenant))


def own_accounts() -> QuerySet[StaffAccount]:
    """The IDs of the facility of this unit of work, those in force first."""
    return StaffAccount.objects.order_by("-is_active", "login_id")


@dataclass(frozen=True, slots=True)
class CityAccount:
    """An ID of a facility as the city sees it."""

    tenant: str
    id: UUID
    login_id: str
    name: str
    roles: Sequence[str]
    body: str
    title: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    is_active: bool
    suspended_at: dt.datetime | None
    suspended_why: str
    confirmed_at: dt.datetime | None
    one_time_until: dt.datetime | None
    created_at: dt.datetime
    last_used: dt.datetime | None
    pledge_version: int | None
    trained_on: dt.date | None


COLUMNS = ", ".join(CityAccount.__dataclass_fields__)


def city_accounts(tenant: str = "") -> list[CityAccount]:
    """The IDs of all facilities, or of one; one statement whatever their number."""
    where, values = ("WHERE tenant = %s", [tenant]) if tenant else ("", [])
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {COLUMNS} FROM shared.city_staff_account {where} ORDER BY tenant, login_id",  # noqa: S608
            values,
        )
        return [CityAccount(*row) for row in cursor.fetchall()]


def _with_rows(found: QuerySet[RosterSubmission]) -> QuerySet[RosterSubmission]:
    return found.prefetch_related(Prefetch("rows", RosterRow.objects.order_by("position")))


def _listed(one: RosterSubmission, begun: Mapping[UUID, bool], tenant: Tenant | None = None) -> Listed:
    rows = list(one.rows.all())
    progress = [
        Progress(
            row.granted_at is not None,
            row.received_at is not None,
            row.account is not None and begun.get(row.account, False),
        )
        for row in rows
    ]
    return Listed(one, rows, standing(one.kind, one.state, progress), tenant)


def _begun_here(accounts: set[UUID]) -> dict[UUID, bool]:
    found = StaffAccount.objects.filter(pk__in=accounts).values_list("pk", "one_time_until", "pledge_version")
    return {account: until is None and version is not None for account, until, version in found}


def _begun_anywhere(accounts: set[UUID]) -> dict[UUID, bool]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, one_time_until IS NULL AND pledge_version IS NOT NULL FROM shared.city_staff_account"
            " WHERE id = ANY(%s)",
            [list(accounts)],
        )
        return dict(cursor.fetchall())
