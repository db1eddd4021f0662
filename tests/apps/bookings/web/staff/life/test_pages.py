"""The desk's pages about the life of a booking."""

from __future__ import annotations

import datetime as dt
import html
import re
import uuid
from decimal import Decimal

import pytest
import time_machine
from django.http import QueryDict
from django.test import Client

from apps.bookings.models import Booking, BookingTerms, Measure, PenaltyPoint, Series
from apps.bookings.queries.terms import terms_on
from apps.bookings.rules.limits import Ceilings, Limit
from apps.bookings.rules.penalties import PointRule, Threshold
from apps.bookings.services import change, decide
from apps.bookings.services.penalties import note_events
from kernel import clock
from kernel.clock import TOKYO
from shared.actor import Actor
from tests import factories
from tests.support.scopes import as_portal, as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO

STAFF = Actor(kind="staff", id=uuid.uuid4())


def text_of(response: object) -> str:
    content: bytes = response.content  # type: ignore[attr-defined]
    return content.decode()


def now_of(booking: Booking) -> Booking:
    with as_tenant(CHUO):
        return Booking.objects.get(pk=booking.pk)


def typed_of(page: str) -> dict[str, list[str]]:
    """What a browser would send of a form's hidden inputs."""
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html.unescape(page))
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    found.pop("csrfmiddlewaretoken", None)
    return found


def filled(page: str) -> dict[str, list[str]]:
    """All values that a page's form was rendered with."""
    found = typed_of(page)
    for tag in re.findall(r"<input[^>]+>", page):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        kind = re.search(r'type="([^"]+)"', tag)
        if not name or (kind and kind[1] in {"hidden", "submit"}):
            continue
        if kind and kind[1] in {"checkbox", "radio"} and "checked" not in tag:
            continue
        found[name[1]] = [*found.get(name[1], []), value[1] if value else ""]
    for name, body in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', body) or re.search(r'<option value="([^"]*)"', body)
        found[name] = [chosen[1] if chosen else ""]
    found.pop("csrfmiddlewaretoken", None)
    return found


def test_states_move_from_the_bookings_page(manager: Client) -> None:
    room = factories.meeting_room(reception="tentative")
    booking = factories.booking_awaiting_permit(room=room)
    page = text_of(manager.get(f"/bookings/{booking.pk}/"))
    assert "本申請を受け付ける" in page
    assert "仮予約の期限" in page
    for act, state in (("formalise", "under_review"), ("defer", "deferred"), ("resume", "under_review")):
        answer = manager.post(
            f"/bookings/{booking.pk}/{act}/", {"version": now_of(booking).version, "reason": "確認中"}
        )
        assert answer.status_code == 302
        assert now_of(booking).state == state


@pytest.mark.parametrize("act", ["revoke", "call_off"])
def test_an_adverse_act_asks_for_its_reason(manager: Client, act: str) -> None:
    booking = factories.permitted_booking()
    url = f"/bookings/{booking.pk}/{act.replace('_', '-')}/"
    assert manager.get(url).status_code == 200
    given = {"version": booking.version, "ground": "order", "cause": "city"}
    assert manager.post(url, given | {"reason": " "}).status_code == 422
    assert now_of(booking).state == "permitted"
    assert manager.post(url, given | {"reason": "停電のため"}).status_code == 302
    assert now_of(booking).state == {"revoke": "revoked", "call_off": "called_off"}[act]
    if act == "revoke":
        assert manager.post(f"/bookings/{booking.pk}/documents/revocation/").status_code == 200


def test_a_clerk_changes_date_and_slot_and_comes_back_filled_on_a_conflict(desk: Client) -> None:
    room = factories.meeting_room()
    booking = factories.booking_awaiting_permit(room=room)
    factories.booking_awaiting_permit(room=room, slots=[2])
    url, day = f"/bookings/{booking.pk}/change/", f"{booking.day:%Y-%m-%d}"
    asked = {"room": str(room.pk), "day": day, "slots": [2], "version": booking.version}
    answer = desk.post(url, asked)
    assert (answer.status_code, "ほかの方が先に予約" in text_of(answer)) == (409, True)
    assert desk.post(url, asked | {"slots": [3]}).status_code == 302
    assert now_of(booking).slot_labels == ["夜間"]


