"""What the city's role may write into a founding: it asks and withdraws. All that follows is the performer's."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection

from apps.compliance.models.founding import Founding
from shared.staff.models import StaffAccount
from tests import factories
from tests.apps.compliance.founding import listed, wanted
from tests.support.scopes import as_city, as_portal, as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def officer(database: None) -> StaffAccount:
    return factories.city_officer()


def insert(one: Founding) -> None:
    with as_city():
        Founding.objects.bulk_create([one])


HOSTILE: dict[str, dict[str, Any]] = {
    "a schema of ours": {"schema_name": "shared"},
    "a schema of PostgreSQL": {"schema_name": "pg_catalog"},
    "a schema with a quote": {"schema_name": 'x"; DROP SCHEMA chuo; --'},
    "a schema with a space": {"schema_name": "a b"},
    "a schema with a line after it": {"schema_name": "abc\n"},
    "a host of the city": {"host": "city"},
    "a host with a dot": {"host": "a.example"},
    "a host with a port": {"host": "abc:80"},
    "a host in capitals": {"host": "Abc"},
    "a host that begins with a hyphen": {"host": "-abc"},
    "a host in Punycode": {"host": "xn--p8jyb4b"},
    "a prefix of the cards": {"number_prefix": "R"},
    "no network": {"networks": []},
    "a network that is none": {"networks": ["10.0.0.0/8", "nonsense"]},
    "no facility": {"facilities": []},
    "a term that ends first": {"last": "2001-01-01"},
    "no operator": {"new_operator": {}},
}


@pytest.mark.parametrize("change", HOSTILE.values(), ids=HOSTILE)
def test_a_row_that_names_something_hostile_is_refused(change: dict[str, Any], officer: StaffAccount) -> None:
    one = wanted(officer, listed(), **change)
    with pytest.raises(DatabaseError):
        insert(one)


@pytest.mark.parametrize(
    "change",
    [{"state": "done"}, {"state": "under_way"}, {"percent": 100}, {"tries": -1}, {"tries": 1}, {"step": "record"}],
)
def test_a_row_begins_as_asked_for_and_as_nothing_else(change: dict[str, Any], officer: StaffAccount) -> None:
    with pytest.raises(DatabaseError):
        insert(wanted(officer, listed(), **change))


@pytest.mark.parametrize("name", ["schema_name", "host", "networks", "roster", "failure", "tries", "tenant_id"])
def test_what_was_asked_for_is_changed_by_nobody(name: str, officer: StaffAccount) -> None:
    insert(wanted(officer, listed()))
    with as_city(), pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE compliance_founding SET {name} = {name}")


def test_the_city_neither_begins_nor_ends_a_founding(officer: StaffAccount) -> None:
    insert(wanted(officer, listed()))
    for state in ("under_way", "done", "failed"):
        with as_city(), pytest.raises(DatabaseError):
            Founding.objects.update(state=state)
    with as_city(), pytest.raises(DatabaseError, match="permission denied"):
        Founding.objects.all().delete()


@pytest.mark.parametrize("state", ["under_way", "done"])
def test_what_is_under_way_or_done_is_out_of_the_citys_reach(state: str, officer: StaffAccount, superuser: Any) -> None:
    insert(wanted(officer, listed()))
    superuser.execute(
        "UPDATE shared.compliance_founding SET state = %s, tenant_id = CASE %s WHEN 'done' THEN"
        " (SELECT id FROM shared.tenants_tenant LIMIT 1) END",
        [state, state],
    )
    with as_city():
        assert Founding.objects.update(state="dropped") == 0


@pytest.mark.parametrize("name", ["schema_name", "host", "number_prefix"])
def test_of_two_open_foundings_no_name_is_the_same(name: str, officer: StaffAccount) -> None:
    one = wanted(officer, listed())
    insert(one)
    with pytest.raises(IntegrityError):
        insert(wanted(officer, listed("90002"), **{name: getattr(one, name)}))


def test_no_other_role_sees_a_founding(officer: StaffAccount) -> None:
    insert(wanted(officer, listed()))
    for scope in (as_tenant(CHUO), as_portal()):
        with scope, pytest.raises(DatabaseError, match="permission denied"):
            Founding.objects.exists()


def test_the_city_makes_no_schema_no_role_no_tenant_and_no_host() -> None:
    statements = (
        "CREATE SCHEMA another",
        "CREATE ROLE tenant_another",
        "INSERT INTO tenants_host (domain, tenant_id, is_primary) SELECT 'x.localhost', id, false FROM tenants_tenant",
        "INSERT INTO tenants_tenant (schema_name, name) VALUES ('another', 'x')",
        "UPDATE tenants_tenant SET schema_name = 'another'",
    )
    for statement in statements:
        with as_city(), pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
            cursor.execute(statement)
