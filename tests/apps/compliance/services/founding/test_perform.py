"""A founding ends with a whole tenant or with nothing, whatever happens on the way."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connections

from apps.compliance.founding_errors import FoundingFaultError, FoundingTakenError
from apps.compliance.models.founding import Founding
from apps.compliance.models.roster import RosterSubmission
from apps.compliance.rules.founding import Stage
from apps.compliance.services.founding.ask import ask, ask_again, drop
from apps.compliance.services.founding.perform import perform_waiting
from shared.actor import Actor
from shared.catalogue.models import CatalogueFacility
from shared.staff.models import Role, StaffAccount
from tenants import directory
from tenants.models import Operator, OperatorAssignment, Tenant
from tests import factories
from tests.apps.compliance.founding import OPERATOR, listed, wanted
from tests.isolation.test_provisioning import snapshot
from tests.support.provisioning import remove
from tests.support.scopes import as_city, as_tenant

pytestmark = pytest.mark.usefixtures("database")
Make = Callable[..., Founding]
LEFT = {
    "networks": "SELECT count(*) FROM shared.tenants_allowednetwork",
    "operators": "SELECT count(*) FROM shared.tenants_operator",
    "rosters": "SELECT count(*) FROM shared.compliance_rostersubmission",
    "facilities": "SELECT count(*) FROM shared.catalogue_cataloguefacility WHERE tenant_id IS NOT NULL",
}


@pytest.fixture
def officer(database: None) -> StaffAccount:
    return factories.city_officer()


@pytest.fixture
def make(officer: StaffAccount, superuser: psycopg.Connection) -> Iterator[Make]:
    """Asks for a founding; whatever came of it is taken away afterwards."""
    made: list[Founding] = []

    def make_one(**values: Any) -> Founding:
        facility = values.pop("facility", None) or listed(f"9{len(made):04}")
        one = wanted(officer, facility, **values)
        with as_city():
            ask(actor=Actor("city", officer.pk), wanted=one)
        made.append(one)
        return one

    yield make_one
    for one in made:
        remove(superuser, one.schema_name)


OWN_ROLE = "SELECT count(*) FROM pg_roles WHERE rolname = %s"
"""Roles are the cluster's: other processes found tenants of their own at the same time."""


def left(superuser: psycopg.Connection, one: Founding) -> dict[str, Any]:
    counts = {name: superuser.execute(query).fetchone() for name, query in LEFT.items()}
    role = superuser.execute(OWN_ROLE, [f"tenant_{one.schema_name}"]).fetchone()
    return {**snapshot(superuser), **counts, "role": role}


def now(one: Founding) -> Founding:
    with as_city():
        return Founding.objects.get(pk=one.pk)


def test_what_was_asked_for_is_there_whole(make: Make) -> None:
    one, steps = make(), list[Stage]()
    assert perform_waiting(watch=steps.append) == 1
    found = now(one)
    assert (found.state, found.percent, found.failure, found.roster) == ("done", 100, "", [])
    assert steps == list(Stage)
    directory.forget()
    assert directory.schema_of_host(f"{one.host}.{settings.BASE_HOST}") == one.schema_name
    assert [str(one.network) for one in directory.policy_of(one.schema_name).ranges] == one.networks
    with as_city():
        assert CatalogueFacility.objects.get(pk=one.facilities[0]).tenant == found.tenant
        term = OperatorAssignment.objects.select_related("operator").get(tenant=found.tenant)
    assert (term.operator.name, term.during.lower, term.agreement_number) == ("架空市臨時館課", one.first, "架臨第1号")


def test_the_roster_waits_for_the_review_and_nobody_has_an_id(make: Make) -> None:
    one = make()
    perform_waiting()
    with as_city():
        sent = RosterSubmission.objects.get(tenant=one.schema_name)
        assert (sent.kind, sent.state, sent.rows.get().name) == ("first", "submitted", "見本　窓子")
    with as_tenant(one.schema_name):
        assert not StaffAccount.objects.exists()


@pytest.mark.parametrize("stage", Stage)
def test_a_fault_at_any_step_leaves_nothing_and_may_be_tried_again(
    stage: Stage, make: Make, superuser: psycopg.Connection, officer: StaffAccount
) -> None:
    one = make()
    before = left(superuser, one)

    def fail(at: Stage) -> None:
        if at == stage:
            raise RuntimeError("架空の人の名前")

    assert perform_waiting(watch=fail) == 1
    assert left(superuser, one) == before
    assert (now(one).state, now(one).step, now(one).failure) == ("failed", stage, "unexpected")
    with as_city():
        ask_again(actor=Actor("city", officer.pk), founding=one.pk)
    assert now(one).state == "asked"


def test_after_a_failure_it_is_made_at_the_second_try(make: Make, officer: StaffAccount) -> None:
    one = make()
    perform_waiting(watch=lambda _stage: 1 / 0)  # type: ignore[arg-type]
    with as_city():
        ask_again(actor=Actor("city", officer.pk), founding=one.pk)
    assert perform_waiting() == 1
    assert now(one).state == "done"


