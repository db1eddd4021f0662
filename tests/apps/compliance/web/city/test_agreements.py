"""Operators, designations and agreements at the city: entered, changed from a day on, ended before their time."""

from __future__ import annotations

import datetime as dt
from typing import Any

import psycopg
import pytest
from django.test import Client

from apps.compliance.models.agreements import AgreementVersion, AssignmentEnding
from apps.compliance.queries.agreements import designation
from shared.staff.models import Role, StaffAccount
from tenants.models import Care, Operator, OperatorAssignment, Tenant
from tests import factories
from tests.apps.compliance.web.city.asking import audited, text_of
from tests.support.clients import signed_in
from tests.support.fixtures import Freeze
from tests.support.scopes import as_city
from tests.support.statements import count_statements
from tests.support.tenants import CHUO, SPORTS

pytestmark = pytest.mark.usefixtures("database")
MEMBERS = "社会福祉法人架空会 8700110005901\n社会福祉法人見本会 7000012050002"
OPERATOR = {
    "kind": "manager",
    "name": "架空・見本共同事業体",
    "representative_title": "理事長",
    "representative_name": "架空　次郎",
    "members": MEMBERS,
}
TERMS = {
    "agreement_number": "架福第2号",
    "personal_version": "1",
    "security_version": "1",
    "privacy_officer": "センター長",
    "security_officer": "管理係長",
}
CHANGED = TERMS | {"privacy_officer": "副センター長", "in_force_from": "2026-06-01", "why": "人事異動", "version": "0"}
ENDED = {"kind": "revoked", "last_day": "2026-05-31", "reason": "個人情報取扱特記事項第15条による取消し"}


@pytest.fixture(autouse=True)
def _in_may(freeze: Freeze) -> None:
    freeze("2026-05-01 10:00")


def term_of(schema: str = CHUO) -> OperatorAssignment:
    with as_city():
        return OperatorAssignment.objects.filter(tenant__schema_name=schema).latest("during")


def sent(client: Client, act: str, typed: dict[str, str], schema: str = CHUO) -> Any:
    return client.post(f"/designations/{term_of(schema).pk}/{act}/", typed)


def designated(client: Client, **typed: str) -> Any:
    with as_city():
        operator = Operator.objects.get(name="架空市文化課").pk
    days = {"first": "2026-06-01", "last": "2029-03-31", "fee_regime": "public"}
    return client.post(f"/tenants/{CHUO}/designate/", TERMS | days | {"operator": str(operator)} | typed)


def department(client: Client, *schemas: str) -> Client:
    """``client`` with an officer of 所管課 who cares for ``schemas``."""
    account = factories.city_officer(roles=[Role.DEPARTMENT])
    with as_city():
        for tenant in Tenant.objects.filter(schema_name__in=schemas):
            Care.objects.create(account=account.pk, tenant=tenant)
    return signed_in(client, account)


def test_a_consortium_is_entered_with_its_bodies(city: Client) -> None:
    assert city.post("/office/operators/new/", OPERATOR).status_code == 302
    with as_city():
        made = Operator.objects.get(name=OPERATOR["name"])
        members = [(one.name, one.corporate_number, one.is_lead) for one in made.members.all()]
    assert members == [("社会福祉法人架空会", "8700110005901", True), ("社会福祉法人見本会", "7000012050002", False)]
    assert audited("operator")[-1].action == "create"


def test_an_operator_is_changed_and_its_form_shows_what_it_was(city: Client) -> None:
    city.post("/office/operators/new/", OPERATOR)
    with as_city():
        made = Operator.objects.get(name=OPERATOR["name"])
    assert city.get(f"/office/operators/{made.pk}/").context["form"]["members"].value() == MEMBERS
    city.post(f"/office/operators/{made.pk}/", OPERATOR | {"representative_name": "架空　三郎"})
    with as_city():
        assert Operator.objects.get(pk=made.pk).representative_name == "架空　三郎"
        assert made.members.count() == 2


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"members": "架空会 8700110005902\n見本会 7000012050002"}, "members"),
        ({"members": "架空会"}, "members"),
        ({"members": ""}, "corporate_number"),
        ({"corporate_number": "1"}, "corporate_number"),
        ({"name": "架空市文化課"}, "name"),
        ({"name": ""}, "name"),
        ({"kind": "nobody"}, "kind"),
    ],
)
def test_an_operator_that_cannot_be_is_told_beside_its_field(city: Client, typed: dict[str, str], field: str) -> None:
    answer = city.post("/office/operators/new/", OPERATOR | typed)
    assert answer.status_code in {409, 422}
    assert list(answer.context["form"].errors) == [field]
    with as_city():
        assert not Operator.objects.filter(name=OPERATOR["name"]).exists()


def test_a_designation_is_entered_with_the_first_version_of_its_agreement(city: Client) -> None:
    sent(city, "end", ENDED)
    assert designated(city).status_code == 302
    made = term_of()
    assert (made.during.lower, made.last_day) == (dt.date(2026, 6, 1), dt.date(2029, 3, 31))
    with as_city():
        [version] = designation(made.pk).versions
    assert (version.version, version.agreement_number, version.representative_title) == (1, "架福第2号", "市長")


@pytest.mark.parametrize(
    ("typed", "field", "status"),
    [
        ({}, "first", 409),
        ({"last": "2026-05-31"}, "last", 422),
        ({"first": "二月"}, "first", 422),
        ({"operator": "0"}, "operator", 422),
        ({"personal_version": "9"}, "personal_version", 422),
        ({"privacy_officer": ""}, "privacy_officer", 422),
    ],
)
def test_a_designation_that_cannot_be_is_told_beside_its_field(
    city: Client, typed: dict[str, str], field: str, status: int
) -> None:
    answer = designated(city, **typed)
    assert (answer.status_code, list(answer.context["form"].errors)) == (status, [field])
    assert answer.context["form"]["agreement_number"].value() == "架福第2号"
    with as_city():
        assert AgreementVersion.objects.count() == 0


