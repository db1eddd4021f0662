"""行政使用 at the desk: from the draft to the notices and the record, by whoever may."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from django.core.mail import get_connection
from django.test import Client
from openpyxl import load_workbook

from apps.bookings.models import Booking, Displacement, DisplacementHit, Room
from apps.bookings.services.displacement.choosing import choose_for_all
from shared.audit.models import Action
from shared.outbox.mails import mail_of
from shared.outbox.models import Message
from shared.outbox.recipients import Recipient
from tests import factories
from tests.apps.bookings.services.displacement.acts import REASON, STAFF, carried_out, hit_of, looked_for
from tests.apps.bookings.services.displacement.test_order import ordered
from tests.apps.bookings.web.staff.asking import audited, text_of, version_in
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO


def drafted(*rooms: Room, **values: Any) -> dict[str, Any]:
    """What the form sends."""
    day = f"{factories.soon():%Y-%m-%d}"
    said = {"occasion": "polling", "detail": "市議会議員選挙", "article": "公職選挙法第39条", "reason": REASON}
    return said | {"first_1": day, "last_1": day, "rooms": [str(room.pk) for room in rooms]} | values


def the_one() -> Displacement:
    with as_tenant(CHUO):
        return Displacement.objects.get()


def hit(booking: Booking) -> DisplacementHit:
    with as_tenant(CHUO):
        return DisplacementHit.objects.get(booking=booking.pk)


def state_of(booking: Booking) -> Booking:
    with as_tenant(CHUO):
        return Booking.objects.get(pk=booking.pk)


def test_a_clerk_drafts_chooses_carries_out_prints_and_saves_the_record(desk: Client) -> None:
    at = factories.facility()
    room, other = factories.meeting_room(at=at), factories.meeting_room(at=at, name="第2会議室")
    moved, gone = factories.permitted_booking(room=room), factories.permitted_booking(room=room, slots=[2])
    answer = desk.post("/displacements/new/", drafted(room))
    where = f"/displacements/{the_one().pk}/"
    assert (answer.status_code, answer["Location"]) == (302, where)
    page = desk.get(where)
    assert "第2会議室" in text_of(page)
    assert moved.number in text_of(page)
    sent = {
        "version": version_in(page),
        f"{hit(moved).pk}-fate": "move:0",
        f"{hit(moved).pk}-consent": "phone",
        f"{hit(gone).pk}-fate": "cancel",
        "next": "carry_out",
    }
    answer = desk.post(f"{where}choose/", sent)
    assert answer["Location"] == f"{where}carry-out/"
    confirm = desk.get(f"{where}carry-out/")
    assert "2件" in text_of(confirm)
    answer = desk.post(f"{where}carry-out/", {"version": version_in(confirm)})
    assert answer.status_code == 302, text_of(answer)
    assert state_of(moved).room_id == other.pk
    assert state_of(gone).state == "called_off"
    done = text_of(desk.get(where))
    assert "電話で承諾" in done
    assert desk.post(f"{where}notices/").content.startswith(b"%PDF")
    assert desk.post(f"{where}notices/{hit(gone).pk}/").content.startswith(b"%PDF")
    sheet = load_workbook(BytesIO(desk.get(f"{where}record/?format=xlsx").content)).active
    assert sheet is not None
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert {"電話で承諾", "変更", "取消し", "第2会議室", REASON} <= set(cells)
    assert not {moved.number, gone.number, "架空太郎", "架空　太郎"} & set(cells)
    assert len(audited(Action.PRINT, "displacement")) == 3


def test_the_mail_says_why_where_to_and_that_all_comes_back(desk: Client) -> None:
    at = factories.facility()
    room, citizen = factories.meeting_room(at=at), factories.citizen_with_registration()
    factories.meeting_room(at=at, name="第2会議室")
    booking = factories.permitted_booking(citizen, room)
    with as_tenant(CHUO):
        found = looked_for(room)
        choose_for_all(actor=STAFF, displacement=found.pk, fate="cancel")
        carried_out(found)
        mail = Message.objects.get(template="bookings/mail/displaced")
    made = mail_of(mail, Recipient("sakura@citizens.example", "ja"), connection=get_connection())
    told = f"{made.subject} {made.body} {made.alternatives}"
    assert REASON in told
    assert "投票所" in told
    assert "第2会議室" in told
    assert booking.number in told
    assert "架空太郎" not in told.replace("　", "")


def test_what_is_wrong_is_told_beside_its_field_and_what_was_typed_stays(desk: Client) -> None:
    room = factories.meeting_room()
    answer = desk.post("/displacements/new/", drafted(room, article="", starts_1="25:00", rooms=[]))
    assert answer.status_code == 422
    page = text_of(answer)
    assert "根拠となる規定を入力してください。" in page
    assert "時刻は 09:00 の形で入力してください。" in page
    assert REASON in page
    day = factories.soon()
    answer = desk.post("/displacements/new/", drafted(room, last_1=f"{day - dt.timedelta(days=1):%Y-%m-%d}"))
    assert answer.status_code == 422
    answer = desk.post("/displacements/new/", drafted(room, first_2=f"{day:%Y-%m-%d}"))
    assert "日付を入力してください。" in text_of(answer)
    with as_tenant(CHUO):
        assert not Displacement.objects.exists()


def test_a_page_of_an_older_version_changes_nothing(desk: Client) -> None:
    room = factories.meeting_room()
    booking = factories.permitted_booking(room=room)
    desk.post("/displacements/new/", drafted(room))
    where = f"/displacements/{the_one().pk}/"
    version = version_in(desk.get(where))
    desk.post(f"{where}choose/", {"version": version, f"{hit(booking).pk}-fate": "cancel"})
    answer = desk.post(f"{where}choose/", {"version": version, f"{hit(booking).pk}-fate": "keep"})
    assert answer.status_code == 409
    assert hit(booking).choice == "cancel"
    answer = desk.post(f"{where}carry-out/", {"version": version})
    assert answer.status_code == 409
    assert state_of(booking).state == "permitted"


def test_what_came_in_between_is_told_on_the_page(desk: Client) -> None:
    room = factories.meeting_room()
    desk.post("/displacements/new/", drafted(room))
    where = f"/displacements/{the_one().pk}/"
    version = version_in(desk.get(f"{where}carry-out/"))
    booking = factories.booking_awaiting_permit(room=room)
    answer = desk.post(f"{where}carry-out/", {"version": version})
    assert answer.status_code == 409
    assert "予約が1件変わりました" in text_of(answer)
    desk.post(f"{where}find/")
    answer = desk.post(f"{where}choose/", {"version": version_in(desk.get(where)), "for_all": "cancel"})
    assert answer.status_code == 302
    assert hit(booking).choice == "cancel"


def test_it_is_called_off_or_ended_with_a_reason(desk: Client) -> None:
    desk.post("/displacements/new/", drafted(factories.meeting_room()))
    where = f"/displacements/{the_one().pk}/end/"
    version = version_in(desk.get(where))
    assert desk.post(where, {"version": version, "reason": ""}).status_code == 422
    assert desk.post(where, {"version": version, "reason": "会場が変わったため"}).status_code == 302
    assert the_one().state == "called_off"
    assert desk.post(where, {"version": version, "reason": "もう一度"}).status_code == 409


def test_an_order_of_the_city_waits_at_the_desk_and_is_taken_up_once(desk: Client) -> None:
    room = factories.meeting_room()
    factories.permitted_booking(room=room)
    _order, (place,) = ordered((CHUO, room), stops=True)
    assert "市から緊急の行政使用の依頼が1件あります" in text_of(desk.get("/inbox/"))
    assert "受け取って予約を探す" in text_of(desk.get("/displacements/"))
    answer = desk.post(f"/displacements/orders/{place}/receive/")
    assert answer["Location"] == f"/displacements/{the_one().pk}/"
    assert desk.post(f"/displacements/orders/{place}/receive/")["Location"] == "/displacements/"
    assert desk.post(f"/displacements/orders/{UUID(int=7)}/receive/").status_code == 404
    assert "予約の選定を続ける" in text_of(desk.get("/displacements/"))


def test_who_only_looks_changes_nothing(desk: Client, accountant: Client) -> None:
    desk.post("/displacements/new/", drafted(factories.meeting_room()))
    where = f"/displacements/{the_one().pk}/"
    assert accountant.get(where).status_code == 200
    for path in ("find/", "choose/", "carry-out/", "end/", "notices/"):
        assert accountant.post(f"{where}{path}").status_code == 403
    assert accountant.get("/displacements/new/").status_code == 403


def test_the_pages_take_the_same_statements_for_one_and_for_many(desk: Client) -> None:
    at = factories.facility()
    room, other = factories.meeting_room(at=at), factories.meeting_room(at=at)
    factories.permitted_booking(room=room)
    desk.post("/displacements/new/", drafted(room))
    one = the_one()
    counts = []
    for slot in (1, 2, 3):
        with count_statements() as index:
            desk.get("/displacements/")
        with count_statements() as page:
            desk.get(f"/displacements/{one.pk}/")
        with count_statements() as saved:
            desk.get(f"/displacements/{one.pk}/record/")
        counts.append((index.count, page.count, saved.count))
        factories.permitted_booking(room=other, slots=[slot])
        desk.post("/displacements/new/", drafted(other))
        with as_tenant(CHUO):
            one = Displacement.objects.order_by("drafted_at").last() or one
    assert len(set(counts)) == 1, counts


def test_the_notice_of_a_strangers_displacement_is_not_there(desk: Client) -> None:
    room = factories.meeting_room()
    booking = factories.permitted_booking(room=room)
    with as_tenant(CHUO):
        found = looked_for(room)
        pk = hit_of(found, booking).pk
    assert desk.post(f"/displacements/{found.pk}/notices/").status_code == 404
    assert desk.post(f"/displacements/{found.pk}/notices/{pk}/").status_code == 404


@pytest.mark.parametrize("fate", ["move:99", "move:", "move:x", "sell", "move:-1"])
def test_a_choice_that_is_none_is_refused_or_left_open(desk: Client, fate: str) -> None:
    room = factories.meeting_room()
    booking = factories.permitted_booking(room=room)
    desk.post("/displacements/new/", drafted(room))
    where = f"/displacements/{the_one().pk}/"
    answer = desk.post(f"{where}choose/", {"version": version_in(desk.get(where)), f"{hit(booking).pk}-fate": fate})
    assert answer.status_code in {302, 422}
    assert hit(booking).choice == ""
