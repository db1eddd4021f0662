"""Incidents against forged statements: no facility sees, joins or changes another's, and nobody rewrites what was."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import psycopg
import pytest
from django.test import Client
from psycopg import errors

from apps.compliance.models.incidents import Incident
from tests import factories
from tests.apps.compliance.web.incident_asking import reported
from tests.support.clients import signed_in
from tests.support.fixtures import Freeze
from tests.support.raw import raw
from tests.support.tenants import BUNKA, CHUO

pytestmark = pytest.mark.usefixtures("database")
ACT = (
    'INSERT INTO compliance_incidentact (incident_id, tenant, at, by_kind, by_name, step, "on", note)'
    " VALUES (%s, %s, now(), %s, '', %s, now(), '')"
)
PERSON = (
    "INSERT INTO compliance_affectedperson (incident_id, tenant, at, by_kind, by_name, registrant, source, is_excluded)"
    " VALUES (%s, %s, now(), 'staff', '', gen_random_uuid(), 'number', false)"
)
PARTS = ("incident", "incidentact", "incidentversion", "incidentletter", "incidentpublication")


@pytest.fixture
def theirs(desk_client: Callable[[str], Client], freeze: Freeze) -> Incident:
    freeze("2026-04-01 09:40")
    return reported(signed_in(desk_client(BUNKA), factories.clerk(BUNKA)))


@pytest.fixture
def desk_of_chuo(theirs: Incident) -> Iterator[psycopg.Connection]:
    with raw(f"tenant_{CHUO}", schema=CHUO) as connection:
        yield connection


@pytest.fixture
def city_raw(theirs: Incident) -> Iterator[psycopg.Connection]:
    with raw("kashikan_city", schema="shared") as connection:
        yield connection


def test_a_facility_reads_its_own_alone(desk_of_chuo: psycopg.Connection) -> None:
    for part in (*PARTS, "incidentdraft", "affectedperson"):
        [found] = desk_of_chuo.execute(f"SELECT count(*) FROM compliance_{part}")
        assert found == (0,)


@pytest.mark.parametrize("statement", [ACT, PERSON])
def test_a_facility_adds_nothing_to_anothers_incident(
    desk_of_chuo: psycopg.Connection, theirs: Incident, statement: str
) -> None:
    further = ("staff", "reported") if statement is ACT else ()
    with pytest.raises(errors.InsufficientPrivilege, match="row-level security"):
        desk_of_chuo.execute(statement, [theirs.pk, BUNKA, *further])
    with pytest.raises((errors.ForeignKeyViolation, errors.CheckViolation, errors.UniqueViolation)):
        desk_of_chuo.execute(statement, [theirs.pk, CHUO, *further])


def test_a_facility_takes_no_step_of_the_citys_and_signs_for_nobody_else(theirs: Incident) -> None:
    with raw(f"tenant_{BUNKA}", schema=BUNKA) as desk:
        for kind, step in (("staff", "accepted"), ("city", "reported")):
            with pytest.raises(errors.InsufficientPrivilege, match="row-level security"):
                desk.execute(ACT, [theirs.pk, BUNKA, kind, step])


def test_the_city_takes_steps_in_their_order_once(city_raw: psycopg.Connection, theirs: Incident) -> None:
    with pytest.raises(errors.CheckViolation, match="out of its order"):
        city_raw.execute(ACT, [theirs.pk, BUNKA, "city", "final"])
    city_raw.execute(ACT, [theirs.pk, BUNKA, "city", "accepted"])
    with pytest.raises(errors.UniqueViolation):
        city_raw.execute(ACT, [theirs.pk, BUNKA, "city", "accepted"])
    with pytest.raises(errors.CheckViolation, match="out of its order"):
        city_raw.execute(ACT, [theirs.pk, BUNKA, "city", "closed"])


@pytest.mark.parametrize("role", [f"tenant_{BUNKA}", "kashikan_city"])
def test_nobody_changes_or_removes_what_was_recorded(theirs: Incident, role: str) -> None:
    with raw(role, schema=BUNKA if role.startswith("tenant") else "shared") as connection:
        for part in PARTS:
            for statement in (f"UPDATE compliance_{part} SET tenant = 'x'", f"DELETE FROM compliance_{part}"):
                with pytest.raises(errors.InsufficientPrivilege):
                    connection.execute(statement)


def test_what_is_closed_takes_no_further_version(superuser: psycopg.Connection, theirs: Incident) -> None:
    for step in ("accepted", "surveyed", "prevented", "closed"):
        superuser.execute(ACT.replace("compliance_", "shared.compliance_"), [theirs.pk, BUNKA, "city", step])
    with raw(f"tenant_{BUNKA}", schema=BUNKA) as desk, pytest.raises(errors.CheckViolation, match="closed"):
        desk.execute(PERSON, [theirs.pk, BUNKA])
