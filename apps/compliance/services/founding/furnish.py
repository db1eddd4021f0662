"""What a new tenant begins with beside its schema: operator, agreement, facilities, networks, the first roster."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.db import connection
from psycopg import sql

from apps.compliance.founding_errors import FoundingFaultError
from apps.compliance.models.founding import Founding
from apps.compliance.models.roster import RosterRow
from apps.compliance.queries.clauses import clause_version
from apps.compliance.queries.roster import bounds_of
from apps.compliance.roster_errors import NoOperatorError, RosterStateError
from apps.compliance.rules.founding import Fault, Stage
from apps.compliance.rules.roster import MOST_ROWS, Entry, Kind, faults, last_day_of, names_twice, read_kana, read_text
from apps.compliance.services.agreements import Terms, designate
from apps.compliance.services.entrance.networks import allow_network
from apps.compliance.services.entrance.ways import set_ways
from apps.compliance.services.operators import save_operator
from apps.compliance.services.roster.keep import made_by
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry
from shared.catalogue.models import CatalogueFacility
from shared.inserts import insert_together
from shared.staff.models import StaffAccount
from tenants.access import Way
from tenants.models import FeeRegime, Operator, OperatorKind, Tenant

DAYS: Final = ("starts_on", "ends_on", "trained_on")
PERSONAL: Final = "special_personal"
SECURITY: Final = "special_security"
BEGIN_FACILITIES: Final = """
INSERT INTO {} (id, name, name_en, position)
SELECT id, name, name_en, row_number() OVER (ORDER BY name_kana, id) - 1
FROM catalogue_cataloguefacility WHERE id = ANY (%s)
"""
OPERATOR: Final = (
    *("kind", "name", "name_en", "corporate_number", "representative_title", "representative_name", "members"),
)
"""What ``save_operator`` takes."""
NOTE: Final = "開設時の登録"


def furnish(*, row: Founding, tenant: Tenant, actor: Actor, account: StaffAccount, at: Callable[[Stage], None]) -> None:
    """Everything that ``row`` asks for. Inside the owner's transaction; the errors of the services that it calls."""
    at(Stage.OPERATOR)
    operator = row.operator or save_operator(actor=actor, operator=None, **_new_operator(row.new_operator))
    _designate(row, tenant, operator, actor, account)
    at(Stage.FACILITIES)
    _take_facilities(row, tenant)
    at(Stage.NETWORKS)
    for network in row.networks:
        allow_network(
            actor=actor, schema=tenant.schema_name, cidr=network, note=NOTE, starts_on=clock.today(), confirmed=True
        )
    set_ways(actor=actor, schema=tenant.schema_name, ways=[Way.NETWORK], confirmed=True)
    at(Stage.ROSTER)
    if row.roster:
        _submit_roster(row, tenant, actor)


def _new_operator(said: Mapping[str, Any]) -> dict[str, str]:
    if said.get("kind") not in OperatorKind.values or not all(isinstance(said.get(name), str) for name in OPERATOR):
        raise NoOperatorError
    return {name: said[name] for name in OPERATOR}


def _designate(row: Founding, tenant: Tenant, operator: Operator, actor: Actor, account: StaffAccount) -> None:
    names = ("agreement_number", "personal_version", "security_version", "privacy_officer", "security_officer")
    for code, version in ((PERSONAL, row.personal_version), (SECURITY, row.security_version)):
        clause_version(code, version)
    designate(
        actor=actor,
        account=account,
        tenant=tenant,
        operator=operator,
        first=row.first,
        last=row.last,
        fee_regime=FeeRegime(row.fee_regime),
        terms=Terms(**{name: getattr(row, name) for name in names}),
    )


def _take_facilities(row: Founding, tenant: Tenant) -> None:
    free = CatalogueFacility.objects.filter(pk__in=row.facilities, tenant=None)
    if free.update(tenant=tenant) < len(set(row.facilities)):
        raise FoundingFaultError(field="facilities", fault=Fault.FACILITY_TAKEN.value)
    target = sql.Identifier(tenant.schema_name, "bookings_facility")
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(BEGIN_FACILITIES).format(target), [row.facilities])


def _submit_roster(row: Founding, tenant: Tenant, actor: Actor) -> None:
    """The people as a roster that waits for the city's review: nobody has an ID before that."""
    bounds, people = bounds_of(tenant.schema_name), [entry_of(one) for one in row.roster]
    if len(people) > MOST_ROWS or names_twice(people) or any(faults(one, bounds) for one in people):
        raise RosterStateError
    made = made_by(actor, tenant.schema_name, Kind.FIRST)
    made.state, made.submitted_at, made.submitted_by = "submitted", clock.now(), actor.id
    rows = [
        RosterRow(
            submission=made,
            tenant=tenant.schema_name,
            position=place,
            **{name: getattr(one, name) for name in ("name", "kana", "title", "body", "terminal", "starts_on")},
            roles=list(one.roles),
            ends_on=last_day_of(one, bounds),
            trained_on=one.trained_on,
        )
        for place, one in enumerate(people, start=1)
    ]
    told = entry(actor, Action.CREATE, object_type="staff_roster", object_id=made.pk, kind="first", people=len(rows))
    insert_together(made, *rows, told)


def kept(one: Entry) -> dict[str, Any]:
    """A person as the founding's row keeps them."""
    said = {name: getattr(one, name) for name in Entry.__dataclass_fields__}
    days = {name: said[name].isoformat() if said[name] else None for name in DAYS}
    return said | days | {"roles": list(one.roles)}


def entry_of(said: Mapping[str, Any]) -> Entry:
    """The person that a founding's row keeps, read anew. ``RosterStateError`` for what no form lets through."""
    try:
        texts: dict[str, Any] = {name: read_text(said[name], 60) for name in ("name", "title")}
        texts["kana"] = read_kana(said["kana"], 60)
        days: dict[str, Any] = {name: dt.date.fromisoformat(said[name]) if said.get(name) else None for name in DAYS}
        return Entry(
            **texts,
            body=str(said["body"]),
            roles=tuple(said["roles"]),
            terminal=str(said.get("terminal", ""))[:60],
            **days,
        )
    except (KeyError, TypeError, ValueError):
        raise RosterStateError from None
