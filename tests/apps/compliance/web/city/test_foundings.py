"""A new tenant from a page: what is wrong is told beside its field, and what was asked for can be watched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from apps.compliance.models.founding import Founding
from apps.compliance.rules.founding import Stage
from apps.compliance.services.founding.perform import perform_waiting
from kernel import clock
from shared.staff.models import Role
from tests import factories
from tests.apps.compliance.founding import listed, new_names
from tests.apps.compliance.web.city.asking import audited, text_of
from tests.support.clients import client_at, signed_in
from tests.support.provisioning import remove
from tests.support.scopes import as_city
from tests.support.statements import count_statements

pytestmark = pytest.mark.usefixtures("database")
NEW = "/office/foundings/new/"


def typed(**values: Any) -> dict[str, Any]:
    """What the form sends: a department of the city that is not known yet, and one person."""
    first = clock.today() + dt.timedelta(days=7)
    said = {
        **new_names(),
        "step": "ask",
        "name": "架空臨時館",
        "ordinance_title": "架空臨時館の設置及び管理に関する条例",
        "document_symbol": "架臨",
        "operator": "",
        "new-kind": "city",
        "new-name": "架空市臨時館課",
        "new-representative_title": "市長",
        "new-representative_name": "架空　市長",
        "first": first.isoformat(),
        "last": (first + dt.timedelta(days=364)).isoformat(),
        "fee_regime": "public",
        "agreement_number": "架臨第1号",
        "personal_version": "1",
        "security_version": "1",
        "privacy_officer": "館長",
        "security_officer": "館長",
        "networks": "127.0.0.0/16\n2001:db8::/48",
        "people": "1",
        "p0-name": "見本　窓子",
        "p0-kana": "みほん　まどこ",
        "p0-title": "事務員",
        "p0-body": "架空市臨時館課",
        "p0-roles": ["reception", "facility_manager"],
        "p0-starts_on": first.isoformat(),
    }
    if "facility" not in values:
        said["facility"] = str(listed().pk)
    return said | values


@pytest.fixture
def founded(superuser: psycopg.Connection) -> Iterator[list[str]]:
    """Schemas that are taken away afterwards."""
    schemas: list[str] = []
    yield schemas
    for schema in schemas:
        remove(superuser, schema)


def fail(_stage: Stage) -> None:
    raise RuntimeError("秘密")


def rows() -> list[Founding]:
    with as_city():
        return list(Founding.objects.order_by("asked_at"))


def test_first_the_facilities_are_chosen_from_those_without_a_desk(city: Client) -> None:
    factories.facility(name="架空所属館")
    free = listed(name="架空無所属館")
    page = text_of(city.get(NEW))
    assert "架空無所属館" in page
    assert "架空所属館" not in page
    assert city.get(NEW, {"facility_asked": "1"}).status_code == 422
    form = city.get(NEW, {"facility": str(free.pk)}).context["form"]
    assert (form["name"].value(), form["host"].value()) == ("架空無所属館", "facility-90001")
    assert (form["schema_name"].value(), form["number_prefix"].value()) == ("facility_90001", "D")


def test_it_is_asked_for_performed_watched_and_answers(city: Client, founded: list[str]) -> None:
    said = typed()
    answer = city.post(NEW, said)
    assert answer.status_code == 302, answer.context["form"].errors
    founded.append(said["schema_name"])
    address = answer["Location"]
    assert 'hx-trigger="every 2s"' in text_of(city.get(address))
    assert "hx-get" in city.get(address, headers={"HX-Request": "true"}).content.decode()
    perform_waiting()
    assert city.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    done = text_of(city.get(address))
    assert "窓口を開設しました" in done
    assert "every 2s" not in done
    assert client_at(f"{said['host']}.localhost").get("/login/").status_code == 200
    lines = {line.tenant.schema_name: line for line, _desk in city.get("/office/tenants/").context["rows"]}
    assert lines[said["schema_name"]].registrants == 0
    assert "架空臨時館" in text_of(city.get("/rosters/"))
    assert [entry.object_id for entry in audited("tenant")] == [said["schema_name"]]


WRONG = {
    "host of a desk": ({"host": "chuo"}, "host"),
    "reserved host": ({"host": "city"}, "host"),
    "no label": ({"host": "a.b"}, "host"),
    "capitals": ({"host": "ABC"}, "host"),
    "ends with a hyphen": ({"host": "abc-"}, "host"),
    "schema of a desk": ({"schema_name": "sports"}, "schema_name"),
    "reserved schema": ({"schema_name": "shared"}, "schema_name"),
    "schema of PostgreSQL": ({"schema_name": "pg_new"}, "schema_name"),
    "schema with a quote": ({"schema_name": 'x"; DROP SCHEMA chuo'}, "schema_name"),
    "prefix of a desk": ({"number_prefix": "A"}, "number_prefix"),
    "no network": ({"networks": ""}, "networks"),
    "malformed network": ({"networks": "10.0.0.0/8\n300.1.1.1/24"}, "networks"),
    "host bits": ({"networks": "203.0.113.5/24"}, "networks"),
    "everywhere": ({"networks": "0.0.0.0/0", "is_wide": "on"}, "networks"),
    "backwards": ({"last": "2020-01-01"}, "last"),
    "no name": ({"name": ""}, "name"),
    "unknown clause": ({"personal_version": "99"}, "personal_version"),
}


@pytest.mark.parametrize(("change", "field"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_lost(
    change: dict[str, str], field: str, city: Client
) -> None:
    answer = city.post(NEW, typed(**change))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "見本　窓子" in text_of(answer)
    assert not rows()


def test_a_facility_that_is_in_a_tenant_is_told(city: Client) -> None:
    answer = city.post(NEW, typed(facility=str(factories.facility().pk)))
    assert answer.status_code == 422
    assert "ほかの窓口に入った施設" in text_of(answer)


def test_a_manager_without_number_and_members_is_told(city: Client) -> None:
    answer = city.post(NEW, typed(**{"new-kind": "manager"}))
    assert answer.status_code == 422
    assert "corporate_number" in answer.context["form"].new_operator.errors


def test_a_person_outside_the_term_is_told(city: Client) -> None:
    answer = city.post(NEW, typed(**{"p0-starts_on": clock.today().isoformat()}))
    assert answer.status_code == 422
    assert "運営期間の初日より前の日です。" in text_of(answer)


def test_people_are_added_one_by_one_and_from_a_file(city: Client) -> None:
    said = typed()
    more = city.post(NEW, said | {"step": "rows"})
    assert (more.status_code, len(more.context["people"].forms)) == (200, 2)
    head = "氏名,カナ,職名,所属法人,担当業務,使用開始日\n"
    line = f"架空　二郎,カクウ　ジロウ,主任,架空市臨時館課,窓口・会計,{said['first']}\n"
    file = SimpleUploadedFile("roster.csv", (head + line).encode("cp932"))
    read = city.post(NEW, said | {"step": "file", "file": file})
    assert [form["name"].value() for form in read.context["people"].forms] == ["見本　窓子", "架空　二郎"]
    assert not rows()


def test_a_failure_is_told_without_its_words_and_may_be_tried_again_or_withdrawn(city: Client) -> None:
    said = typed()
    address = city.post(NEW, said)["Location"]
    perform_waiting(watch=fail)
    page = text_of(city.get(address))
    assert "途中までのものは何も残っていません" in page
    assert "秘密" not in page
    assert city.post(f"{address}again/").status_code == 302
    assert [one.state for one in rows()] == ["asked"]
    assert city.post(f"{address}again/").status_code == 409
    assert city.post(f"{address}withdraw/").status_code == 302
    assert [one.state for one in rows()] == ["dropped"]
    assert city.post(f"{address}withdraw/").status_code == 409


def test_what_others_took_meanwhile_is_told_when_it_is_tried_again(city: Client) -> None:
    said = typed()
    address = city.post(NEW, said)["Location"]
    perform_waiting(watch=fail)
    other = typed(facility=str(listed("90002").pk), host=said["host"])
    assert city.post(NEW, other).status_code == 302
    answer = city.post(f"{address}again/")
    assert (answer.status_code, "ホスト名は使われています" in text_of(answer)) == (422, True)


@pytest.mark.parametrize("role", [Role.DEPARTMENT, Role.AUDITOR])
def test_who_keeps_no_tenants_founds_none(role: Role, city: Client, city_client: Client) -> None:
    address = city.post(NEW, typed())["Location"]
    client = signed_in(city_client, factories.city_officer(roles=[role]))
    for asked in (client.get(NEW), client.post(NEW, {}), client.get(address), client.post(f"{address}withdraw/")):
        assert asked.status_code == 403
    assert [one.state for one in rows()] == ["asked"]


def test_the_list_costs_the_same_with_more_foundings(city: Client) -> None:
    counts = []
    for number in range(3):
        assert city.post(NEW, typed(facility=str(listed(f"9100{number}").pk))).status_code == 302
        with count_statements() as statements:
            city.get("/office/tenants/")
        counts.append(statements.count)
    assert counts[0] == counts[-1]
