"""The audit's pages at desk and city: who saw whom, with a purpose, and itself recorded."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from shared.actor import Actor
from shared.audit.models import Action, AuditEntry
from shared.audit.record import record
from shared.staff.models import Role, StaffAccount
from tenants.models import Tenant
from tests import factories
from tests.support.clients import client_at, signed_in
from tests.support.raw import raw_owner
from tests.support.scopes import as_city, as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO, SPORTS

PURPOSE = {"purpose": "request", "note": "本人からの問い合わせに答えるため"}


@pytest.fixture
def officer_desk(desk_client: Callable[[str], Client]) -> Client:
    """The browser of the 個人情報保護責任者 of ``chuo``."""
    return signed_in(desk_client(CHUO), factories.clerk(roles=[Role.PRIVACY_OFFICER], name="架空　責任者"))


@pytest.fixture
def clerk(database: None) -> StaffAccount:
    return factories.clerk(name="架空　見太郎")


def view(actor: StaffAccount, *persons: uuid.UUID, schema: str = CHUO, action: Action = Action.VIEW) -> None:
    with as_tenant(schema):
        record(Actor("staff", actor.pk), action, object_type="inbox", persons=persons)


def last(schema: str = CHUO) -> AuditEntry:
    with as_tenant(schema):
        return AuditEntry.objects.order_by("-id")[0]


def text(response: Any) -> str:
    return str(response.content.decode())


def test_the_privacy_officer_sees_who_did_what_and_looking_is_recorded(
    officer_desk: Client, clerk: StaffAccount
) -> None:
    person = factories.individual()
    view(clerk, person.pk)
    shown = text(officer_desk.get("/office/log/"))
    assert "架空　見太郎" in shown
    assert person.number in shown
    assert person.family_kana not in shown
    assert (last().action, last().object_type) == (Action.VIEW, "audit_log")


def test_a_terminal_is_shown_by_its_name_at_its_own_desk_and_at_the_city(
    officer_desk: Client, clerk: StaffAccount
) -> None:
    with as_city():
        tenants = {one.schema_name: one for one in Tenant.objects.all()}
        named = {schema: uuid.uuid4() for schema in (CHUO, SPORTS)}
    with raw_owner() as owner:
        for schema, terminal in named.items():
            owner.execute(
                "INSERT INTO shared.tenants_terminal (id, tenant_id, name, asset_number, place, is_lent, is_fixed,"
                " code_hash, token_hash, added_at) VALUES (%s, %s, %s, '', '', true, false, '', '', now())",
                [terminal, tenants[schema].pk, f"{schema}の受付端末"],
            )
    with as_tenant(CHUO):
        for terminal in named.values():
            record(Actor("staff", clerk.pk, terminal=terminal), Action.VIEW, object_type="inbox")
    shown = text(officer_desk.get("/office/log/"))
    assert "chuoの受付端末" in shown
    assert "sportsの受付端末" not in shown
    office = signed_in(client_at(settings.CITY_HOST), factories.city_officer(roles=[Role.AUDITOR]))
    assert "chuoの受付端末" in text(office.get("/office/log/", {"tenant": CHUO}))


@pytest.mark.parametrize("roles", [[Role.RECEPTION], [Role.ACCOUNTING], [Role.CARD_OFFICER]])
def test_others_at_the_desk_do_not(desk_client: Callable[[str], Client], roles: list[Role]) -> None:
    client = signed_in(desk_client(CHUO), factories.clerk(roles=roles))
    for page in ("", "person/", "alerts/", "reviews/"):
        assert client.get(f"/office/log/{page}").status_code == 403


def test_filters_narrow_and_nonsense_is_told(officer_desk: Client, clerk: StaffAccount) -> None:
    other = factories.clerk(name="架空　別人")
    view(clerk)
    view(other, action=Action.PRINT)
    rows = text(officer_desk.get("/office/log/", {"actor": str(clerk.pk), "action": "view"})).split("<tbody>")[1]
    assert "見太郎" in rows
    assert "別人" not in rows
    assert officer_desk.get("/office/log/", {"first": "昨日"}).status_code == 422
    assert officer_desk.get("/office/log/", {"actor": "x"}).status_code == 422
    assert officer_desk.get("/office/log/", {"before": "x"}).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_eight_statements_whatever_its_length(
    officer_desk: Client, clerk: StaffAccount, count: int
) -> None:
    for _ in range(count):
        view(clerk, factories.individual().pk)
    with count_statements() as statements:
        officer_desk.get("/office/log/")
    assert statements.count <= 8, statements


def test_older_entries_follow_page_by_page_and_each_once(officer_desk: Client, clerk: StaffAccount) -> None:
    with as_tenant(CHUO):
        for _ in range(60):
            record(Actor("staff", clerk.pk), Action.VIEW, object_type="board")
    first = officer_desk.get("/office/log/", {"object_type": "board"}).context["log"]
    second = officer_desk.get("/office/log/", {"object_type": "board", "before": first.older}).context["log"]
    seen = [line.entry.pk for line in (*first.lines, *second.lines)]
    assert (len(seen), len(set(seen)), second.older) == (60, 60, "")


def test_who_saw_a_person_is_told_after_the_purpose_lists_too(officer_desk: Client, clerk: StaffAccount) -> None:
    person, other = factories.individual(), factories.individual()
    view(clerk, person.pk, other.pk)
    view(clerk, other.pk)
    found = officer_desk.post("/office/log/person/", {"number": person.number.lower()})
    assert found.headers["Location"] == f"/office/log/person/{person.pk}/"
    asked = officer_desk.get(found.headers["Location"])
    assert "見太郎" not in text(asked)
    refused = officer_desk.post(found.headers["Location"], {"purpose": "request", "note": "理由"})
    assert (refused.status_code, "見太郎" in text(refused)) == (422, False)
    log = officer_desk.post(found.headers["Location"], PURPOSE).context["log"]
    assert [line.who for line in log.lines if line.entry.object_type == "inbox"] == ["架空　見太郎"]
    assert (last().object_type, last().persons) == ("audit_log", [person.pk])
    assert "本人からの問い合わせ" in last().purpose


def test_an_entry_from_before_persons_were_kept_is_found_by_its_object(
    officer_desk: Client, clerk: StaffAccount
) -> None:
    person = factories.individual()
    with as_tenant(CHUO):
        record(Actor("staff", clerk.pk), Action.PRINT, object_type="registrant", object_id=str(person.pk))
    log = officer_desk.post(f"/office/log/person/{person.pk}/", PURPOSE).context["log"]
    assert [line.entry.action for line in log.lines] == ["print"]


def test_an_unknown_number_is_told_beside_the_field(officer_desk: Client) -> None:
    response = officer_desk.post("/office/log/person/", {"number": "A-999999"})
    assert (response.status_code, "この登録番号の利用者はいません" in text(response)) == (422, True)


def test_a_desk_finds_nobody_of_another_facility(officer_desk: Client, clerk: StaffAccount) -> None:
    elsewhere = factories.individual(SPORTS)
    view(factories.clerk(SPORTS), elsewhere.pk, schema=SPORTS)
    response = officer_desk.post("/office/log/person/", {"number": elsewhere.number})
    assert response.status_code == 422 or str(elsewhere.pk) not in response.headers.get("Location", "")
    assert officer_desk.post(f"/office/log/person/{elsewhere.pk}/", PURPOSE).context["log"].lines == []


def test_the_city_sees_all_facilities_and_its_own(city: Client, clerk: StaffAccount) -> None:
    person = factories.individual()
    view(clerk, person.pk)
    view(factories.clerk(SPORTS, name="架空　体育"), schema=SPORTS)
    shown = text(city.get("/office/log/"))
    assert all(name in shown for name in ("架空　見太郎", "架空　体育", "架空市民体育館", person.number))
    own = city.get("/office/log/", {"tenant": "shared"}).context["log"]
    assert [line.entry.object_type for line in own.lines] == ["audit_log"]
    alone = text(city.get("/office/log/", {"tenant": SPORTS})).split("<tbody>")[1]
    assert "体育" in alone
    assert "見太郎" not in alone


@pytest.mark.parametrize("count", [1, 3])
def test_the_citys_list_takes_the_same_statements_whatever_its_length(
    city: Client, clerk: StaffAccount, count: int
) -> None:
    for _ in range(count):
        view(clerk, factories.individual().pk)
    with count_statements() as statements:
        city.get("/office/log/")
    assert statements.count <= 11, statements


def test_the_city_asks_who_saw_a_person_anywhere(city: Client, clerk: StaffAccount) -> None:
    person = factories.individual()
    view(clerk, person.pk)
    found = city.post("/office/log/person/", {"number": person.number})
    log = city.post(found.headers["Location"], PURPOSE).context["log"]
    assert [(line.who, line.place) for line in log.lines] == [("架空　見太郎", "架空総合福祉センター")]
    with as_city():
        told = AuditEntry.objects.order_by("-id")[0]
    assert (told.object_type, told.persons) == ("audit_log", [person.pk])