def test_a_change_that_was_asked_for_is_granted_or_refused(desk: Client) -> None:
    citizen = factories.citizen_with_registration()
    booking = factories.permitted_booking(citizen)
    for act in ("refuse", "grant"):
        with as_portal(CHUO, citizen.account.pk):
            to = change.Target(booking.room_id, booking.day, (3,))
            change.ask_change(actor=citizen.actor, booking=booking.pk, to=to)
        assert "変更の申請" in text_of(desk.get(f"/bookings/{booking.pk}/"))
        given = {"version": now_of(booking).version, "reason": "ほかの行事のため"}
        assert desk.post(f"/bookings/{booking.pk}/change/{act}/", given).status_code == 302
    assert now_of(booking).slot_labels == ["夜間"]


def test_the_counter_sets_a_limit_aside_with_a_reason(desk: Client) -> None:
    room, citizen = factories.meeting_room(), factories.citizen_with_registration()
    factories.terms(room.facility, limits=(Limit("room", "month", 1),), ceilings=Ceilings())
    day = (clock.today() + dt.timedelta(days=32)).replace(day=1)
    factories.booking_awaiting_permit(citizen, room, day=day)
    url = f"/bookings/new/?room={room.pk}&day={day:%Y-%m-%d}&registrant={citizen.registrant.pk}"
    said = {"slots": [2], "purpose": "meeting", "headcount": "5", "event_name": "例会", "key": str(uuid.uuid4())}
    answer = desk.post(url, said)
    assert (answer.status_code, "月間の申込は1回までです（現在1回）" in text_of(answer)) == (422, True)
    assert desk.post(url, said | {"override": "市の後援行事のため"}).status_code == 302


def test_terms_are_typed_previewed_and_set(manager: Client) -> None:
    facility = factories.meeting_room().facility
    url = f"/settings/terms/{facility.pk}/new/"
    typed = filled(text_of(manager.get(url)))
    typed["ceilings__holds"] = ["2"]
    limit = {"scope": "room", "period": "month", "most": "4", "unit": "count", "by": "use", "kind": "any"}
    typed |= {f"limits-0-{name}": [value] for name, value in (limit | {"residence": "any"}).items()}
    step = {"points": "2", "months": "12", "measure": "suspend", "days": "30"}
    typed |= {f"thresholds-0-{name}": [value] for name, value in step.items()}
    preview = text_of(manager.post(url, typed))
    assert "変わるところ" in preview
    assert "室場ごと・1か月 4回" in preview
    with as_tenant(CHUO):
        assert BookingTerms.objects.count() == 0
    answer = manager.post(url, typed_of(preview) | {"confirmed": "1"})
    assert answer.status_code == 302
    with as_tenant(CHUO):
        held = terms_on(facility.pk, clock.today())
    assert (held.limits, held.ceilings.holds) == ((Limit("room", "month", 4),), 2)
    assert held.thresholds == (Threshold(Decimal(2), 12, "suspend", 30),)
    assert "室場ごと・1か月 4回" in text_of(manager.get("/settings/terms/"))


def test_a_number_that_cannot_be_comes_back_beside_its_field(manager: Client) -> None:
    facility = factories.meeting_room().facility
    url = f"/settings/terms/{facility.pk}/new/"
    typed = filled(text_of(manager.get(url))) | {"ceilings__holds": ["1000"]}
    answer = manager.post(url, typed)
    assert answer.status_code == 422
    assert 'value="1000"' in text_of(answer)


def test_terms_that_have_not_begun_are_taken_back(manager: Client) -> None:
    facility = factories.meeting_room().facility
    day = clock.today() + dt.timedelta(days=30)
    url = f"/settings/terms/{facility.pk}/new/"
    typed = filled(text_of(manager.get(url))) | {"valid_from": [f"{day:%Y-%m-%d}"], "waiting__hours": ["12"]}
    manager.post(url, typed | {"confirmed": ["1"]})
    with as_tenant(CHUO):
        assert BookingTerms.objects.get().valid_from == day
    manager.post(f"/settings/terms/{facility.pk}/withdraw/", {"valid_from": f"{day:%Y-%m-%d}"})
    with as_tenant(CHUO):
        assert not BookingTerms.objects.exists()


