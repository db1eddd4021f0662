"""廃棄 and 保存期間 on the pages of the desk and of the city."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from apps.compliance.models.retention import Disposal, RetentionPeriod
from apps.compliance.services.dispose import carry_out, list_waiting
from apps.registrants.models import CloseCause, Registrant
from apps.registrants.services.close import close
from kernel import clock
from shared.actor import Actor
from shared.outbox.models import Message
from shared.staff.models import Role
from tests import factories
from tests.apps.compliance import disposing
from tests.support.clients import signed_in
from tests.support.fixtures import Freeze
from tests.support.scopes import as_city, as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO, TENANTS

OFFICE = "/office/disposals/"


@pytest.fixture
def officer_of_privacy(desk_client: Callable[[str], Client], freeze: Freeze) -> Client:
    """The 個人情報保護責任者 before a bookings list of two in May 2025, signed in."""
    disposing.old_bookings(freeze, factories.meeting_room(), 2)
    return signed_in(desk_client(CHUO), disposing.privacy_officer())


@pytest.fixture
def general(city_client: Client) -> Client:
    """Somebody of the city's 総括, signed in."""
    return signed_in(city_client, factories.city_officer(roles=[Role.GENERAL]))


def ask(client: Client) -> str:
    answer = client.post(OFFICE, {"kind": "bookings"})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"]).removeprefix(OFFICE)


