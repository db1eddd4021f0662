"""An annex (附属の室場) on the pages: shown beside its room, named before it goes with it, and told in the mail."""

from __future__ import annotations

import re

import pytest
from django.core.mail.backends.dummy import EmailBackend as DummyBackend
from django.test import Client

from apps.bookings.models import Booking, PaymentMethod
from apps.bookings.rules.deadlines import RefundStep
from apps.bookings.services.decide import permit
from apps.bookings.services.fees.receiving import receive
from shared.actor import Actor
from shared.outbox.mails import mail_of
from shared.outbox.models import Message
from shared.outbox.recipients import Recipient
from tests import factories
from tests.support.clients import signed_in
from tests.support.fees import fee_tables
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
STAFF = Actor(kind="staff")
GOES_TOO = "一緒に利用する附属の室場の予約も、同時に取り消されます。"


@pytest.fixture
def citizen(database: None) -> factories.Citizen:
    return factories.citizen_with_registration()


@pytest.fixture
def pair(citizen: factories.Citizen) -> tuple[Booking, Booking]:
    hall = factories.meeting_room(name="ホール", name_en="Hall")
    annex = factories.meeting_room(at=hall.facility, name="控室", name_en="Green room", parent=hall)
    factories.terms(hall.facility, refunds=(RefundStep(7, 100),))
    for room in (hall, annex):
        fee_tables(room, only=() if room == hall else ["tariff"])
    first = factories.booking_awaiting_permit(citizen, hall)
    return first, factories.booking_awaiting_permit(citizen, annex)


def place(booking: Booking) -> str:
    return f"/places/{CHUO}/bookings/{booking.pk}/"


def worded(message: Message, language: str) -> str:
    """The text of the mail."""
    reader = Recipient(address="reader@citizens.example", language=language)
    return str(mail_of(message, reader, connection=DummyBackend()).body)


def test_the_citizen_sees_the_annex_what_goes_with_it_and_what_comes_back(
    portal_client: Client, citizen: factories.Citizen, pair: tuple[Booking, Booking]
) -> None:
    hall, annex = pair
    with as_tenant(CHUO):
        for one in pair:
            permit(actor=STAFF, booking=one.pk)
            receive(actor=STAFF, booking=one.pk, amount=1000, method=PaymentMethod.CASH)
    client = signed_in(portal_client, citizen.account)
    page = client.get(place(hall)).content.decode()
    assert GOES_TOO in page
    assert place(annex) in page
    assert "このほかに、附属の室場の分として 1,000円 の見込みです。" in page
    mine = client.get(place(annex)).content.decode()
    assert "一緒に利用する室場" in mine
    assert GOES_TOO not in mine
    [version] = re.findall(r'name="version" value="(\d+)"', page)
    done = client.post(f"{place(hall)}cancel/", {"version": version, "cause": "own"}, follow=True).content.decode()
    assert "一緒に利用する附属の室場（控室）の予約も取り消しました。" in done
    assert "取消し" in client.get(place(annex)).content.decode()


def test_the_desk_is_told_before_and_after(desk: Client, pair: tuple[Booking, Booking]) -> None:
    hall, annex = pair
    page = desk.get(f"/bookings/{hall.pk}/").content.decode()
    assert f"/bookings/{annex.pk}/" in page
    asked = desk.get(f"/bookings/{hall.pk}/refuse/").content.decode()
    assert "一緒に終わる附属の室場の予約" in asked
    assert "→ <strong>不許可</strong>" in asked
    assert "一緒に終わる附属の室場の予約" not in desk.get(f"/bookings/{hall.pk}/defer/").content.decode()
    form = {"version": hall.version, "reason": "工事のため", "ground": "management"}
    done = desk.post(f"/bookings/{hall.pk}/refuse/", form, follow=True).content.decode()
    assert f"附属の室場「控室」の予約（{annex.number}）は「不許可」になりました。" in done


def test_one_mail_names_both_in_either_language(
    desk: Client, citizen: factories.Citizen, pair: tuple[Booking, Booking]
) -> None:
    hall, annex = pair
    form = {"version": hall.version, "reason": "工事のため", "cause": "own", "late": "on"}
    desk.post(f"/bookings/{hall.pk}/cancel/", form)
    with as_tenant(CHUO):
        [message] = Message.objects.filter(template="bookings/mail/cancelled")
    assert f"控室 {annex.number} 取消" in worded(message, "ja")
    assert f"Green room {annex.number}" in worded(message, "en")


def test_the_page_of_a_booking_reads_its_annexes_in_one_statement(
    desk: Client, citizen: factories.Citizen, pair: tuple[Booking, Booking]
) -> None:
    hall, _annex = pair

    def counted() -> int:
        with count_statements() as statements:
            desk.get(f"/bookings/{hall.pk}/")
        return statements.count

    counted()
    one = counted()
    for number in range(2):
        room = factories.meeting_room(at=hall.room.facility, name=f"楽屋{number}", parent=hall.room)
        factories.booking_awaiting_permit(citizen, room)
    assert counted() == one