def test_a_receptionist_sets_no_terms_and_decides_on_no_measure(receptionist: Client) -> None:
    facility = factories.meeting_room().facility
    for url in ("/settings/terms/", f"/settings/terms/{facility.pk}/new/", "/penalties/"):
        assert receptionist.get(url).status_code == 403


def proposal() -> Measure:
    room, citizen = factories.meeting_room(), factories.citizen_with_registration()
    factories.terms(
        room.facility,
        points=(PointRule("no_show", Decimal(1)), PointRule("sublet", Decimal(1))),
        thresholds=(Threshold(Decimal(1), 12, "suspend", 30),),
    )
    booking = factories.permitted_booking(citizen, room)
    at = dt.datetime.combine(booking.day, dt.time(12), TOKYO)
    with time_machine.travel(at, tick=False), as_tenant(CHUO):
        decide.attend(actor=STAFF, booking=booking.pk, act="stay_away")
        note_events()
    with as_tenant(CHUO):
        return Measure.objects.get()


def test_a_measure_is_decided_on_its_page_and_its_notice_printed(manager: Client) -> None:
    one = proposal()
    assert "架空" in text_of(manager.get("/penalties/"))
    url = f"/penalties/{one.pk}/"
    assert "無断不使用" in text_of(manager.get(url))
    first = f"{clock.today():%Y-%m-%d}"
    given = {"kind": "suspend", "scope": "tenant", "first": first, "days": "30", "reason": ""}
    assert manager.post(url, given).status_code == 422
    assert manager.post(url, given | {"reason": "無断で使用しなかったため"}).status_code == 302
    answer = manager.post(f"{url}notice/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert manager.post(url, given | {"reason": "二度目"}).status_code == 404


def test_a_measure_of_one_facility_is_decided_and_lifted_on_its_page(manager: Client) -> None:
    one = proposal()
    url = f"/penalties/{one.pk}/"
    first = f"{clock.today():%Y-%m-%d}"
    given = {"kind": "suspend", "scope": "facility", "first": first, "days": "30", "reason": "無断不使用のため"}
    assert manager.post(url, given | {"scope": "x"}).status_code == 422
    assert manager.post(url, given).status_code == 302
    assert "措置を解除する" in text_of(manager.get(url))
    assert manager.post(f"{url}lift/", {"reason": " "}).status_code == 422
    assert manager.post(f"{url}lift/", {"reason": "事情が分かったため"}).status_code == 302
    page = text_of(manager.get(url))
    assert "事情が分かったため" in page
    assert "措置を解除する" not in page
    assert manager.post(f"{url}lift/", {"reason": "二度目"}).status_code == 404


def test_points_are_taken_back_with_a_reason(manager: Client) -> None:
    one = proposal()
    with as_tenant(CHUO):
        point = PenaltyPoint.objects.get()
    url = f"/penalties/{one.pk}/points/{point.pk}/void/"
    assert manager.post(url, {"reason": " "}).status_code == 422
    assert manager.post(url, {"reason": "連絡があったため"}).status_code == 302
    with as_tenant(CHUO):
        assert not Measure.objects.exists()


def test_a_clerk_enters_what_was_seen(desk: Client) -> None:
    proposal()
    with as_tenant(CHUO):
        booking = Booking.objects.get()
    answer = desk.post(f"/bookings/{booking.pk}/penalty/", {"event": "sublet", "note": "別の団体が使用していた"})
    assert answer.status_code == 302
    with as_tenant(CHUO):
        assert PenaltyPoint.objects.count() == 2


def test_a_series_is_previewed_with_its_conflicts_booked_and_given_up_in_part(desk: Client) -> None:
    room, citizen = factories.meeting_room(), factories.citizen_with_registration()
    first = factories.soon()
    days = [first + dt.timedelta(weeks=number) for number in range(4)]
    factories.booking_awaiting_permit(room=room, day=days[1])
    url = f"/registrants/{citizen.registrant.pk}/series/new/"
    assert desk.get(url).status_code == 200
    typed = {
        "key": str(uuid.uuid4()), "room": str(room.pk), "slots": [1], "kind": "weekly", "weekday": first.isoweekday(),
        "every": 1, "first": f"{first:%Y-%m-%d}", "last": f"{days[-1]:%Y-%m-%d}", "purpose": "meeting",
        "headcount": "10", "event_name": "例会",
    }  # fmt: skip
    preview = text_of(desk.post(url, typed))
    assert "予約あり" in preview
    assert "予約できる日は3日です" in preview
    answer = desk.post(url, typed | {"confirmed": "1", f"choice-{days[3]:%Y-%m-%d}": "skip"})
    assert answer.status_code == 302
    with as_tenant(CHUO):
        made = Series.objects.get()
        booked = list(Booking.objects.filter(series=made).order_by("day"))
    assert [one.day for one in booked] == [days[0], days[2]]
    page = f"/series/{made.pk}/"
    assert desk.get(page).status_code == 200
    assert desk.post(f"{page}permit/").status_code == 302
    moved = {"booking": [str(booked[1].pk)], "room": str(room.pk), "slots": [3], "shift": 0}
    assert desk.post(f"{page}change/", moved).status_code == 302
    ended = {"booking": [str(booked[0].pk)], "cause": "own", "reason": "活動をやめるため"}
    assert desk.post(f"{page}cancel/", ended).status_code == 302
    with as_tenant(CHUO):
        rows = Booking.objects.filter(series=made).order_by("day").values_list("state", "slot_numbers")
        assert list(rows) == [("cancelled", [1]), ("permitted", [3])]


def test_a_day_that_is_taken_offers_the_other_rooms_that_are_free(desk: Client) -> None:
    room, citizen = factories.meeting_room(), factories.citizen_with_registration()
    other, busy = (factories.meeting_room(at=room.facility, name=name) for name in ("和室", "講座室"))
    elsewhere = factories.meeting_room(name="別館の室")
    first = factories.soon()
    days = [first + dt.timedelta(weeks=number) for number in range(3)]
    for taken in (room, busy):
        factories.booking_awaiting_permit(room=taken, day=days[1])
    url = f"/registrants/{citizen.registrant.pk}/series/new/"
    typed = {
        "key": str(uuid.uuid4()), "room": str(room.pk), "slots": [1], "kind": "weekly", "weekday": first.isoweekday(),
        "every": 1, "first": f"{first:%Y-%m-%d}", "last": f"{days[-1]:%Y-%m-%d}", "purpose": "meeting",
        "headcount": "10", "event_name": "例会",
    }  # fmt: skip
    preview = text_of(desk.post(url, typed))
    assert "和室" in preview
    assert not {"講座室", elsewhere.name} & set(re.findall(r"<option[^>]*>([^<]*)</option>", preview))
    refused = desk.post(url, typed | {"confirmed": "1", f"choice-{days[1]:%Y-%m-%d}": str(busy.pk)})
    assert (refused.status_code, "先に予約されました" in text_of(refused)) == (409, True)
    assert desk.post(url, typed | {"confirmed": "1", f"choice-{days[1]:%Y-%m-%d}": str(other.pk)}).status_code == 302
    with as_tenant(CHUO):
        rooms = list(Series.objects.get().bookings.order_by("day").values_list("room", flat=True))
    assert rooms == [room.pk, other.pk, room.pk]


def test_the_preview_takes_the_same_statements_for_two_days_and_for_forty(desk: Client) -> None:
    room, citizen = factories.meeting_room(), factories.citizen_with_registration()
    for _ in range(3):
        factories.meeting_room(at=room.facility)
    first = factories.soon()
    typed = {
        "key": str(uuid.uuid4()), "room": str(room.pk), "slots": [1], "kind": "weekly", "weekday": first.isoweekday(),
        "every": 1, "first": f"{first:%Y-%m-%d}", "purpose": "meeting", "headcount": "10", "event_name": "例会",
    }  # fmt: skip
    counts = []
    for number in (2, 40):
        last = first + dt.timedelta(weeks=number - 1)
        with count_statements() as statements:
            answer = desk.post(
                f"/registrants/{citizen.registrant.pk}/series/new/", typed | {"last": f"{last:%Y-%m-%d}"}
            )
        assert f"予約できる日は{number}日です" in text_of(answer)
        counts.append(statements.count)
    assert counts[0] == counts[1]


def test_a_hostile_series_writes_nothing(desk: Client) -> None:
    citizen = factories.citizen_with_registration()
    factories.meeting_room()
    answer = desk.post(f"/registrants/{citizen.registrant.pk}/series/new/", QueryDict("room=x&slots=99&first=%00"))
    assert answer.status_code == 422
