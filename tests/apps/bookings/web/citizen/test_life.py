"""What a citizen does with a booking on the portal: changes it, gives it up with a cause, waits in a line."""

from __future__ import annotations

import uuid

from django.test import Client

from apps.bookings.models import Booking, ChangeRequest, Wait
from apps.bookings.rules.deadlines import Deadline
from tests import factories
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO


def text_of(response: object) -> str:
    content: bytes = response.content  # type: ignore[attr-defined]
    return content.decode()


def now_of(booking: Booking) -> Booking:
    with as_tenant(CHUO):
        return Booking.objects.get(pk=booking.pk)


def to(booking: Booking, slot: int) -> dict[str, object]:
    version = now_of(booking).version
    return {"room": str(booking.room_id), "day": f"{booking.day:%Y-%m-%d}", "slots": [slot], "version": version}


def test_a_citizen_changes_what_is_not_permitted(portal: Client, citizen: factories.Citizen) -> None:
    booking = factories.booking_awaiting_permit(citizen)
    url = f"/places/chuo/bookings/{booking.pk}/"
    assert "日時・室場を変更する" in text_of(portal.get(url))
    assert portal.get(f"{url}change/").status_code == 200
    assert portal.post(f"{url}change/", to(booking, 1)).status_code == 422
    assert portal.post(f"{url}change/", to(booking, 2)).status_code == 302
    assert now_of(booking).slot_labels == ["午後"]


def test_a_permitted_booking_is_asked_for_and_the_asking_withdrawn(portal: Client, citizen: factories.Citizen) -> None:
    booking = factories.permitted_booking(citizen)
    url = f"/places/chuo/bookings/{booking.pk}/"
    assert portal.post(f"{url}change/", to(booking, 2)).status_code == 302
    assert "変更の申請を取り下げる" in text_of(portal.get(url))
    assert portal.post(f"{url}change/withdraw/").status_code == 302
    with as_tenant(CHUO):
        assert ChangeRequest.objects.get().state == "withdrawn"
    assert now_of(booking).slot_labels == ["午前"]


def test_giving_up_tells_the_deadline_and_nobody_excuses_oneself(portal: Client, citizen: factories.Citizen) -> None:
    room = factories.meeting_room()
    factories.terms(room.facility, cancel_permitted=Deadline("never"))
    booking = factories.booking_awaiting_permit(citizen, room)
    url = f"/places/chuo/bookings/{booking.pk}/"
    page = text_of(portal.get(url))
    assert "23:59まで取り消せます" in page
    assert "天候・災害" not in page
    asked = {"version": booking.version}
    for cause in ("city", "weather", "x"):
        assert portal.post(f"{url}cancel/", asked | {"cause": cause}).status_code == 422
    assert portal.post(f"{url}cancel/", asked | {"cause": "own"}).status_code == 302
    assert (now_of(booking).state, now_of(booking).cause, now_of(booking).refund_percent) == (
        "cancelled",
        "own",
        0,
    )


def test_where_only_the_counter_cancels_a_permit_the_portal_does_not(
    portal: Client, citizen: factories.Citizen
) -> None:
    room = factories.meeting_room()
    factories.terms(room.facility, cancel_permitted=Deadline("never"))
    booking = factories.permitted_booking(citizen, room)
    url = f"/places/chuo/bookings/{booking.pk}/"
    assert "この予約を取り消す" not in text_of(portal.get(url))
    assert portal.post(f"{url}cancel/", {"version": booking.version}).status_code == 403


def test_a_citizen_waits_for_a_slot_and_stops_waiting(portal: Client, citizen: factories.Citizen) -> None:
    room = factories.meeting_room()
    taken = factories.booking_awaiting_permit(room=room)
    url = f"/places/chuo/rooms/{room.pk}/{taken.day:%Y-%m-%d}/"
    assert "空き待ちをする" in text_of(portal.get(url))
    asked = {"slots": [1], "registrant": str(citizen.registrant.pk), "key": str(uuid.uuid4())}
    assert portal.post(f"{url}wait/", asked).status_code == 302
    assert portal.post(f"{url}wait/", asked | {"slots": [2]}).status_code == 422
    assert "空き待ち中" in text_of(portal.get("/places/chuo/waits/"))
    with as_tenant(CHUO):
        wait = Wait.objects.get()
    assert portal.post(f"/places/chuo/waits/{wait.pk}/leave/").status_code == 302
    with as_tenant(CHUO):
        assert Wait.objects.get().state == "withdrawn"


def test_a_tentative_booking_tells_its_end(portal: Client, citizen: factories.Citizen) -> None:
    booking = factories.booking_awaiting_permit(citizen, factories.meeting_room(reception="tentative"))
    assert "仮予約の期限" in text_of(portal.get(f"/places/chuo/bookings/{booking.pk}/"))
