"""What the desk's first page tells and opens: what waits, the box in the head, and every act at the counter."""

from __future__ import annotations

import datetime as dt
import html
import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import set_urlconf

from apps.bookings.models import Booking, BookingState, Payment, PaymentMethod, UseRecord
from apps.bookings.services.fees.receiving import receive
from apps.registrants.models import Registrant, RegistrantState
from kernel import clock
from kernel.wareki import fiscal_year
from shared.actor import Actor
from shared.reminders import reminders_of
from shared.staff.rights import Right
from tests import factories
from tests.apps.bookings.web.staff.asking import Response, text_of
from tests.apps.registrants.web.staff.registering import TYPED
from tests.support.fees import fee_tables
from tests.support.fixtures import Freeze
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO

BESIDE = {"HX-Request": "true", "HX-Target": "panel-body"}


def waits(*rights: Right) -> dict[str, int]:
    set_urlconf("config.urls.desk")
    try:
        with as_tenant(CHUO):
            return {str(one.text): one.count for one in reminders_of(clock.today(), rights or list(Right))}
    finally:
        set_urlconf(None)


def test_what_waits_is_counted(freeze: Freeze, database: None) -> None:
    freeze("2026-04-10 09:00")
    room = factories.meeting_room()
    fee_tables(room)
    factories.booking_awaiting_permit(room=room)
    factories.individual(state=RegistrantState.UNDER_REVIEW)
    used = factories.permitted_booking(room=room, day=dt.date(2026, 4, 20))
    assert waits() == {"審査を待つ申請": 1, "審査を待つ登録": 1}
    freeze("2026-05-02 09:00")
    found = waits()
    assert found["期限や利用が済んで未納の予約"] == 1
    assert found["実績の入っていない予約"] == 1
    assert found["締めていない先月"] == 1
    with as_tenant(CHUO):
        receive(actor=Actor("staff"), booking=used.pk, amount=1000, method=PaymentMethod.CASH)
    assert "期限や利用が済んで未納の予約" not in waits()


def test_what_somebody_may_not_act_on_does_not_wait_for_them(database: None) -> None:
    factories.booking_awaiting_permit()
    assert waits(Right.MONEY_RECEIVE) == {}
    assert waits(Right.BOOKINGS_DECIDE) == {"審査を待つ申請": 1}


def test_what_waits_stands_on_the_first_page_and_leads_there(desk: Client) -> None:
    factories.booking_awaiting_permit()
    shown = text_of(desk.get("/"))
    assert "審査を待つ申請" in shown
    assert 'href="/inbox/"' in shown
    later = text_of(desk.get("/", {"day": str(factories.soon())}))
    assert "審査を待つ申請" not in later


@pytest.mark.parametrize("number", [1, 3])
def test_the_first_page_takes_sixteen_statements_whatever_waits(desk: Client, number: int) -> None:
    for _ in range(number):
        factories.booking_awaiting_permit()
    with count_statements() as statements:
        desk.get("/")
    assert statements.count == 16, statements


def opened(desk: Client, typed: str) -> str:
    return str(desk.post("/find/", {"q": typed})["Location"])


def test_the_box_opens_a_booking_by_its_number_or_that_of_its_permit(desk: Client) -> None:
    booking = factories.permitted_booking()
    for typed in (booking.number, booking.number.replace("-", ""), "第1号", f"{fiscal_year(clock.today())}-1"):
        assert opened(desk, typed) == f"/bookings/{booking.pk}/", typed


def test_the_box_opens_the_only_registrant_who_is_meant(desk: Client) -> None:
    who = factories.group(group_name="架空朗読の会", group_kana="カクウロウドクノカイ")
    assert opened(desk, who.number) == f"/registrants/{who.pk}/"
    assert opened(desk, "かくうろうどく") == f"/registrants/{who.pk}/"


def test_the_box_shows_several_and_says_when_there_is_none(desk: Client) -> None:
    for _ in range(2):
        factories.individual()
    assert "検索結果 2件" in text_of(desk.post("/find/", {"q": "かくう"}))
    assert "該当する利用者はありません" in text_of(desk.post("/find/", {"q": "みほん"}))
    assert desk.post("/find/", {"q": ""}).status_code == 422


class Walk:
    """A clerk who begins on the first page and goes on by what the page in front offers; each request is a step."""

    def __init__(self, client: Client, address: str = "/") -> None:
        self.client, self.steps = client, 0
        self.page = self._text(client.get(address))

    def open(self, address: str, **headers: str) -> None:
        """Follow a link of the page."""
        assert f'href="{address}' in self.page, address
        self._step(self.client.get(address, headers=headers, follow=True))

    def send(self, address: str, typed: dict[str, Any], **headers: str) -> None:
        """Send a form of the page; one without an address is sent to its own."""
        path = address.partition("?")[0]
        assert f'action="{path}' in self.page or '<form class="form" method="post"' in self.page
        self._step(self.client.post(address, typed, headers=headers, follow=True))

    def _step(self, answer: Response) -> None:
        assert answer.status_code == 200, text_of(answer)
        self.steps += 1
        self.page = self._text(answer) if "text/html" in answer["Content-Type"] else ""

    @staticmethod
    def _text(answer: Response) -> str:
        return html.unescape(text_of(answer))

    def version(self) -> dict[str, str]:
        found = re.search(r'name="version" value="(\d+)"', self.page)
        return {"version": found[1]} if found else {}