def test_the_facility_asks_the_city_confirms_and_the_certificate_follows(
    officer_of_privacy: Client, general: Client
) -> None:
    listed = officer_of_privacy.get(OFFICE).content.decode()
    assert "2件" in listed
    where = ask(officer_of_privacy)
    page = officer_of_privacy.get(OFFICE + where).content.decode()
    assert "見＊＊＊＊" in page
    shown = general.get("/disposals/" + where).content.decode()
    assert "確認待ち" in shown
    assert "見＊" not in shown
    told = general.post("/disposals/" + where, {"decision": "confirmed", "execute_on": "2025-05-01"})
    assert told.status_code == 302
    both = ((officer_of_privacy, OFFICE + where), (general, "/disposals/" + where))
    for client, address in both:
        assert client.get(address, headers={"HX-Request": "true"}).content.startswith(b'<div id="progress"')
    with as_tenant(CHUO):
        carry_out(CHUO)
    for client, address in both:
        assert client.get(address, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    done = officer_of_privacy.get(OFFICE + where).content.decode()
    assert "廃棄した2件" in done
    for client, root in ((officer_of_privacy, OFFICE), (general, "/disposals/")):
        paper = client.get(f"{root}{where}certificate/")
        assert paper["Content-Type"] == "application/pdf"
        assert paper.content.startswith(b"%PDF")


def test_nothing_is_confirmed_twice_late_or_without_what_it_needs(officer_of_privacy: Client, general: Client) -> None:
    where = "/disposals/" + ask(officer_of_privacy)
    for typed, sentence in (
        ({}, "決定を選択してください。"),
        ({"decision": "confirmed", "execute_on": ""}, "実施日を入力してください。"),
        ({"decision": "confirmed", "execute_on": "2025-04-30"}, "実施日は、今日から90日以内"),
        ({"decision": "refused"}, "理由を入力してください。"),
    ):
        answer = general.post(where, typed)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    assert general.post(where, {"decision": "refused", "note": "件数が合わないため"}).status_code == 302
    again = general.post(where, {"decision": "confirmed", "execute_on": "2025-05-01"})
    assert again.status_code == 409


def test_a_second_list_of_the_same_kind_and_one_of_nothing_are_refused(officer_of_privacy: Client) -> None:
    ask(officer_of_privacy)
    assert officer_of_privacy.post(OFFICE, {"kind": "bookings"}).status_code == 409
    assert officer_of_privacy.post(OFFICE, {"kind": "cards"}).status_code == 422
    assert officer_of_privacy.post(OFFICE, {"kind": "accounts"}).status_code == 422
    assert officer_of_privacy.post(OFFICE, {}).status_code == 422


def test_the_facility_gives_up_what_it_asked_for_until_it_is_decided(
    officer_of_privacy: Client, general: Client
) -> None:
    where = ask(officer_of_privacy)
    assert officer_of_privacy.post(f"{OFFICE}{where}withdraw/").status_code == 302
    assert officer_of_privacy.post(f"{OFFICE}{where}withdraw/").status_code == 409
    second = ask(officer_of_privacy)
    general.post("/disposals/" + second, {"decision": "confirmed", "execute_on": "2025-05-01"})
    assert officer_of_privacy.post(f"{OFFICE}{second}withdraw/").status_code == 409
    assert general.post(f"/disposals/{second}withdraw/").status_code == 302
    assert officer_of_privacy.get(f"{OFFICE}{second}certificate/").status_code == 409


def test_what_the_city_asks_somebody_else_of_the_city_confirms(
    officer_of_privacy: Client, general: Client, city_client: Client
) -> None:
    answer = general.post("/disposals/new/", {"place": CHUO, "kind": "bookings"})
    assert answer.status_code == 302
    where = answer["Location"]
    assert "一覧を作成中" in general.get(where).content.decode()
    with as_tenant(CHUO):
        assert list_waiting(CHUO) == 1
    confirmation = {"decision": "confirmed", "execute_on": "2025-05-01"}
    assert general.post(where, confirmation).status_code == 403
    other = signed_in(Client(HTTP_HOST=city_client.defaults["HTTP_HOST"]), factories.city_officer(name="見本　別人"))
    assert other.post(where, confirmation).status_code == 302
    assert officer_of_privacy.post(f"{OFFICE}{where.removeprefix('/disposals/')}withdraw/").status_code == 409


def test_the_city_sets_a_period_and_nobody_one_too_short_or_in_the_past(general: Client, freeze: Freeze) -> None:
    freeze(disposing.NOW)
    good = {"kind": "bookings", "place": "", "months": "36", "valid_from": "2025-05-01", "reason": "文書管理規程"}
    for typed, sentence in (
        ({"months": "3"}, "12か月より短くできません"),
        ({"months": ""}, "月数を1から1200まで"),
        ({"valid_from": "2025-04-30"}, "適用日は、今日以後"),
        ({"reason": ""}, "保存期間を定める理由"),
        ({"kind": "nothing"}, "記録の種類を選択してください。"),
    ):
        answer = general.post("/periods/new/", good | typed)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    assert general.post("/periods/new/", good).status_code == 302
    assert general.post("/periods/new/", good).status_code == 422
    assert general.post("/periods/new/", good | {"place": CHUO, "months": "120"}).status_code == 302
    assert "10年" in general.get("/periods/").content.decode()
    with as_city():
        assert RetentionPeriod.objects.count() == 2


def test_a_facilitys_own_period_goes_before_the_citys(general: Client, officer_of_privacy: Client) -> None:
    good = {"kind": "bookings", "place": CHUO, "months": "120", "valid_from": "2025-05-01", "reason": "文書管理規程"}
    general.post("/periods/new/", good)
    assert officer_of_privacy.post(OFFICE, {"kind": "bookings"}).status_code == 422
    with as_city():
        assert not Disposal.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_costs_the_same_statements_however_long_it_is(
    desk_client: Callable[[str], Client], general: Client, freeze: Freeze, count: int
) -> None:
    disposing.old_bookings(freeze, factories.meeting_room(), count)
    officer = signed_in(desk_client(CHUO), disposing.privacy_officer())
    where = ask(officer)
    taken = []
    for client, address in ((officer, OFFICE), (officer, OFFICE + where), (general, "/disposals/" + where)):
        client.get(address)
        with count_statements() as statements:
            assert client.get(address).status_code == 200
        taken.append(statements.count)
    assert taken == [6, 9, 7]


@pytest.mark.parametrize("facilities", [1, 3])
def test_the_citys_list_costs_the_same_statements_however_many_facilities(
    general: Client, freeze: Freeze, facilities: int
) -> None:
    for schema in TENANTS[:facilities]:
        freeze("2020-01-10 09:00")
        with as_tenant(schema):
            key = {"template": "x", "recipient": uuid.uuid4(), "state": "sent"}
            Message.objects.create(due_at=clock.now(), created_at=clock.now(), **key)
    freeze(disposing.NOW)
    general.get("/disposals/")
    with count_statements() as statements:
        page = general.get("/disposals/").content.decode()
    assert page.count("送信を終えたメールの控え</td>") == facilities
    assert statements.count == 6


def test_what_was_made_anonymous_is_shown_without_a_name_and_printed_no_more(
    desk: Client, general: Client, freeze: Freeze
) -> None:
    who, [booking] = disposing.old_bookings(freeze, factories.meeting_room())
    with as_tenant(CHUO):
        close(
            actor=Actor(kind="staff"), registrant=who.pk, cause=CloseCause.WITHDRAWN, reason="見本",
            effective_on=clock.today(),
        )  # fmt: skip
    disposing.disposed("bookings")
    freeze("2026-05-01 09:00")
    with as_tenant(CHUO):
        Registrant.objects.filter(pk=who.pk).update(valid_until=None)
    for address in (f"/bookings/{booking.pk}/", f"/registrants/{who.pk}/", "/registrants/?q=ANON"):
        answer = desk.get(address)
        assert answer.status_code == 200, address
    shown = desk.get(f"/bookings/{booking.pk}/").content.decode()
    assert "（個人情報を消去した登録）" in shown
    assert "見本合唱団" not in shown
    for form in ("application", "permit"):
        assert desk.post(f"/bookings/{booking.pk}/documents/{form}/").status_code == 404
    with as_city(), connection.cursor() as cursor:
        cursor.execute("SELECT number FROM shared.city_registrant")
        assert cursor.fetchall() == [(who.number,)]
    assert general.get("/bookings/").status_code == 200
