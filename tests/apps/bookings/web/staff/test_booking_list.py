"""The ledger of bookings: filters, order, pages by keyset, the file without names, acts on what is chosen."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from apps.bookings.models import BookingState, PaymentMethod
from apps.bookings.services.fees.receiving import receive
from apps.bookings.web.staff import booking_list
from shared.actor import Actor
from shared.audit.models import Action
from tests import factories
from tests.apps.bookings.web.staff.asking import Response, audited, text_of
from tests.factories import AFTERNOON, EVENING
from tests.support.fees import fee_tables
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO


def numbers_in(answer: Response) -> list[str]:
    """The receipt numbers of the list, in its order."""
    return re.findall(r'<a class="tabular" href="/bookings/[^"]+">([^<]+)</a>', text_of(answer))


def ask(client: Client, **typed: Any) -> Response:
    return client.post("/bookings/", typed)


def test_the_bookings_of_this_month_and_the_next_stand_in_the_order_of_use(desk: Client) -> None:
    room = factories.meeting_room()
    later = factories.counter_booking(factories.individual(), room, slots=[EVENING])
    first = factories.counter_booking(factories.individual(), room)
    assert numbers_in(desk.get("/bookings/")) == [first.number, later.number]
    assert numbers_in(ask(desk, order="use_back")) == [later.number, first.number]
    assert numbers_in(ask(desk, order="applied")) == [first.number, later.number]


def test_it_is_narrowed_by_what_is_chosen(desk: Client) -> None:
    one, other = factories.meeting_room(), factories.meeting_room()
    permitted = factories.permitted_booking(room=one)
    waiting = factories.counter_booking(factories.individual(), other, purpose="exercise")
    day = factories.soon()
    assert numbers_in(ask(desk, room=one.pk)) == [permitted.number]
    assert numbers_in(ask(desk, facility=other.facility_id)) == [waiting.number]
    assert numbers_in(ask(desk, state="under_review")) == [waiting.number]
    assert numbers_in(ask(desk, state="standing")) == [permitted.number]
    assert numbers_in(ask(desk, purpose="exercise")) == [waiting.number]
    assert numbers_in(ask(desk, last=day - dt.timedelta(days=1))) == []
    assert numbers_in(ask(desk, number=waiting.number.replace("-", ""))) == [waiting.number]
    assert numbers_in(ask(desk, number="第1号")) == [permitted.number]


def test_it_is_narrowed_by_what_was_paid(desk: Client) -> None:
    room = factories.meeting_room()
    fee_tables(room)
    paid, partly, unpaid = (factories.counter_booking(factories.individual(), room, slots=[n]) for n in (1, 2, 3))
    free = factories.counter_booking(factories.individual(), factories.meeting_room())
    with as_tenant(CHUO):
        for booking, amount in ((paid, 1000), (partly, 500)):
            receive(actor=Actor("staff"), booking=booking.pk, amount=amount, method=PaymentMethod.CASH)
    states = {"paid": [paid], "partly": [partly], "unpaid": [unpaid], "free": [free], "owed": [partly, unpaid]}
    for state, found in states.items():
        assert numbers_in(ask(desk, paid=state)) == [one.number for one in found], state


def test_a_registrant_is_looked_for_by_a_post_only(desk: Client) -> None:
    room = factories.meeting_room()
    reader = factories.group(group_name="架空朗読の会", group_kana="カクウロウドクノカイ")
    booking = factories.counter_booking(reader, room)
    other = factories.counter_booking(factories.individual(), room, slots=[AFTERNOON])
    assert numbers_in(ask(desk, q="かくうろうどく")) == [booking.number]
    assert numbers_in(desk.get("/bookings/", {"q": "かくうろうどく"})) == [booking.number, other.number]
    [entry] = audited(Action.SEARCH, "booking_list")
    assert (entry.detail, entry.persons) == ({"found": 1, "shown": 1}, [reader.pk])


def test_pages_follow_each_other_without_a_gap_and_back(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(booking_list, "PAGE_SIZE", 2)
    room, who = factories.meeting_room(), factories.individual()
    made = [factories.counter_booking(who, room, slots=[slot]).number for slot in (1, 2, 3)]
    made += [factories.counter_booking(who, room, day=factories.soon() + dt.timedelta(days=1)).number]
    first = ask(desk)
    assert numbers_in(first) == made[:2]
    second = ask(desk, after=cursor_in(first, "after"))
    assert numbers_in(second) == made[2:]
    assert 'name="after"' not in text_of(second)
    assert numbers_in(ask(desk, before=cursor_in(second, "before"))) == made[:2]
    backwards = ask(desk, order="use_back")
    assert numbers_in(backwards) == made[:1:-1]
    assert numbers_in(ask(desk, order="use_back", after=cursor_in(backwards, "after"))) == made[1::-1]


def cursor_in(answer: Response, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', text_of(answer))
    assert found
    return found[1]


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_ten_statements_whatever_is_found(desk: Client, number: int) -> None:
    room = factories.meeting_room()
    for slot in range(number):
        factories.permitted_booking(room=room, slots=[slot + 1])
    with count_statements() as statements:
        ask(desk, q="かくう")
    assert statements.count == 10, statements


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"first": "2026-02-30"}, "その日付はありません。"),
        ({"first": "2026-04-01", "last": "2026-03-01"}, "末日は、初日から2年以内の日にしてください。"),
        ({"room": "x"}, "一覧から選択してください。"),
        ({"state": "x"}, "一覧から選択してください。"),
        ({"number": "架空"}, "受付番号か文書番号を入力してください。"),
        ({"q": "あ" * 500}, "100"),
    ],
)
def test_a_filter_that_makes_no_sense_is_told_beside_the_field(desk: Client, typed: dict[str, str], told: str) -> None:
    answer = ask(desk, **typed)
    assert answer.status_code == 422
    assert told in text_of(answer)


def test_the_file_names_nobody_and_is_audited(desk: Client) -> None:
    who = factories.group(group_name="架空朗読の会")
    booking = factories.counter_booking(who, factories.meeting_room())
    answer = desk.post("/bookings/file/", {"format": "csv"})
    text = answer.content.decode("utf-8-sig")
    assert booking.number in text
    assert "団体" in text
    assert who.number not in text
    assert "朗読" not in text
    [entry] = audited(Action.EXPORT, "booking_list")
    assert entry.detail["found"] == 1


@pytest.mark.parametrize("form", ["xlsx", "cp932", "x"])
def test_the_file_comes_in_the_usual_forms(desk: Client, form: str) -> None:
    factories.counter_booking(factories.individual(), factories.meeting_room())
    assert desk.post("/bookings/file/", {"format": form}).status_code == 200


def test_a_file_of_too_many_is_refused_with_a_sentence(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(booking_list, "MOST_IN_FILE", 1)
    room = factories.meeting_room()
    for slot in (1, 2):
        factories.counter_booking(factories.individual(), room, slots=[slot])
    answer = desk.post("/bookings/file/")
    assert answer.status_code == 400
    assert "期間を短くしてください" in text_of(answer)


def test_another_tenants_bookings_are_not_in_it(desk: Client) -> None:
    factories.counter_booking(factories.group(BUNKA), factories.meeting_room(BUNKA), BUNKA)
    assert "該当する予約はありません" in text_of(desk.get("/bookings/"))


def chosen(*bookings: Any, version: int | None = None) -> dict[str, Any]:
    seen = {f"version-{one.pk}": str(version or one.version) for one in bookings}
    return {"booking": [str(one.pk) for one in bookings]} | seen


def test_several_are_permitted_at_once_and_each_is_told(desk: Client) -> None:
    waiting = [factories.booking_awaiting_permit() for _ in range(2)]
    over = factories.cancelled_booking()
    shown = text_of(desk.post("/bookings/permit/", chosen(*waiting, over)))
    assert "2件を許可しました" in shown
    assert "1件は許可できませんでした" in shown
    with as_tenant(CHUO):
        for one in waiting:
            one.refresh_from_db()
            assert one.state == BookingState.PERMITTED
            assert one.documents.count() == 1


def test_what_was_permitted_together_is_printed_as_one_file(desk: Client) -> None:
    waiting = [factories.booking_awaiting_permit() for _ in range(2)]
    permitted = desk.post("/bookings/permit/", chosen(*waiting))
    assert 'action="/prints/"' in permitted.content.decode()
    ordered = desk.post("/prints/", {"booking": [str(one.pk) for one in waiting]})
    assert "2件" in text_of(desk.get(ordered.headers["Location"]))


def test_one_that_changed_meanwhile_is_not_permitted(desk: Client) -> None:
    booking = factories.booking_awaiting_permit()
    shown = text_of(desk.post("/bookings/permit/", chosen(booking, version=99)))
    assert "1件は許可できませんでした" in shown
    with as_tenant(CHUO):
        booking.refresh_from_db()
    assert booking.state == BookingState.UNDER_REVIEW


@pytest.mark.parametrize("sent", [{}, {"booking": "x"}, {"booking": ["1", "2"]}])
def test_nothing_chosen_is_told(desk: Client, sent: dict[str, Any]) -> None:
    answer = desk.post("/bookings/permit/", sent)
    assert answer.status_code == 422
    assert "許可する申請を選択してください。" in text_of(answer)


def test_another_tenants_application_is_not_permitted(desk: Client) -> None:
    booking = factories.booking_awaiting_permit(factories.citizen_with_registration(BUNKA))
    desk.post("/bookings/permit/", chosen(booking))
    with as_tenant(BUNKA):
        booking.refresh_from_db()
    assert booking.state == BookingState.UNDER_REVIEW


def test_who_only_looks_is_not_offered_to_permit(accountant: Client) -> None:
    factories.booking_awaiting_permit()
    assert "/bookings/permit/" not in text_of(accountant.get("/bookings/"))
    assert accountant.post("/bookings/permit/").status_code == 403