@pytest.fixture
def room(database: None) -> Any:
    room = factories.meeting_room()
    fee_tables(room)
    return room


def on_board(client: Client, booking: Booking) -> Walk:
    """The first page on the day of the booking: today's, by the desk's own clock."""
    walk = Walk(client, f"/?day={booking.day}")
    walk.open(f"/bookings/{booking.pk}/", **BESIDE)
    return walk


def now(booking: Booking) -> Booking:
    with as_tenant(CHUO):
        return Booking.objects.get(pk=booking.pk)


def test_a_vacancy_is_seen_in_one_step(desk: Client, room: Any) -> None:
    walk = Walk(desk)
    walk.open("/week/")
    assert "空き" in walk.page
    assert walk.steps == 1


def test_a_caller_is_booked_in_three_steps(desk: Client, room: Any) -> None:
    who = factories.individual()
    day = factories.soon()
    walk = Walk(desk, f"/?day={day}")
    place = f"/bookings/new/?room={room.pk}&day={day}&slot=1"
    walk.open(place, **BESIDE)
    walk.send(place, {"q": who.number}, **BESIDE)
    typed = {"slots": ["1"], "purpose": "meeting", "headcount": "10", "key": str(uuid.uuid4())}
    walk.send(f"{place}&registrant={who.pk}", typed, **BESIDE)
    assert "予約を受け付けました。" in walk.page
    assert walk.steps == 3


def test_an_application_is_permitted_and_printed_in_three_steps(desk: Client, room: Any) -> None:
    booking = factories.booking_awaiting_permit(room=room)
    walk = on_board(desk, booking)
    walk.send(f"/bookings/{booking.pk}/permit/", walk.version(), **BESIDE)
    walk.send(f"/bookings/{booking.pk}/documents/permit/", {})
    assert now(booking).state == BookingState.PERMITTED
    assert walk.steps == 3


def test_a_booking_is_cancelled_in_three_steps(desk: Client, room: Any) -> None:
    booking = factories.permitted_booking(room=room)
    walk = on_board(desk, booking)
    walk.open(f"/bookings/{booking.pk}/cancel/")
    walk.send(f"/bookings/{booking.pk}/cancel/", {"cause": "own", "reason": "申出による", **walk.version()})
    assert now(booking).state == BookingState.CANCELLED
    assert walk.steps == 3


def test_a_booking_is_changed_in_three_steps(desk: Client, room: Any) -> None:
    booking = factories.permitted_booking(room=room)
    walk = on_board(desk, booking)
    walk.open(f"/bookings/{booking.pk}/change/")
    typed = {"room": str(room.pk), "day": str(booking.day), "slots": ["2"], "override": "", **walk.version()}
    walk.send(f"/bookings/{booking.pk}/change/", typed)
    assert now(booking).slot_numbers == [2]
    assert walk.steps == 3


def test_money_is_received_in_three_steps_and_the_receipt_issued_in_three(desk: Client, room: Any) -> None:
    booking = factories.permitted_booking(room=room)
    address = f"/bookings/{booking.pk}/payments/"
    walk = on_board(desk, booking)
    walk.open(address)
    walk.send(address, {"amount": "1000", "method": "cash"})
    assert walk.steps == 3
    with as_tenant(CHUO):
        receipt = Payment.objects.get()
    walk = on_board(desk, booking)
    walk.open(address)
    walk.send(f"/payments/{receipt.pk}/receipt/", {})
    assert walk.steps == 3


def test_attendance_is_entered_in_two_steps(desk: Client, room: Any, freeze: Freeze) -> None:
    freeze("2026-04-01 09:00")
    booking = factories.permitted_booking(room=room, day=dt.date(2026, 4, 15))
    freeze("2026-04-15 20:00")
    walk = Walk(desk)
    walk.open("/use/")
    names = re.findall(r'name="([^"]+-version)" value="([^"]*)"', walk.page)
    prefix = names[0][0].removesuffix("-version")
    counts = {name: "10" for name in re.findall(rf'name="({prefix}-[^"]+)"', walk.page) if "-n-" in name}
    walk.send("/use/", {"day": "2026-04-15", f"{prefix}-outcome": "came", **dict(names), **counts})
    with as_tenant(CHUO):
        assert UseRecord.objects.get().booking_id == booking.pk
    assert walk.steps == 2


def test_a_person_is_registered_in_three_steps(desk: Client, room: Any) -> None:
    walk = Walk(desk)
    walk.open("/registrations/")
    walk.open("/registrants/new/")
    walk.send("/registrants/new/", TYPED | {"key": str(uuid.uuid4())})
    with as_tenant(CHUO):
        assert Registrant.objects.get().family_name == "見本"
    assert walk.steps == 3
