"""A roster on its way, as the tests of the roster need it. All people are invented."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from apps.compliance.models.roster import RosterRow, RosterSubmission
from apps.compliance.rules.roster import Entry, Kind
from apps.compliance.services.roster.grant import Slip, print_slips
from apps.compliance.services.roster.keep import begin, save, submit
from apps.compliance.services.roster.review import approve
from kernel import clock
from shared.actor import Actor
from shared.staff.models import Role, StaffAccount
from tests import factories
from tests.support.scopes import as_city, as_tenant
from tests.support.tenants import CHUO, SPORTS

BODY = "社会福祉法人架空市社会福祉協議会"


@dataclass(frozen=True, slots=True)
class People:
    """Who takes part: the facility's manager, 所管課 and 情報政策."""

    manager: Actor
    reviewer: Actor
    officer: Actor


def people(schema: str = CHUO) -> People:
    """One of each, made now."""
    return People(
        Actor("staff", factories.clerk(schema, roles=[Role.FACILITY_MANAGER]).pk),
        Actor("city", factories.department(CHUO, SPORTS).pk),
        Actor("city", factories.city_officer(roles=[Role.SYSTEMS]).pk),
    )


def entry(name: str = "架空　新人", **values: object) -> Entry:
    """Somebody new at the counter."""
    given: dict[str, object] = {
        "name": name,
        "kana": "カクウ　シンジン",
        "title": "事務員",
        "body": BODY,
        "roles": ("reception",),
        "terminal": "窓口1号",
        "starts_on": clock.today(),
        "trained_on": clock.today(),
    }
    return Entry(**given | values)  # type: ignore[arg-type]


def drafted(who: People, *entries: Entry, schema: str = CHUO) -> UUID:
    """A draft of a first roster."""
    with as_tenant(schema):
        made = begin(actor=who.manager, tenant=schema, kind=Kind.FIRST)
        save(actor=who.manager, submission=made, entries=entries or [entry()])
    return made


def submitted(who: People, *entries: Entry, schema: str = CHUO) -> UUID:
    """The same, submitted."""
    made = drafted(who, *entries, schema=schema)
    with as_tenant(schema):
        submit(actor=who.manager, submission=made)
    return made


def approved(who: People, *entries: Entry, schema: str = CHUO) -> UUID:
    """The same, approved by the city."""
    made = submitted(who, *entries, schema=schema)
    with as_city():
        approve(actor=who.reviewer, submission=made)
    return made


def granted(who: People, *entries: Entry, schema: str = CHUO) -> tuple[UUID, list[Slip]]:
    """The same, with IDs given; the slips."""
    made = approved(who, *entries, schema=schema)
    with as_city():
        return made, print_slips(actor=who.officer, submission=made)


def rows_of(submission: UUID) -> list[RosterRow]:
    """The rows as they are kept."""
    with as_city():
        return list(RosterRow.objects.filter(submission=submission).order_by("position"))


def state_of(submission: UUID) -> str:
    """The stored state."""
    with as_city():
        return RosterSubmission.objects.get(pk=submission).state


def account_of(login: str, schema: str = CHUO) -> StaffAccount:
    """The account of an ID."""
    with as_tenant(schema):
        return StaffAccount.objects.get(login_id=login)


def tomorrow() -> dt.date:
    """The day after today."""
    return clock.today() + dt.timedelta(days=1)
