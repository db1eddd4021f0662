"""A public use (行政使用): what it hits, where that may go, and that it happens whole or not at all."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, connection

from apps.bookings.displacement_errors import (
    AnnexLeftAloneError,
    ChoiceMissingError,
    ConsentMissingError,
    DisplacementStateError,
    HitsChangedError,
    RoomsMissingError,
    SpansMissingError,
    UnknownProposalChosenError,
)
from apps.bookings.errors import PastError, ReasonMissingError, SlotTakenError, SpanUpsideDownError
from apps.bookings.models import (
    Block,
    Booking,
    Displacement,
    DisplacementHit,
    FeeSheet,
    Occupation,
    PaymentMethod,
    PenaltyPoint,
    Room,
    Wait,
)
from apps.bookings.queries.displacement import annexes_going
from apps.bookings.rules.displacing import OTHER_ROOM, OTHER_TIME
from apps.bookings.rules.fees.tables import Price, Tariff, TariffMode
from apps.bookings.services import cancel, waits
from apps.bookings.services.change import Target, change_by_staff
from apps.bookings.services.displacement.carry_out import carry_out
from apps.bookings.services.displacement.choosing import Choice, choose_for_all, targets
from apps.bookings.services.displacement.draft import draft
from apps.bookings.services.displacement.ending import call_off_displacement, end_displacement
from apps.bookings.services.displacement.find import find_hits
from apps.bookings.services.displacement.notices import print_notice, print_notices
from apps.bookings.services.fees.receiving import receive
from apps.bookings.services.penalties import note_events
from apps.bookings.services.starting import Wish
from shared.audit.models import AuditEntry
from shared.outbox.models import Message
from tests import factories
from tests.apps.bookings.services.displacement.acts import (
    REASON,
    STAFF,
    carried_out,
    chosen,
    hit_of,
    hours,
    looked_for,
    wanted,
    whole_day,
)
from tests.support.fees import fee_tables
from tests.support.fixtures import Freeze
from tests.support.scopes import as_portal, as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
CANCEL, KEEP = Choice("cancel"), Choice("keep")
MOVED = Choice("move", 0, "phone")


def test_whatever_has_a_part_of_the_room_is_hit_and_nothing_else() -> None:
    hall = factories.hall_with_halves()
    other = factories.meeting_room(at=hall.facility)
    half, whole = (
        factories.booking_awaiting_permit(room=hall.half_a),
        factories.permitted_booking(room=hall.whole, slots=[2]),
    )
    factories.booking_awaiting_permit(room=hall.half_b)
    factories.booking_awaiting_permit(room=other)
    factories.booking_awaiting_permit(room=hall.half_a, day=factories.soon() + dt.timedelta(days=1))
    factories.cancelled_booking(room=hall.half_a, slots=[3])
    held = factories.booking_on_hold(factories.citizen_with_registration(), hall.half_a, slots=[3])
    with as_tenant(CHUO):
        found = looked_for(hall.half_a)
        assert found.state == "found"
        assert set(DisplacementHit.objects.values_list("booking", flat=True)) == {half.pk, whole.pk}
        assert hit_of(found, half).was["room"] == "A面"
        assert not DisplacementHit.objects.filter(booking=held.pk).exists(), "a hold is let go when it is carried out"


def test_a_span_is_half_open() -> None:
    room = factories.meeting_room()
    factories.booking_awaiting_permit(room=room, slots=[1])
    with as_tenant(CHUO):
        assert not looked_for(room, spans=[hours(12, 13)]).hits.exists()
        assert looked_for(room, spans=[hours(11, 12)]).hits.count() == 1


def test_other_rooms_are_proposed_that_suit_and_are_free_the_nearest_in_size_first_then_other_times() -> None:
    at = factories.facility()
    room = factories.meeting_room(at=at, name="会議室", capacity=30)
    big = factories.meeting_room(at=at, name="大会議室", capacity=100)
    near = factories.meeting_room(at=at, name="中会議室", capacity=40)
    factories.meeting_room(at=at, name="小会議室", capacity=5)
    taken = factories.meeting_room(at=at, name="第2会議室", capacity=30)
    factories.booking_awaiting_permit(room=taken)
    elsewhere = factories.meeting_room(name="別館の会議室", capacity=30)
    booking = factories.booking_awaiting_permit(room=room)
    with as_tenant(CHUO):
        found = looked_for(room)
        proposals = targets(hit_of(found, booking))
    rooms = [one.room for one in proposals if one.kind == OTHER_ROOM]
    assert rooms == [near.pk, big.pk, elsewhere.pk]
    times = [one for one in proposals if one.kind == OTHER_TIME]
    assert {one.room for one in times} == {room.pk}
    assert all(one.day != booking.day for one in times), "the whole day is needed"


def test_finding_takes_the_same_statements_for_one_booking_and_for_many() -> None:
    at = factories.facility()
    room, other = factories.meeting_room(at=at), factories.meeting_room(at=at)
    factories.booking_awaiting_permit(room=room)
    with as_tenant(CHUO):
        one = draft(actor=STAFF, wanted=wanted(room))
        with count_statements() as few:
            find_hits(actor=STAFF, displacement=one.pk)
    for slot in (1, 2, 3):
        factories.booking_awaiting_permit(room=other, slots=[slot])
    with as_tenant(CHUO):
        two = draft(actor=STAFF, wanted=wanted(room, other))
        with count_statements() as many:
            find_hits(actor=STAFF, displacement=two.pk)
        assert two.hits.count() == 4
    assert many.count == few.count


def test_it_is_carried_out_whole_with_the_blocks_the_refund_and_one_mail() -> None:
    at = factories.facility()
    room, other = factories.meeting_room(at=at, name="会議室"), factories.meeting_room(at=at, name="第2会議室")
    fee_tables(room), fee_tables(other, only=["tariff"], tariff=_dearer())
    citizen = factories.citizen_with_registration()
    moved = factories.permitted_booking(citizen, room)
    gone = factories.permitted_booking(citizen, room, slots=[2])
    kept = factories.permitted_booking(room=room, slots=[3])
    with as_tenant(CHUO):
        receive(actor=STAFF, booking=gone.pk, amount=1500, method=PaymentMethod.CASH)
        fee = FeeSheet.objects.get(booking=moved.pk).total
        found = looked_for(room)
        chosen(found, a=(moved, MOVED), b=(gone, CANCEL), c=(kept, KEEP))
        before = Message.objects.count()
        done = carried_out(found)
        assert done.state == "done"
        assert done.figures == {
            "hits": 3, "renters": 2, "people": 30, "moved": 1, "cancelled": 1, "let_go": 0, "kept": 1, "refund": 1500,
        }  # fmt: skip
        now = {one.pk: one for one in Booking.objects.all()}
        assert (now[moved.pk].state, now[moved.pk].room_id, now[moved.pk].number) == (
            "permitted", other.pk, moved.number,
        )  # fmt: skip
        assert (now[gone.pk].state, now[gone.pk].refund_percent, now[gone.pk].reason) == ("called_off", 100, REASON)
        assert now[kept.pk].state == "permitted"
        newest = FeeSheet.objects.filter(booking=moved.pk).order_by("number").last()
        assert newest is not None
        assert newest.total == fee, "the other room is dearer: the fee stays"
        assert newest.facts["stead"]["room"] == str(room.pk)
        assert _city_use(room) == [hours(0, 18), hours(21, 24)]
        mail = Message.objects.order_by("created_at", "pk").last()
        assert Message.objects.count() == before + 1
        assert mail is not None
        assert mail.template == "bookings/mail/displaced"
        assert {line["became"] for line in mail.context["lines"]} == {"moved", "cancelled"}
        assert mail.context["refund"] == 1500
        note_events()
        assert not PenaltyPoint.objects.exists()


def _dearer() -> Tariff:
    return Tariff(TariffMode.SLOTS, tuple(Price(9000, (number,)) for number in (1, 2, 3)), article="別表第１")


def _city_use(room: Room) -> list[tuple[dt.datetime, dt.datetime]]:
    rows = Occupation.objects.filter(kind="city_use", block__room=room).order_by("during")
    return [(row.during.lower, row.during.upper) for row in rows]


def test_nothing_is_done_while_a_choice_or_a_consent_is_missing() -> None:
    at = factories.facility()
    room = factories.meeting_room(at=at)
    factories.meeting_room(at=at)
    booking = factories.permitted_booking(room=room)
    with as_tenant(CHUO):
        found = looked_for(room)
        with pytest.raises(ChoiceMissingError):
            carried_out(found)
        chosen(found, a=(booking, Choice("move", 0)))
        with pytest.raises(ConsentMissingError):
            carried_out(found)
        with pytest.raises(UnknownProposalChosenError):
            chosen(found, a=(booking, Choice("move", 99, "phone")))
        assert not Block.objects.exists()


def test_what_came_in_between_is_told_and_nothing_is_half_done() -> None:
    room = factories.meeting_room()
    first = factories.permitted_booking(room=room)
    with as_tenant(CHUO):
        found = looked_for(room)
        chosen(found, a=(first, CANCEL))
    second = factories.booking_awaiting_permit(room=room, slots=[2])
    with as_tenant(CHUO):
        with pytest.raises(HitsChangedError) as told:
            carried_out(found)
        assert told.value.params == {"count": 1}
        assert Booking.objects.get(pk=first.pk).state == "permitted"
        assert not Block.objects.exists()
        again = find_hits(actor=STAFF, displacement=found.pk)
        assert hit_of(again, first).choice == "cancel", "what has not changed stays chosen"
        chosen(again, a=(second, CANCEL))
        assert carried_out(again).figures["cancelled"] == 2


def test_a_booking_that_changed_is_chosen_for_again() -> None:
    room = factories.meeting_room()
    booking = factories.permitted_booking(room=room)
    with as_tenant(CHUO):
        found = looked_for(room)
        chosen(found, a=(booking, CANCEL))
        change_by_staff(actor=STAFF, booking=booking.pk, to=Target(room.pk, booking.day, (2,)))
        with pytest.raises(HitsChangedError):
            carried_out(found)
        find_hits(actor=STAFF, displacement=found.pk)
        hit = hit_of(found, booking)
        assert (hit.choice, hit.was["labels"]) == ("", ["午後"])


def test_a_place_that_was_taken_in_between_undoes_all_of_it() -> None:
    at = factories.facility()
    room, other = factories.meeting_room(at=at), factories.meeting_room(at=at)
    booking, gone = factories.permitted_booking(room=room), factories.permitted_booking(room=room, slots=[2])
    with as_tenant(CHUO):
        found = looked_for(room)
        chosen(found, a=(booking, MOVED), b=(gone, CANCEL))
    factories.booking_awaiting_permit(room=other)
    with as_tenant(CHUO):
        with pytest.raises(SlotTakenError) as told:
            carried_out(found)
        assert told.value.params["number"] == booking.number
        assert Booking.objects.get(pk=gone.pk).state == "permitted"
        assert not Block.objects.exists()


def test_a_hold_is_let_go_and_its_holder_is_told() -> None:
    room, citizen = factories.meeting_room(), factories.citizen_with_registration()
    held = factories.booking_on_hold(citizen, room)
    with as_tenant(CHUO):
        done = carried_out(looked_for(room))
        assert (done.figures["hits"], done.figures["let_go"]) == (0, 1)
        assert Booking.objects.get(pk=held.pk).state == "cancelled"
        assert hit_of(done, held).became == "let_go"
        assert Message.objects.filter(template="bookings/mail/displaced", recipient=citizen.account.pk).exists()
        note_events()
        assert not PenaltyPoint.objects.exists()


def test_all_that_are_open_are_chosen_for_at_once_and_no_place_is_given_twice() -> None:
    at = factories.facility()
    room = factories.hall_with_halves(at=at)
    free = factories.meeting_room(at=at, capacity=100)
    one, two = factories.permitted_booking(room=room.half_a), factories.permitted_booking(room=room.half_b)
    with as_tenant(CHUO):
        found = looked_for(room.whole)
        assert choose_for_all(actor=STAFF, displacement=found.pk, fate="move") == 2
        goals = {(hit.target_room_id, hit.target_day, tuple(hit.target_slots)) for hit in found.hits.all()}
        assert len(goals) == 2
        assert free.pk in {hit_of(found, booking).target_room_id for booking in (one, two)}
        with pytest.raises(ConsentMissingError):
            carried_out(found)


def test_a_whole_and_its_halves_are_blocked_once() -> None:
    hall = factories.hall_with_halves()
    with as_tenant(CHUO):
        done = carried_out(looked_for(hall.whole, hall.half_a, spans=[whole_day(), hours(30, 40)]))
        assert Occupation.objects.filter(kind="city_use").count() == 4
        assert {block.displacement_id for block in Block.objects.all()} == {done.pk}


def test_only_one_of_two_carries_it_out_and_what_is_done_stays() -> None:
    room = factories.meeting_room()
    factories.permitted_booking(room=room)
    with as_tenant(CHUO):
        found = looked_for(room)
        choose_for_all(actor=STAFF, displacement=found.pk, fate="cancel")
        carry_out(actor=STAFF, displacement=found.pk)
        with pytest.raises(DisplacementStateError):
            carry_out(actor=STAFF, displacement=found.pk)
        with pytest.raises(DisplacementStateError):
            find_hits(actor=STAFF, displacement=found.pk)
        for statement in (
            "UPDATE bookings_displacementhit SET refund = 0, paid = 0, became = 'kept'",
            "DELETE FROM bookings_displacementhit",
            "UPDATE bookings_displacement SET state = 'found', carried_at = NULL",
            "UPDATE bookings_displacement SET reason = 'それらしい理由'",
        ):
            with pytest.raises(IntegrityError), connection.cursor() as cursor:
                cursor.execute(statement)
        with pytest.raises(ProgrammingError), connection.cursor() as cursor:
            cursor.execute("DELETE FROM bookings_displacement")


def test_nobody_is_moved_without_consent_even_by_a_statement(superuser: psycopg.Connection) -> None:
    room = factories.meeting_room()
    factories.permitted_booking(room=room)
    with as_tenant(CHUO):
        looked_for(room)
    with pytest.raises(psycopg.errors.CheckViolation):
        superuser.execute("UPDATE chuo.bookings_displacementhit SET became = 'moved'")
    with pytest.raises(psycopg.errors.CheckViolation):
        superuser.execute("UPDATE chuo.bookings_displacementhit SET became = 'cancelled', paid = 100, refund = 50")


def test_the_days_end_gives_the_rooms_back_and_the_line_is_served() -> None:
    room = factories.meeting_room()
    booking = factories.permitted_booking(room=room)
    waiting = factories.citizen_with_registration()
    with as_portal(CHUO, waiting.account.pk):
        wish = Wish(waiting.registrant.pk, room.pk, booking.day, (1,), uuid.uuid4())
        waits.join_line(actor=waiting.actor, wish=wish)
    with as_tenant(CHUO):
        found = looked_for(room)
        choose_for_all(actor=STAFF, displacement=found.pk, fate="cancel")
        carried_out(found)
        assert waits.serve_lines() == 0, "the slot is blocked"
        ended = end_displacement(actor=STAFF, displacement=found.pk, reason="投票所を別の場所に移したため")
        assert (ended.state, Block.objects.count()) == ("ended", 0)
        assert waits.serve_lines() == 1
        assert Wait.objects.get().state == "offered"


def test_a_use_under_way_ends_now(freeze: Freeze) -> None:
    room = factories.meeting_room()
    day = factories.soon()
    with as_tenant(CHUO):
        found = carried_out(looked_for(room))
    freeze(f"{day} 14:00")
    with as_tenant(CHUO):
        end_displacement(actor=STAFF, displacement=found.pk, reason="避難者が全員帰宅したため")
        assert _city_use(room) == [hours(0, 14, day)]


def test_it_can_be_called_off_before_with_a_reason() -> None:
    room = factories.meeting_room()
    factories.permitted_booking(room=room)
    with as_tenant(CHUO):
        found = looked_for(room)
        with pytest.raises(ReasonMissingError):
            call_off_displacement(actor=STAFF, displacement=found.pk, reason=" ")
        assert (
            call_off_displacement(actor=STAFF, displacement=found.pk, reason="会場が変わったため").state == "called_off"
        )
        with pytest.raises(DisplacementStateError):
            carried_out(found)


def test_the_notice_tells_the_reason_and_how_to_contest_a_permit_taken_back() -> None:
    at = factories.facility()
    room = factories.meeting_room(at=at)
    factories.meeting_room(at=at)
    permit, applied = factories.permitted_booking(room=room), factories.booking_awaiting_permit(room=room, slots=[2])
    with as_tenant(CHUO):
        found = looked_for(room)
        chosen(found, a=(permit, CANCEL), b=(applied, MOVED))
        carried_out(found)
        notice, other = hit_of(found, permit).notice, hit_of(found, applied).notice
        assert notice and other  # noqa: PT018  # both
        assert notice["title"] == f"架空市{at.name}使用許可取消通知書"
        assert ["理由", REASON] in notice["rows"]
        assert ["根拠規定", "公職選挙法第39条"] in notice["rows"]
        assert notice["instruction"] is not None
        assert (other["title"], other["instruction"]) == (f"架空市{at.name}使用申請変更通知書", None)
        serials = list(DisplacementHit.objects.order_by("serial").values_list("serial", flat=True))
        assert serials[1] == serials[0] + 1  # type: ignore[operator]
        assert print_notice(actor=STAFF, displacement=found.pk, hit=hit_of(found, permit).pk).startswith(b"%PDF")
        assert print_notices(actor=STAFF, displacement=found.pk).startswith(b"%PDF")
        assert hit_of(found, permit).printed == 2
        assert AuditEntry.objects.filter(action="print", object_type="displacement").count() == 2


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"article": " "}, ReasonMissingError),
        ({"reason": ""}, ReasonMissingError),
        ({"occasion": "other"}, ReasonMissingError),
        ({"spans": [hours(-500, -490)]}, PastError),
        ({"spans": [hours(12, 9)]}, SpanUpsideDownError),
    ],
)
def test_a_draft_says_when_why_and_on_which_ground(values: dict[str, Any], error: type[Exception]) -> None:
    room = factories.meeting_room()
    with as_tenant(CHUO), pytest.raises(error):
        draft(actor=STAFF, wanted=wanted(room, **values))


def test_the_rooms_are_of_one_facility() -> None:
    with as_tenant(CHUO), pytest.raises(RoomsMissingError):
        draft(actor=STAFF, wanted=wanted(factories.meeting_room(), factories.meeting_room()))


def test_a_cancelled_booking_is_no_hit_any_more() -> None:
    room = factories.meeting_room()
    booking = factories.permitted_booking(room=room)
    with as_tenant(CHUO):
        found = looked_for(room)
        cancel.cancel_by_staff(actor=STAFF, booking=booking.pk, reason="本人の申出", late=True)
        find_hits(actor=STAFF, displacement=found.pk)
        assert not DisplacementHit.objects.exists()
        assert Displacement.objects.get().state == "found"
    assert SpansMissingError.code == "displacement_spans"


def with_annex() -> tuple[Booking, Booking]:
    """A hall that is needed, and its annex, which is not."""
    citizen, hall = factories.citizen_with_registration(), factories.meeting_room(name="ホール")
    annex = factories.meeting_room(at=hall.facility, name="控室", parent=hall)
    first = factories.permitted_booking(citizen, hall)
    return first, factories.permitted_booking(citizen, annex)


def test_an_annex_elsewhere_goes_with_its_cancelled_hall_and_stands_in_the_record() -> None:
    hall, annex = with_annex()
    with as_tenant(CHUO):
        found = looked_for(Room.objects.get(pk=hall.room_id))
        assert [one.pk for one in annexes_going(found.pk)] == []
        chosen(found, hall=(hall, CANCEL))
        assert [one.pk for one in annexes_going(found.pk)] == [annex.pk]
        done = carried_out(found)
        assert (done.figures["cancelled"], done.figures["hits"]) == (2, 2)
        row = hit_of(found, annex)
        assert (row.became, row.serial is not None) == ("cancelled", True)
        gone = Booking.objects.get(pk=annex.pk)
        assert (gone.state, gone.went_with_id) == ("called_off", hall.pk)
        [mail] = Message.objects.filter(template="bookings/mail/displaced")
    assert {line["number"] for line in mail.context["lines"]} == {hall.number, annex.number}


def test_an_annex_neither_stays_nor_moves_while_its_hall_is_cancelled() -> None:
    hall, annex = with_annex()
    with as_tenant(CHUO):
        rooms = Room.objects.filter(pk__in=[hall.room_id, annex.room_id])
        found = looked_for(*rooms)
        chosen(found, hall=(hall, CANCEL), annex=(annex, KEEP))
        with pytest.raises(AnnexLeftAloneError) as told:
            carried_out(found)
        assert told.value.params == {"number": annex.number}
        chosen(found, annex=(annex, CANCEL))
        carried_out(found)
        assert set(Booking.objects.values_list("state", flat=True)) == {"called_off"}