def test_what_the_agreement_said_on_a_day_stays_known(city: Client) -> None:
    assert sent(city, "change", CHANGED).status_code == 302
    assert sent(city, "change", CHANGED | {"version": "1", "in_force_from": "2026-07-01"}).status_code == 302
    with as_city():
        found = designation(term_of().pk)
    assert [getattr(found.on(dt.date(2026, m, 1)), "version", 0) for m in (5, 6, 7)] == [0, 1, 2]
    assert "副センター長" in text_of(city.get(f"/designations/{term_of().pk}/"))


@pytest.mark.parametrize(
    ("typed", "status"),
    [({"in_force_from": "2026-04-30"}, 422), ({"version": "7"}, 409), ({"version": "x"}, 409), ({"why": ""}, 422)],
)
def test_a_change_that_cannot_be_writes_nothing(city: Client, typed: dict[str, str], status: int) -> None:
    assert sent(city, "change", CHANGED | typed).status_code == status
    with as_city():
        assert not AgreementVersion.objects.exists()


def test_a_revoked_designation_closes_the_desk_at_once_and_keeps_its_reason(city: Client, desk: Client) -> None:
    assert desk.get("/").status_code == 200
    assert sent(city, "end", ENDED | {"last_day": "2026-04-30"}).status_code == 302
    assert desk.get("/").status_code == 302
    with as_city():
        [ending] = AssignmentEnding.objects.all()
    assert (ending.kind, ending.last_day) == ("revoked", dt.date(2026, 4, 30))
    assert audited("assignment")[-1].action == "permission"
    assert "指定の取消し" in text_of(city.get(f"/designations/{term_of().pk}/"))


def test_until_its_last_midnight_a_revoked_designation_still_lets_in(
    city: Client, desk: Client, clerk: StaffAccount, freeze: Freeze
) -> None:
    sent(city, "end", ENDED)
    freeze("2026-05-31 23:59:59")
    signed_in(desk, clerk)
    assert desk.get("/").status_code == 200
    freeze("2026-06-01 00:00:00")
    assert desk.get("/").status_code == 302


@pytest.mark.parametrize("typed", [{"last_day": "2026-04-29"}, {"reason": ""}, {"kind": ""}, {"last_day": ""}])
def test_an_end_that_cannot_be_changes_nothing(city: Client, typed: dict[str, str]) -> None:
    assert sent(city, "end", ENDED | typed).status_code == 422
    assert term_of().last_day is None


def test_an_end_does_not_lengthen_a_term_nor_end_one_that_is_over(
    city: Client, officer: StaffAccount, freeze: Freeze
) -> None:
    sent(city, "end", ENDED)
    assert sent(city, "end", ENDED | {"last_day": "2026-06-30"}).status_code == 422
    freeze("2026-07-01 10:00")
    signed_in(city, officer)
    assert sent(city, "end", ENDED | {"last_day": "2026-06-30"}).status_code == 409


def test_a_department_writes_only_about_what_is_in_its_care(city_client: Client) -> None:
    client = department(city_client, SPORTS)
    assert sent(client, "end", ENDED).status_code == 403
    assert sent(client, "change", CHANGED).status_code == 403
    assert designated(client).status_code == 403
    assert sent(client, "change", CHANGED, SPORTS).status_code == 302
    assert term_of().last_day is None


def test_care_is_set_on_a_page(city: Client) -> None:
    account = factories.city_officer(roles=[Role.DEPARTMENT])
    with as_city():
        chuo, sports = (Tenant.objects.get(schema_name=schema).pk for schema in (CHUO, SPORTS))
    city.post("/office/care/", {"account": str(account.pk), "tenants": [str(chuo), str(sports)]})
    city.post("/office/care/", {"account": str(account.pk), "tenants": [str(chuo), "x"]})
    with as_city():
        assert list(Care.objects.values_list("account", "tenant_id")) == [(account.pk, chuo)]
    assert city.get("/office/care/").content.count(b" checked") == 1
    assert city.post("/office/care/", {"account": "x"}).status_code == 404


def test_who_keeps_no_agreements_is_refused(city_client: Client) -> None:
    client = signed_in(city_client, factories.city_officer(roles=[Role.AUDITOR]))
    place = f"/designations/{term_of().pk}/"
    for address in ("/office/operators/", "/office/operators/new/", "/office/care/", place, f"{place}end/"):
        assert client.get(address).status_code == 403
    assert sent(client, "end", ENDED).status_code == 403


@pytest.mark.parametrize("table", ["compliance_agreementversion", "compliance_assignmentending"])
@pytest.mark.parametrize("change", ["UPDATE {} SET made_at = now()", "DELETE FROM {}"])
def test_the_database_keeps_what_was_agreed(
    city: Client, superuser: psycopg.Connection, table: str, change: str
) -> None:
    sent(city, "change", CHANGED)
    sent(city, "end", ENDED)
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
        superuser.execute(change.format(f"shared.{table}").encode())


def test_the_lists_cost_the_same_for_more_rows(city: Client) -> None:
    counts = []
    for name in ("架空甲事業体", "架空乙事業体"):
        with count_statements() as statements:
            assert city.get("/office/operators/").status_code == 200
        counts.append(statements.count)
        city.post("/office/operators/new/", OPERATOR | {"name": name})
    assert counts[0] == counts[1]
