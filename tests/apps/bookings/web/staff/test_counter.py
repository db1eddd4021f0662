"""Booking at the counter: place, registrant, use; nothing lost, nothing booked twice."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.test import Client

from apps.bookings.models import Booking, BookingState, Channel, ClosingRule
from apps.registrants.models import RegistrantState
from kernel import clock
from tests import factories
from tests.apps.bookings.web.staff.asking import Response, text_of
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO


class Counter:
    """A clerk at the counter, with a registrant before them."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.room = factories.meeting_room()
        self.registrant = factories.group(group_name="架空朗読の会")
        self.day = factories.soon()

    def address(self, **values: Any) -> dict[str, str]:
        asked = {"room": self.room.pk, "day": self.day, "slot": 1, "registrant": self.registrant.pk} | values
        return {name: str(value) for name, value in asked.items() if value is not None}

    def open(self, **values: Any) -> Response:
        return self.client.get("/bookings/new/", self.address(**values))

    def book(self, *, address: dict[str, Any] | None = None, **typed: Any) -> Response:
        form = {"slots": ["1"], "purpose": "meeting", "event_name": "五月の例会", "headcount": "10"}
        form |= {"key": str(uuid.uuid4())} | typed
        return self.client.post("/bookings/new/", form, query_params=self.address(**(address or {})))

    def bookings(self) -> list[Booking]:
        with as_tenant(CHUO):
            return list(Booking.objects.all())


@pytest.fixture
def counter(desk: Client) -> Counter:
    return Counter(desk)


def test_it_begins_with_the_room_and_the_day(counter: Counter) -> None:
    shown = text_of(counter.client.get("/bookings/new/"))
    assert "室場を選択してください" not in shown
    assert str(counter.room.pk) in shown


def test_a_registrant_is_found_by_kana_and_leads_on_with_the_place(counter: Counter) -> None:
    factories.group(group_name="架空体操の友")
    found = counter.client.post("/bookings/new/", {"q": "ｶｸｳﾀｲｿｳ"}, query_params=counter.address(registrant=None))
    link = re.search(rf'href="([^"]+registrant={counter.registrant.pk})">選ぶ', text_of(found))
    assert link
    shown = text_of(counter.client.get(link[1].replace("&amp;", "&")))
    assert "架空朗読の会" in shown
    assert re.search(r'value="1"[^>]*checked', shown)


def test_the_only_one_who_is_found_is_chosen(counter: Counter) -> None:
    asked = counter.address(registrant=None)
    found: Response = counter.client.post("/bookings/new/", {"q": counter.registrant.number}, query_params=asked)
    assert found.status_code == 302
    assert found.url.endswith(f"&registrant={counter.registrant.pk}")


def test_several_slots_of_an_address_are_chosen_beforehand(counter: Counter) -> None:
    asked = counter.address() | {"slot": ["1", "2"]}
    shown = text_of(counter.client.get("/bookings/new/", asked))
    assert len(re.findall(r'name="slots"[^>]*checked', shown)) == 2


def test_beside_the_board_the_same_pages_stand_without_their_frame(counter: Counter) -> None:
    beside = {"HX-Request": "true", "HX-Target": "panel-body"}
    shown = text_of(counter.client.get("/bookings/new/", counter.address(), headers=beside))
    assert "<html" not in shown
    assert "<h1" not in shown
    assert 'name="headcount"' in shown


def test_a_booking_is_made_and_waits_for_a_decision(counter: Counter) -> None:
    answer = counter.book()
    [booking] = counter.bookings()
    assert answer.url == f"/bookings/{booking.pk}/"
    assert (booking.state, booking.channel, booking.event_name) == (
        BookingState.UNDER_REVIEW,
        Channel.COUNTER,
        "五月の例会",
    )
    assert f"受付番号は {booking.number} です。" in text_of(counter.client.get(answer.url))


def test_it_can_be_permitted_at_once(counter: Counter) -> None:
    shown = text_of(counter.client.get(counter.book(permit_now="on").url))
    assert "予約を受け付け、許可しました。" in shown
    assert counter.bookings()[0].state == BookingState.PERMITTED


@pytest.mark.parametrize("permit_now", ["", "on"])
def test_a_form_sent_twice_books_once(counter: Counter, permit_now: str) -> None:
    key = str(uuid.uuid4())
    first, second = (counter.book(key=key, permit_now=permit_now) for _ in range(2))
    assert first.url == second.url
    assert len(counter.bookings()) == 1


def test_going_back_and_choosing_another_slot_is_another_booking(counter: Counter) -> None:
    key = str(uuid.uuid4())
    counter.book(key=key)
    counter.book(key=key, slots=["2"])
    assert {tuple(booking.slot_numbers) for booking in counter.bookings()} == {(1,), (2,)}


