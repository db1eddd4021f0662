"""A citizen asks for a correction or the end of the registration; the desk answers, and the citizen sees it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from apps.registrants.models import (
    CitizenRequest,
    GroupKeys,
    ItemPolicy,
    Registrant,
    RegistrationAct,
)
from kernel import clock
from shared.outbox.models import Message
from shared.staff.models import Role, StaffAccount
from shared.web.birth_date import WESTERN
from tests import factories
from tests.support.clients import signed_in
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO

NEW_ADDRESS = "千葉県印西市大森2364-2"


@pytest.fixture
def clerk(database: None) -> StaffAccount:
    return factories.clerk(roles=[Role.RECEPTION])


@pytest.fixture
def citizen(database: None) -> factories.Citizen:
    """Somebody whose registration can be read again as it is."""
    return factories.citizen_with_registration(
        family_kana="カクウ", given_kana="タロウ", postal_code="2701396", phone="0476-42-5111"
    )


def page(citizen: factories.Citizen, act: str = "") -> str:
    return f"/places/{CHUO}/registrations/{citizen.registrant.pk}/{act}"


def typed(found: Registrant, **values: str) -> dict[str, str]:
    """The form of the correction as it is shown, with ``values`` written over."""
    names = ("family_name", "given_name", "family_kana", "given_kana", "postal_code", "address", "phone")
    born = found.birth_date or dt.date(1950, 4, 1)
    birth = {"era": WESTERN, "year": str(born.year), "month": str(born.month), "day": str(born.day)}
    return (
        {name: getattr(found, name) for name in names}
        | {f"birth_date_{part}": text for part, text in birth.items()}
        | {"note": ""}
        | values
    )


def correct(portal: Client, citizen: factories.Citizen, **values: str) -> Any:
    return portal.post(page(citizen, "correct/"), typed(citizen.registrant, **values))


def requests() -> list[CitizenRequest]:
    with as_tenant(CHUO):
        return list(CitizenRequest.objects.order_by("id"))


def fresh(citizen: factories.Citizen) -> Registrant:
    with as_tenant(CHUO):
        return Registrant.objects.get(pk=citizen.registrant.pk)


def test_a_correction_asks_for_what_differs_and_changes_nothing(portal: Client, citizen: factories.Citizen) -> None:
    assert correct(portal, citizen, address=NEW_ADDRESS, note="転居").status_code == 302
    [asked] = requests()
    assert (asked.kind, asked.wishes, asked.note) == ("correction", {"address": NEW_ADDRESS}, "転居")
    assert fresh(citizen).address == citizen.registrant.address
    shown = portal.get(page(citizen)).content.decode()
    assert "登録内容の訂正" in shown
    assert "受付中" in shown


def test_what_is_registered_already_is_no_correction(portal: Client, citizen: factories.Citizen) -> None:
    answer = correct(portal, citizen)
    assert answer.status_code == 422
    assert "登録されている内容と同じです。" in answer.content.decode()
    assert requests() == []


def test_one_request_of_a_kind_waits(portal: Client, citizen: factories.Citizen) -> None:
    correct(portal, citizen, address=NEW_ADDRESS)
    assert correct(portal, citizen, address=NEW_ADDRESS).status_code == 409
    assert portal.post(page(citizen, "withdraw/"), {"is_meant": "on"}).status_code == 302
    assert portal.post(page(citizen, "withdraw/"), {"is_meant": "on"}).status_code == 409
    assert [one.kind for one in requests()] == ["correction", "withdrawal"]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"family_name": ""}, "入力してください。"),
        ({"given_kana": "太郎"}, "フリガナ"),
        ({"postal_code": "000-0000"}, "この郵便番号は使われていません。"),
        ({"note": "あ" * 501}, "500文字以内"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_asked(
    portal: Client, citizen: factories.Citizen, values: dict[str, str], told: str
) -> None:
    answer = correct(portal, citizen, **values)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert requests() == []


def test_nobody_asks_about_anothers_registration(portal: Client) -> None:
    other = factories.citizen_with_registration()
    assert correct(portal, other, address=NEW_ADDRESS).status_code == 404
    assert portal.post(page(other, "withdraw/"), {"is_meant": "on"}).status_code == 404
    assert requests() == []


def test_a_registration_that_is_closed_is_not_asked_about(portal_client: Client) -> None:
    citizen = factories.citizen_with_registration(state="closed")
    client = signed_in(portal_client, citizen.account)
    assert client.post(page(citizen, "withdraw/"), {"is_meant": "on"}).status_code == 409


def answer(desk: Client, act: str, text: str = "") -> Any:
    [asked] = [one for one in requests() if one.state == "open"]
    name = "decline-answer" if act == "decline" else "answer"
    return desk.post(f"/requests/{asked.pk}/{act}/", {name: text})


def test_an_accepted_correction_is_written_as_a_change(
    portal: Client, desk: Client, citizen: factories.Citizen, clerk: StaffAccount
) -> None:
    correct(portal, citizen, address=NEW_ADDRESS, birth_date_year="1951", phone="0476-42-5112")
    assert answer(desk, "accept").headers["Location"] == "/requests/"
    found = fresh(citizen)
    assert (found.address, found.birth_date, found.phone_key) == (NEW_ADDRESS, dt.date(1951, 4, 1), "0476425112")
    with as_tenant(CHUO):
        act = RegistrationAct.objects.get(act="change")
        mail = Message.objects.get(template="registrants/mail/answered")
    assert (act.actor_id, act.reason, set(act.changes)) == (
        clerk.pk,
        "本人の訂正の依頼による",
        {"address", "birth_date", "phone"},
    )
    assert (mail.recipient, set(mail.context)) == (
        citizen.account.pk,
        {"facility_name", "facility_name_en", "path"},
    )
    [asked] = requests()
    assert (asked.state, asked.decided_by) == ("accepted", clerk.pk)
    assert "対応済み" in portal.get(page(citizen)).content.decode()


def test_an_item_is_corrected_and_left_out(portal: Client, desk: Client, citizen: factories.Citizen) -> None:
    with as_tenant(CHUO):
        for item in ("workplace", "use"):
            ItemPolicy.objects.create(item=item, is_collected=True, purpose_of_use="確認", since=clock.today())
        Registrant.objects.filter(pk=citizen.registrant.pk).update(extras={"workplace": "前の会社", "use": "体操"})
    correct(portal, citizen, item_workplace="次の会社", item_use="")
    assert requests()[0].wishes == {"item_workplace": "次の会社", "item_use": None}
    answer(desk, "accept")
    assert fresh(citizen).extras == {"workplace": "次の会社"}


def test_a_declined_request_needs_an_answer_and_shows_it(
    portal: Client, desk: Client, citizen: factories.Citizen
) -> None:
    correct(portal, citizen, family_name="別人")
    assert answer(desk, "decline", " ").status_code == 422
    assert answer(desk, "decline", "戸籍の写しをお持ちください。").status_code == 302
    assert fresh(citizen).family_name == citizen.registrant.family_name
    shown = portal.get(page(citizen)).content.decode()
    assert "戸籍の写しをお持ちください。" in shown
    assert "対応できません" in shown


def test_an_accepted_withdrawal_closes_the_registration(
    portal: Client, desk: Client, citizen: factories.Citizen
) -> None:
    portal.post(page(citizen, "withdraw/"), {"note": "転居のため", "is_meant": "on"})
    assert answer(desk, "accept").status_code == 302
    assert fresh(citizen).state == "closed"
    with as_tenant(CHUO):
        act = RegistrationAct.objects.get(act="close")
    assert (act.cause, act.reason) == ("withdrawn", "本人の廃止の届出による")


def test_a_withdrawal_beside_a_booking_shows_what_stands_in_the_way(
    portal: Client, desk: Client, citizen: factories.Citizen
) -> None:
    portal.post(page(citizen, "withdraw/"), {"is_meant": "on"})
    booking = factories.booking_awaiting_permit(citizen)  # meanwhile
    told = answer(desk, "accept")
    assert told.status_code == 409
    assert booking.number in told.content.decode()
    assert (fresh(citizen).state, requests()[0].state) == ("active", "open")


def test_while_a_request_waits_its_page_says_so_before_anything_is_typed(
    portal: Client, citizen: factories.Citizen
) -> None:
    correct(portal, citizen, address=NEW_ADDRESS)
    portal.post(page(citizen, "withdraw/"), {"is_meant": "on"})
    for act in ("correct/", "withdraw/"):
        shown = portal.get(page(citizen, act)).content.decode()
        assert "同じ依頼を受け付けています。" in shown
        assert 'name="note"' not in shown


def test_a_registered_postal_code_that_is_not_in_use_hinders_no_other_correction(portal_client: Client) -> None:
    citizen = factories.citizen_with_registration(postal_code="2700000")
    client = signed_in(portal_client, citizen.account)
    assert correct(client, citizen, postal_code="270-0000", phone="0476-42-5112").status_code == 302
    assert "postal_code" not in requests()[0].wishes


def test_a_request_is_answered_once(portal: Client, desk: Client, citizen: factories.Citizen) -> None:
    correct(portal, citizen, address=NEW_ADDRESS)
    [asked] = requests()
    answer(desk, "accept")
    late = desk.post(f"/requests/{asked.pk}/decline/", {"decline-answer": "窓口で確かめられないため"})
    assert late.status_code == 404
    for told in ("お探しの依頼はないか、すでに回答されています。", "窓口で確かめられないため", 'href="/requests/"'):
        assert told in late.content.decode()
    assert requests()[0].state == "accepted"


def test_a_wish_that_was_forged_is_not_written(
    portal: Client, desk: Client, citizen: factories.Citizen, superuser: Any
) -> None:
    correct(portal, citizen, address=NEW_ADDRESS)
    for wishes in (
        '{"state": "active"}',
        '{"kana_key": "x"}',
        '{"phone": 1}',
        '{"family_name": ""}',
        '{"item_x": "x"}',
    ):
        superuser.execute("UPDATE chuo.registrants_citizenrequest SET wishes = %s", [wishes])
        told = answer(desk, "accept")
        assert told.status_code == 409, wishes
        assert "そのままでは登録に反映できません" in told.content.decode()
    assert fresh(citizen).version == citizen.registrant.version


def test_a_group_corrects_address_and_phone_alone(portal_client: Client, desk: Client) -> None:
    account = factories.portal_account()
    group = factories.group(portal_account=account.pk, postal_code="2701396", phone="0476-42-5111")
    citizen = factories.Citizen(CHUO, account, group)
    client = signed_in(portal_client, account)
    shown = client.get(page(citizen, "correct/")).content.decode()
    assert "family_name" not in shown
    values = {"postal_code": "2701396", "address": NEW_ADDRESS, "phone": "0476-42-5111", "family_name": "別人"}
    assert client.post(page(citizen, "correct/"), values).status_code == 302
    answer(desk, "accept")
    found = fresh(citizen)
    assert (found.address, found.family_name) == (NEW_ADDRESS, group.family_name)
    with as_tenant(CHUO):
        assert GroupKeys.objects.filter(group=group.pk).exists()


def test_the_desks_page_shows_before_and_after(portal: Client, desk: Client, citizen: factories.Citizen) -> None:
    correct(portal, citizen, address=NEW_ADDRESS)
    [asked] = requests()
    assert citizen.registrant.number in desk.get("/requests/").content.decode()
    shown = desk.get(f"/requests/{asked.pk}/").content.decode()
    assert citizen.registrant.address in shown
    assert NEW_ADDRESS in shown


def test_the_list_takes_the_same_statements_for_one_and_for_three(
    portal: Client, desk: Client, citizen: factories.Citizen
) -> None:
    correct(portal, citizen, address=NEW_ADDRESS)
    desk.get("/requests/")
    with count_statements() as one:
        desk.get("/requests/")
    portal.post(page(citizen, "withdraw/"), {"is_meant": "on"})
    other = factories.citizen_with_registration()
    signed_in(portal, other.account).post(page(other, "withdraw/"), {"is_meant": "on"})
    with count_statements() as three:
        assert desk.get("/requests/").content.decode().count("/requests/") >= 3
    assert three.count == one.count, str(three)


@pytest.mark.parametrize("act", ["", "accept/", "decline/"])
def test_who_has_no_role_at_the_counter_is_refused(
    portal: Client, citizen: factories.Citizen, desk_client: Any, act: str
) -> None:
    correct(portal, citizen, address=NEW_ADDRESS)
    [asked] = requests()
    client = signed_in(desk_client(CHUO), factories.clerk(roles=[Role.ACCOUNTING]))
    ask = client.post if act else client.get
    assert ask(f"/requests/{asked.pk}/{act}").status_code == 403
    assert requests()[0].state == "open"


def test_another_tenants_request_is_not_found(portal: Client, citizen: factories.Citizen, desk_client: Any) -> None:
    correct(portal, citizen, address=NEW_ADDRESS)
    [asked] = requests()
    client = signed_in(desk_client(BUNKA), factories.clerk(BUNKA, roles=[Role.RECEPTION]))
    assert client.get(f"/requests/{asked.pk}/").status_code == 404
    assert client.post(f"/requests/{asked.pk}/accept/").status_code == 404
