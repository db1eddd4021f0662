"""The counter receives money, prints 領収書, voids with a reason, and closes the day."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from apps.bookings.models import Booking, CashDay, Payment
from kernel import clock
from tests import factories
from tests.support.fees import fee_tables
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def booking(database: None) -> Booking:
    room = factories.meeting_room()
    fee_tables(room)
    return factories.booking_awaiting_permit(room=room, slots=[1, 2])


def url(name: str, *args: Any) -> str:
    return reverse(f"desk:{name}", args=args, urlconf="config.urls.desk")


def pay(client: Client, booking: Booking, amount: str, method: str = "cash") -> Any:
    return client.post(url("payments", booking.pk), {"amount": amount, "method": method})


def only_payment() -> Payment:
    with as_tenant(CHUO):
        return Payment.objects.get()


def test_the_counter_receives_and_prints_a_receipt_with_the_tax(receptionist: Client, booking: Booking) -> None:
    page = receptionist.get(url("payments", booking.pk)).content.decode()
    assert 'value="2500"' in page
    assert pay(receptionist, booking, "2,500円").status_code == 302
    answer = receptionist.post(url("receipt", only_payment().pk))
    text = "".join("".join(one.extract_text() for one in PdfReader(io.BytesIO(answer.content)).pages).split())
    for told in ("領収書", "2,500円", "税率10％", "227円", booking.number, "現金"):
        assert told in text
    assert "完納" in receptionist.get(url("payments", booking.pk)).content.decode()


@pytest.mark.parametrize("amount", ["", "0", "-5", "9999", "たくさん"])
def test_an_amount_that_cannot_be_comes_back_and_receives_nothing(
    receptionist: Client, booking: Booking, amount: str
) -> None:
    assert pay(receptionist, booking, amount).status_code == 422
    with as_tenant(CHUO):
        assert not Payment.objects.exists()


def test_only_who_may_close_voids(receptionist: Client, manager: Client, booking: Booking) -> None:
    pay(receptionist, booking, "2500")
    address = url("void_receipt", only_payment().pk)
    assert receptionist.post(address, {"reason": "間違い"}).status_code == 403
    assert manager.post(address, {"reason": " "}).status_code == 422
    assert manager.post(address, {"reason": "打ち間違い"}).status_code == 302
    assert manager.post(address, {"reason": "打ち間違い"}).status_code == 404
    assert "打ち間違い" in manager.get(url("payments", booking.pk)).content.decode()


def test_the_day_is_closed_with_what_was_counted(accountant: Client, booking: Booking) -> None:
    pay(accountant, booking, "1000")
    address = f"{url('cash')}?day={clock.today():%Y-%m-%d}"
    assert "1,000円" in accountant.get(address).content.decode()
    answer = accountant.post(address, {"counted": "900", "reason": ""})
    assert answer.status_code == 422
    assert "-100円違います" in answer.content.decode()
    assert accountant.post(address, {"counted": "1000"}).status_code == 302
    assert accountant.post(address, {"counted": "1000"}).status_code == 409
    with as_tenant(CHUO):
        assert CashDay.objects.get().counted == 1000


def test_the_counter_sees_the_day_and_does_not_close_it(receptionist: Client) -> None:
    assert receptionist.get(url("cash")).status_code == 200
    assert receptionist.post(url("cash"), {"counted": "0"}).status_code == 403
    assert receptionist.get(url("cash"), {"day": "nonsense"}).status_code == 422


@pytest.mark.parametrize("number", [1, 3])
def test_the_sheet_of_a_day_takes_as_many_statements_whatever_came_in(
    receptionist: Client, booking: Booking, number: int
) -> None:
    for _ in range(number):
        pay(receptionist, booking, "100")
    with count_statements() as statements:
        page = receptionist.get(url("cash")).content.decode()
    assert page.count(booking.number) == number
    assert statements.count == 7, statements