@pytest.mark.parametrize("headcount", ["１０", "10人", " 10 ", "１０名"])
def test_a_headcount_is_read_in_any_width(counter: Counter, headcount: str) -> None:
    counter.book(headcount=headcount)
    assert counter.bookings()[0].headcount == 10


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"headcount": ""}, "人数を入力してください。"),
        ({"headcount": "たくさん"}, "人数は数字で入力してください。"),
        ({"headcount": "-5"}, "利用人数は1人以上で入力してください。"),
        ({"headcount": "－５"}, "利用人数は1人以上で入力してください。"),
        ({"headcount": "0"}, "利用人数は1人以上で入力してください。"),
        ({"headcount": "31"}, "利用人数が定員（30人）を超えています。"),
        ({"headcount": "9" * 5000}, "人数は"),
        ({"purpose": ""}, "利用目的を選択してください。"),
        ({"purpose": "x" * 100_000}, "この室場では選択された目的の利用はできません。"),
        ({"event_name": "長" * 100_000}, "100文字以内で入力してください（現在100000文字）。"),
        ({"slots": []}, "時間帯を選択してください。"),
        ({"slots": ["9"]}, "この日には選択された時間帯がありません。"),
        ({"slots": ["x"]}, "この日には選択された時間帯がありません。"),
        ({"slots": ["1", "3"]}, "時間帯は続けて選択してください。"),
        ({"key": "x"}, "UUID"),
    ],
)
def test_what_is_wrong_is_told_beside_the_field_and_nothing_typed_is_lost(
    counter: Counter, typed: dict[str, Any], told: str
) -> None:
    answer = counter.book(**typed)
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert typed.get("event_name", "五月の例会") in text_of(answer)
    assert counter.bookings() == []


def test_everything_wrong_is_told_at_once(counter: Counter) -> None:
    shown = text_of(counter.book(headcount="31", purpose="", slots=[]))
    assert shown.count('class="field__error"') == 3


def test_broken_characters_are_taken_as_what_they_are_read_as(counter: Counter) -> None:
    body = b"slots=1&purpose=meeting&headcount=10&event_name=%E4%BA%FF&key=" + str(uuid.uuid4()).encode()
    kind = "application/x-www-form-urlencoded"
    answer = counter.client.post("/bookings/new/", body, content_type=kind, query_params=counter.address())
    assert answer.status_code == 302
    assert "\ufffd" in counter.bookings()[0].event_name


def test_a_slot_that_was_taken_meanwhile_is_a_conflict(counter: Counter) -> None:
    factories.counter_booking(factories.individual(), counter.room, day=counter.day)
    answer = counter.book()
    assert answer.status_code == 409
    assert "ほかの方が先に予約されました" in text_of(answer)
    assert "（予約あり）" in text_of(answer)
    assert "五月の例会" in text_of(answer)


def test_a_day_that_is_over_cannot_be_booked(counter: Counter) -> None:
    counter.day = clock.today() - dt.timedelta(days=1)
    answer = counter.book()
    assert answer.status_code == 422
    assert "過ぎた時間帯は予約できません" in text_of(answer)


def test_a_closed_day_cannot_be_booked(counter: Counter) -> None:
    with as_tenant(CHUO):
        rule = {"kind": "weekly", "weekday": counter.day.isoweekday(), "label": "定休日"}
        ClosingRule.objects.create(facility=counter.room.facility, **rule)
    assert "「定休日」のため利用できません" in text_of(counter.open())
    assert counter.book().status_code == 422
    assert counter.bookings() == []


def test_a_registration_that_is_not_in_force_cannot_book(counter: Counter) -> None:
    counter.registrant = factories.individual(state=RegistrantState.SUSPENDED)
    answer = counter.book()
    assert answer.status_code == 403
    assert "現在予約に使用できません" in text_of(answer)


@pytest.mark.parametrize("name", ["room", "registrant"])
@pytest.mark.parametrize("here", [True, False])
def test_a_room_or_registrant_of_another_tenant_is_not_found(counter: Counter, name: str, here: bool) -> None:
    elsewhere = {"room": factories.meeting_room(BUNKA).pk, "registrant": factories.individual(BUNKA).pk}
    address = {name: uuid.uuid4() if here else elsewhere[name]}
    assert counter.open(**address).status_code == 404
    assert counter.book(address=address).status_code == 404


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ({"day": "2026-02-30"}, "その日付はありません。"),
        ({"day": ""}, "日付を入力してください。"),
        ({"room": "x"}, "一覧から選択してください。"),
        ({"room": ""}, "室場を選択してください。"),
    ],
)
def test_an_address_that_makes_no_sense_leads_to_the_first_step(
    counter: Counter, address: dict[str, Any], told: str
) -> None:
    answer = counter.open(**address)
    assert answer.status_code == 422
    assert told in text_of(answer)


def test_from_a_registrants_page_the_registrant_stays_chosen(counter: Counter) -> None:
    shown = text_of(counter.client.get("/bookings/new/", {"registrant": str(counter.registrant.pk)}))
    assert f'name="registrant" value="{counter.registrant.pk}"' in shown


@pytest.mark.parametrize("number", [1, 3])
def test_the_form_takes_nine_statements_whatever_is_booked(counter: Counter, number: int) -> None:
    for slot in range(number):
        factories.counter_booking(factories.individual(), counter.room, day=counter.day, slots=[slot + 1])
    with count_statements() as statements:
        counter.open()
    assert statements.count == 9, statements
