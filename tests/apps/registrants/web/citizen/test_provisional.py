"""A 仮登録 is asked for at the portal, and does nothing before it is completed at the counter."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from apps.bookings.models import Booking, Occupation
from apps.registrants.models import EmergencyContact, IdentityDocument, ItemPolicy, Registrant, RegistrationAct
from apps.registrants.queries.standing import spans_of
from apps.registrants.rules.entry import Person
from apps.registrants.services.complete import complete_individual
from apps.registrants.services.registering import IndividualEntry
from kernel import clock
from kernel.numbers import Series
from shared.accounts.models import PortalAccount
from shared.actor import Actor
from shared.outbox.models import Message
from shared.staff.models import StaffAccount
from tests import factories
from tests.factories import soon
from tests.support.clients import signed_in
from tests.support.fixtures import Freeze
from tests.support.scopes import as_tenant
from tests.support.tenants import BUNKA, CHUO

ADDRESS = f"/places/{CHUO}/registrations/new/"
PERSON = {
    "family_name": "架空",
    "given_name": "さくら",
    "family_kana": "かくう",
    "given_kana": "ｻｸﾗ",
    "birth_date_era": "昭和",
    "birth_date_year": "23",
    "birth_date_month": "4",
    "birth_date_day": "1",
    "postal_code": "270-1396",
    "address": "千葉県印西市大森2364-2",
    "phone": "0476425111",
    "consents": "on",
}
GROUP = {name: value for name, value in PERSON.items() if not name.startswith("birth")} | {
    "group_name": "架空句会",
    "group_kana": "カクウクカイ",
}


@pytest.fixture
def account(database: None) -> PortalAccount:
    return factories.portal_account()


@pytest.fixture
def own(portal_client: Client, account: PortalAccount) -> Client:
    """The browser of a citizen without a registration."""
    return signed_in(portal_client, account)


def ask(client: Client, page: str = ADDRESS, **values: Any) -> Any:
    return client.post(page, PERSON | {"key": str(uuid.uuid4())} | values)


def asked(schema: str = CHUO) -> list[Registrant]:
    with as_tenant(schema):
        return list(Registrant.objects.all())


def test_an_individual_is_registered_provisionally_and_has_a_number(own: Client, account: PortalAccount) -> None:
    answer = ask(own)
    [found] = asked()
    assert answer.headers["Location"] == f"/places/{CHUO}/registrations/{found.pk}/"
    assert (found.state, found.portal_account, found.registered_on) == ("provisional", account.pk, clock.today())
    assert (found.family_kana, found.given_kana, found.postal_code) == ("カクウ", "サクラ", "2701396")
    assert found.kana_key
    with as_tenant(CHUO):
        act, mail = RegistrationAct.objects.get(), Message.objects.get()
    assert (act.act, act.actor_id, mail.template) == ("pre_register", account.pk, "registrants/mail/pre_registered")
    shown = own.get(answer.headers["Location"]).content.decode()
    assert "お持ちいただくもの" in shown
    assert found.number in own.get("/registrations/").content.decode()


def test_a_group_is_registered_with_its_representative(own: Client) -> None:
    assert own.post(f"{ADDRESS}?kind=group", GROUP | {"key": str(uuid.uuid4())}).status_code == 302
    [found] = asked()
    assert (found.kind, found.group_name, found.birth_date) == ("group", "架空句会", None)


def test_changing_the_kind_loses_nothing_that_was_typed(own: Client) -> None:
    typed = {**PERSON, "key": str(uuid.uuid4()), "family_name": "漢字<b>", "phone": ""}
    group = own.post(f"{ADDRESS}?kind=individual", {**typed, "switch": "group"})
    shown = group.content.decode()
    assert (group.status_code, asked()) == (200, [])
    assert "error" not in shown.split("<h1>")[1]
    for name in ("family_name", "birth_date_year", "address", "key"):
        assert f'name="{name}" value="{escape(typed[name])}"' in shown
    again = own.post(f"{ADDRESS}?kind=group", {**typed, **GROUP, "phone": "", "switch": "individual"})
    back = again.content.decode()
    assert 'name="group_name" value="架空句会"' in back
    assert '<option value="昭和" selected' in back
    assert 'action="?kind=individual"' in back


def test_the_same_form_sent_twice_asks_once(own: Client) -> None:
    key = str(uuid.uuid4())
    answers = {ask(own, key=key).headers["Location"] for _ in range(2)}
    assert (len(answers), len(asked())) == (1, 1)


def test_one_waits_at_a_facility_and_another_facility_may_be_asked(own: Client) -> None:
    ask(own)
    answer = ask(own)
    assert answer.status_code == 409
    assert "本登録を待っている仮登録があります" in answer.content.decode()
    assert ask(own, f"/places/{BUNKA}/registrations/new/").status_code == 302
    assert (len(asked()), len(asked(BUNKA))) == (1, 1)


def test_nobody_types_in_vain_where_one_waits_already(own: Client) -> None:
    ask(own)
    page = own.get(ADDRESS).content.decode()
    assert f"/places/{CHUO}/registrations/{asked()[0].pk}/" in page
    assert 'name="family_name"' not in page


def test_who_is_registered_here_is_told_before_asking_again(portal: Client, citizen: factories.Citizen) -> None:
    other = factories.individual()
    page = portal.get(ADDRESS).content.decode()
    assert (citizen.registrant.number in page, other.number in page) == (True, False)
    assert 'name="family_name"' in page


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"consents": ""}, "利用目的を読み、同意する場合は"),
        ({"family_name": ""}, "入力してください。"),
        ({"family_kana": "架空"}, "フリガナ"),
        ({"postal_code": "000-0000"}, "この郵便番号は使われていません。"),
        ({"birth_date_era": "令和", "birth_date_year": "80"}, "生年月日が今日より後です。"),
        ({"family_name": "架\u0000空"}, "画面に表示できない文字"),
        ({"given_name": "😀"}, "絵文字"),
        ({"phone": "12"}, "電話番号"),
    ],
)
def test_what_cannot_be_is_told_and_what_was_typed_stays(own: Client, typed: dict[str, str], told: str) -> None:
    answer = ask(own, **typed)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert PERSON["address"] in answer.content.decode()
    assert asked() == []


def test_further_items_are_asked_with_their_purpose_and_kept(own: Client) -> None:
    with as_tenant(CHUO):
        ItemPolicy.objects.create(
            item="workplace", is_collected=True, is_required=True, purpose_of_use="在勤の確認", since=clock.today()
        )
    assert "在勤の確認" in own.get(ADDRESS).content.decode()
    assert ask(own).status_code == 422
    answer = ask(own, item_workplace="架空商店")
    assert answer.status_code == 302
    assert asked()[0].extras == {"workplace": "架空商店"}
    assert "架空商店" in own.get(answer.headers["Location"]).content.decode()


def test_the_address_is_filled_from_the_postal_code_without_scripts(own: Client) -> None:
    answer = ask(own, fill_address="1", address="")
    assert answer.status_code == 200
    assert "千葉県印西市" in answer.content.decode()
    assert asked() == []


def test_it_cannot_reserve_and_no_booking_is_written(own: Client) -> None:
    ask(own)
    [found] = asked()
    room = factories.meeting_room()
    values = {"key": str(uuid.uuid4()), "registrant": str(found.pk), "slots": "1"}
    answer = own.post(f"/places/{CHUO}/rooms/{room.pk}/{soon():%Y-%m-%d}/hold/", values)
    assert answer.status_code in {403, 409, 422}
    with as_tenant(CHUO):
        assert (Booking.objects.count(), Occupation.objects.count()) == (0, 0)


def test_completed_at_the_counter_it_may_reserve(own: Client, account: PortalAccount, clerk: StaffAccount) -> None:
    ask(own)
    [found] = asked()
    person = Person(*(getattr(found, name) for name in Person.__dataclass_fields__))
    with as_tenant(CHUO):
        complete_individual(
            actor=Actor("staff", clerk.pk),
            registrant=found.pk,
            seen_version=found.version,
            entry=IndividualEntry(person),
            document=IdentityDocument.PASSPORT,
        )
        found.refresh_from_db()
        assert EmergencyContact.objects.count() == 0
    citizen = factories.Citizen(schema=CHUO, account=account, registrant=found)
    assert factories.booking_on_hold(citizen, factories.meeting_room()).state == "hold"


def test_a_number_that_came_from_before_is_passed_over(own: Client) -> None:
    first = factories.individual()
    letters, digits, _ = first.number.split("-")
    factories.individual(number=Series(letters, 6).make(int(digits) + 1))
    ask(own)
    numbers = [one.number for one in asked() if one.state == "provisional"]
    assert len(numbers) == 1


def test_whoever_is_not_signed_in_is_sent_to_sign_in(portal_client: Client) -> None:
    assert ask(portal_client).headers["Location"] == "/login/"
    assert asked() == []


def test_taken_back_nothing_personal_stays_and_one_may_ask_again(own: Client, account: PortalAccount) -> None:
    ask(own)
    [found] = asked()
    page = f"/places/{CHUO}/registrations/{found.pk}/withdraw/"
    assert "仮登録の取下げ" in own.get(page).content.decode()
    assert own.post(page, {}).status_code == 422
    assert own.post(page, {"is_meant": "on"}).headers["Location"] == "/registrations/"
    [kept] = asked()
    assert (kept.state, kept.number, kept.forgotten_on, kept.portal_account) == (
        "refused", found.number, clock.today(), None,
    )  # fmt: skip
    assert (kept.family_name, kept.address, kept.phone, kept.kana_key, kept.birth_date) == ("", "", "", "", None)
    with as_tenant(CHUO):
        [*_, span] = spans_of(kept.pk)
        act = RegistrationAct.objects.get(registrant=kept, act="refuse")
    assert (span.state, span.first, span.until) == ("refused", clock.today(), None)
    assert (act.actor_kind, act.actor_id) == ("citizen", account.pk)
    assert own.get(page).status_code == 404
    assert ask(own).status_code == 302


def test_a_provisional_registration_of_last_week_is_taken_back_too(
    own: Client, account: PortalAccount, freeze: Freeze
) -> None:
    moved = freeze("2026-06-01 09:00")
    ask(signed_in(own, account))
    [found] = asked()
    moved.move_to("2026-06-08T09:00:00+09:00")
    signed_in(own, account).post(f"/places/{CHUO}/registrations/{found.pk}/withdraw/", {"is_meant": "on"})
    with as_tenant(CHUO):
        spans = [(one.state, f"{one.first}", one.until and f"{one.until}") for one in spans_of(found.pk)]
    assert spans == [("provisional", "2026-06-01", "2026-06-08"), ("refused", "2026-06-08", None)]