KILLED = """
import os, signal, sys
import django; django.setup()
from apps.compliance.services.founding.perform import perform_waiting
perform_waiting(watch=lambda stage: os.kill(os.getpid(), signal.SIGKILL) if stage == sys.argv[1] else None)
"""


@pytest.mark.parametrize("stage", [Stage.TABLES, Stage.RECORD])
def test_a_process_that_is_killed_leaves_nothing_and_the_next_one_goes_on(
    stage: Stage, make: Make, superuser: psycopg.Connection
) -> None:
    one = make()
    before = left(superuser, one)
    command = [sys.executable, "-c", KILLED, stage.value]
    path = {"PYTHONPATH": os.pathsep.join(["platform", "."])}
    ended = subprocess.run(command, env={**os.environ, **path}, cwd=settings.BASE_DIR, check=False, capture_output=True)
    assert ended.returncode == -9, ended.stderr
    assert (now(one).state, now(one).step) == ("under_way", stage)
    assert left(superuser, one) == before
    assert perform_waiting() == 1
    assert (now(one).state, now(one).tries) == ("done", 2)


def test_what_is_interrupted_again_and_again_is_given_up(make: Make, superuser: psycopg.Connection) -> None:
    one = make()
    superuser.execute("UPDATE shared.compliance_founding SET state = 'under_way', tries = 3")
    assert perform_waiting() == 0
    assert (now(one).state, now(one).failure) == ("failed", "interrupted")


def in_thread(work: Callable[[], object]) -> object:
    try:
        return work()
    finally:
        connections.close_all()


def test_two_who_ask_for_one_host_at_once_end_with_one(make: Make, officer: StaffAccount) -> None:
    first = make()
    with as_city():
        drop(actor=Actor("city", officer.pk), founding=first.pk)
    facility = CatalogueFacility(pk=first.facilities[0])
    both = [wanted(officer, facility, host=first.host) for _ in range(2)]

    def asking(one: Founding) -> str:
        try:
            with as_city():
                ask(actor=Actor("city", officer.pk), wanted=one)
        except (FoundingTakenError, FoundingFaultError) as error:
            return error.code
        return "asked"

    with ThreadPoolExecutor(2) as pool:
        said = [pool.submit(in_thread, lambda one=one: asking(one)) for one in both]  # type: ignore[misc]
    answers = sorted(str(one.result()) for one in said)
    assert answers[0] == "asked"
    assert answers[1] in {"founding_taken", "founding_fault"}


def test_two_performers_take_one_founding_once(make: Make) -> None:
    one = make()
    with ThreadPoolExecutor(2) as pool:
        taken = [pool.submit(in_thread, perform_waiting) for _ in range(2)]
    assert sorted(int(str(each.result())) for each in taken) == [0, 1]
    assert (now(one).state, now(one).tries) == ("done", 1)


HOSTILE = {
    "schema of the city": ("schema_name = 'chuo'", "schema_taken"),
    "host of a desk": ("host = 'chuo'", "host_taken"),
    "facility of another": ("facilities = ARRAY[gen_random_uuid()]", "facility_unknown"),
    "prefix of another": ("number_prefix = 'A'", "prefix_taken"),
    "from everywhere": ("networks = ARRAY['0.0.0.0/0']", "network_open"),
    "who asked is nobody": ("asked_by = gen_random_uuid()", "founding_asker"),
    "an operator of nonsense": ('new_operator = \'{"kind": "owner"}\'', "refused"),
    "a right by the roster": ("roster = jsonb_set(roster, '{0,roles}', '[\"systems\"]')", "refused"),
    "a clause that is none": ("personal_version = 99", "refused"),
}


@pytest.mark.parametrize(("change", "why"), HOSTILE.values(), ids=HOSTILE)
def test_the_performer_believes_no_row(change: str, why: str, make: Make, superuser: psycopg.Connection) -> None:
    one = make()
    before = left(superuser, one)
    superuser.execute(f"UPDATE shared.compliance_founding SET {change}")
    perform_waiting()
    assert (now(one).state, now(one).failure) == ("failed", why)
    assert left(superuser, one) == before


def test_an_officer_who_lost_the_right_founds_nothing(make: Make, superuser: psycopg.Connection) -> None:
    one = make()
    superuser.execute("UPDATE shared.staff_staffaccount SET roles = %s", [[Role.AUDITOR.value]])
    perform_waiting()
    assert (now(one).state, now(one).failure) == ("failed", "founding_asker")
    with as_city():
        assert not Tenant.objects.filter(schema_name=one.schema_name).exists()


def test_a_consortium_is_founded_with_its_members(make: Make) -> None:
    one = make(new_operator=OPERATOR, roster=[])
    perform_waiting()
    assert now(one).failure == ""
    with as_city():
        assert Operator.objects.get(name=OPERATOR["name"]).members.count() == 2
