"""The city sees every tenant's state, version and size, and suspends and resumes one with a reason."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest
from django.test import Client

from apps.compliance.models.tenant_acts import TenantAct
from shared.staff.models import Role
from tenants.models import Tenant
from tests import factories
from tests.apps.compliance.web.city.asking import audited, text_of
from tests.support.clients import signed_in
from tests.support.scopes import as_city
from tests.support.statements import count_statements
from tests.support.tenants import CHUO, SPORTS

pytestmark = pytest.mark.usefixtures("database")
SUSPEND, RESUME = (f"/office/tenants/{CHUO}/{deed}/" for deed in ("suspend", "resume"))
WHY = {"reason": "事故の調査のため"}


def state() -> str:
    with as_city():
        return str(Tenant.objects.get(schema_name=CHUO).state)


def test_every_tenant_is_shown_with_its_figures(city: Client) -> None:
    factories.individual()
    rows = {line.tenant.schema_name: line for line, _desk in city.get("/office/tenants/").context["rows"]}
    assert [rows[schema].registrants for schema in (CHUO, SPORTS)] == [1, 0]
    assert rows[CHUO].size > 0
    assert not any(line.is_behind for line in rows.values())


def test_a_suspended_desk_says_so_at_once_and_comes_back(
    city: Client, desk: Client, desk_client: Callable[[str], Client]
) -> None:
    assert desk.get("/").status_code == 200
    assert city.post(SUSPEND, WHY).status_code == 302
    answer = desk.get("/")
    assert (answer.status_code, "停止" in answer.content.decode()) == (503, True)
    assert desk_client(SPORTS).get("/").status_code == 302
    assert "事故の調査のため" in text_of(city.get("/office/tenants/"))
    assert city.post(RESUME, {"reason": "調査を終えた"}).status_code == 302
    assert desk.get("/").status_code == 200
    assert [entry.detail["deed"] for entry in audited("tenant")] == ["suspend", "resume"]


def test_the_portal_does_not_open_a_suspended_facility(city: Client, portal_client: Client) -> None:
    address = f"/places/{CHUO}/facilities/{factories.meeting_room().facility_id}/"
    before = portal_client.get(address).status_code
    city.post(SUSPEND, WHY)
    assert portal_client.get(address).status_code == 404
    assert before in {200, 404}


@pytest.mark.parametrize(("address", "typed", "status"), [(SUSPEND, {}, 422), (RESUME, WHY, 409)])
def test_what_cannot_be_is_told_and_changes_nothing(
    city: Client, address: str, typed: dict[str, str], status: int
) -> None:
    assert city.post(address, typed).status_code == status
    assert state() == "active"
    with as_city():
        assert not TenantAct.objects.exists()


def test_an_unknown_tenant_or_deed_is_not_found(city: Client) -> None:
    assert city.post("/office/tenants/nowhere/suspend/", WHY).status_code == 404
    assert city.post(f"/office/tenants/{CHUO}/drop/", WHY).status_code == 404


@pytest.mark.parametrize("role", [Role.DEPARTMENT, Role.AUDITOR])
def test_who_keeps_no_tenants_is_refused(city_client: Client, role: Role) -> None:
    client = signed_in(city_client, factories.city_officer(roles=[role]))
    assert client.get("/office/tenants/").status_code == 403
    assert client.post(SUSPEND, WHY).status_code == 403
    assert state() == "active"


def test_a_reason_once_given_stays(city: Client, superuser: psycopg.Connection) -> None:
    city.post(SUSPEND, WHY)
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
        superuser.execute("UPDATE shared.compliance_tenantact SET reason = ''")


def test_the_page_costs_the_same_with_more_rows(city: Client) -> None:
    counts = []
    for _ in range(2):
        with count_statements() as statements:
            city.get("/office/tenants/")
        counts.append(statements.count)
        factories.individual()
        city.post(SUSPEND, WHY)
        city.post(RESUME, WHY)
    assert counts[0] == counts[1]
