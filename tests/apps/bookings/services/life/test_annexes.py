"""An annex (附属の室場) goes with the booking of its room: by every act, with its own refund, told in one mail."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
import time_machine
from django.db import connection

from apps.bookings.errors import BookingError
from apps.bookings.gear_errors import AnnexAloneError, AnnexStandsError
from apps.bookings.models import (
    Booking,
    BookingAct,
    BookingState,
    Document,
    DocumentKind,
    Occupation,
    PaymentMethod,
    PenaltyPoint,
    Room,
)
from apps.bookings.rules.deadlines import RefundStep
from apps.bookings.rules.terms import Tentative
from apps.bookings.services import cancel, decide
from apps.bookings.services.apply import Application, apply_for_hold
from apps.bookings.services.change import Target, change_by_staff
from apps.bookings.services.expire import expire_tentative
from apps.bookings.services.fees.receiving import receive
from apps.bookings.services.fees.refunding import due_of
from apps.bookings.services.penalties import note_events
from kernel import clock
from shared.actor import Actor
from shared.audit.models import AuditEntry
from shared.outbox.models import Message
from tests import factories
from tests.apps.bookings.services.life.test_penalties import RULES
from tests.factories import AFTERNOON, EVENING, MORNING
from tests.support.fees import fee_tables
from tests.support.scopes import as_portal, as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO
from tests.support.waiting import Gate

pytestmark = pytest.mark.usefixtures("database")
STAFF = Actor(kind="staff", id=uuid.uuid4())
REASON = "設備が故障したため"


@dataclass(frozen=True)
class House:
    """Somebody with a hall and its annex."""

    citizen: factories.Citizen
    hall: Room
    annex: Room


def house(*, reception: str = "reviewed", of_annex: str | None = None) -> House:
    hall = factories.meeting_room(name="ホール", reception=reception)
    annex = factories.meeting_room(at=hall.facility, name="控室", parent=hall, reception=of_annex or reception)
    return House(factories.citizen_with_registration(), hall, annex)


def both(at: House, **values: Any) -> tuple[Booking, Booking]:
    """The hall and the annex, applied for."""
    return tuple(factories.booking_awaiting_permit(at.citizen, room, **values) for room in (at.hall, at.annex))  # type: ignore[return-value]


def permitted(*bookings: Booking) -> None:
    with as_tenant(CHUO):
        for one in bookings:
            decide.permit(actor=STAFF, booking=one.pk)


def fresh(booking: Booking) -> Booking:
    with as_tenant(CHUO):
        return Booking.objects.select_related("room__facility").get(pk=booking.pk)


def acted(act: Callable[..., Booking], booking: Booking, **values: Any) -> None:
    with as_tenant(CHUO):
        act(actor=STAFF, booking=booking.pk, **values)


def given_up(at: House, booking: Booking) -> None:
    with as_portal(CHUO, at.citizen.account.pk):
        cancel.cancel_by_citizen(actor=at.citizen.actor, booking=booking.pk)


def test_whoever_gives_up_the_hall_gives_up_the_annex_and_is_told_in_one_mail() -> None:
    at = house()
    hall, annex = both(at)
    given_up(at, hall)
    ended = fresh(annex)
    assert (ended.state, ended.went_with_id, ended.cause) == (BookingState.CANCELLED, hall.pk, "own")
    assert hall.number in ended.reason
    with as_tenant(CHUO):
        assert not Occupation.objects.exists()
        act = BookingAct.objects.get(booking=annex.pk, act="cancel")
        assert (act.actor_kind, hall.number in act.reason) == ("citizen", True)
        mails = [one.context for one in Message.objects.filter(template="bookings/mail/cancelled")]
        assert AuditEntry.objects.filter(object_id=str(annex.pk), detail__act="cancel").count() == 1
    assert [(one["number"], [line["number"] for line in one["along"]]) for one in mails] == [
        (hall.number, [annex.number])
    ]


@pytest.mark.parametrize(
    ("act", "values", "permits", "state", "mail"),
    [
        (decide.refuse, {"reason": REASON}, "", ("refused", "refused"), "refused"),
        (decide.refuse, {"reason": REASON}, "annex", ("refused", "called_off"), "refused"),
        (decide.revoke, {"reason": REASON}, "hall annex", ("revoked", "revoked"), "revoked"),
        (decide.revoke, {"reason": REASON}, "hall", ("revoked", "refused"), "revoked"),
        (cancel.call_off, {"reason": REASON}, "hall", ("called_off", "called_off"), "called_off"),
        (cancel.cancel_by_staff, {"reason": REASON}, "hall annex", ("cancelled", "cancelled"), "cancelled"),
    ],
)
def test_what_the_desk_does_to_the_hall_ends_the_annex(
    act: Callable[..., Booking], values: dict[str, str], permits: str, state: tuple[str, str], mail: str
) -> None:
    hall, annex = both(house())
    permitted(*(one for one, name in ((hall, "hall"), (annex, "annex")) if name in permits.split()))
    acted(act, hall, **values)
    assert (fresh(hall).state, fresh(annex).state) == state
    told = fresh(annex).reason
    assert told.endswith(REASON)
    assert hall.number in told
    with as_tenant(CHUO):
        assert not Occupation.objects.exists()
        rows = Message.objects.filter(template=f"bookings/mail/{mail}")
        assert [[one["number"] for one in row.context["along"]] for row in rows] == [[annex.number]]
        kinds = {BookingState.REFUSED: DocumentKind.REFUSAL, BookingState.REVOKED: DocumentKind.REVOCATION}
        wanted = [kinds[BookingState(one)] for one in state if one in kinds]
        issued = Document.objects.exclude(kind=DocumentKind.PERMIT).order_by("serial")
        assert list(issued.values_list("kind", flat=True)) == wanted


def test_what_expires_takes_its_annex_along_also_where_that_was_permitted() -> None:
    at = house(reception="tentative", of_annex="immediate")
    factories.terms(at.hall.facility, tentative=Tentative(days=3))
    hall, annex = both(at)
    assert annex.state == BookingState.PERMITTED
    assert hall.due_at is not None
    with time_machine.travel(hall.due_at, tick=False), as_tenant(CHUO):
        assert expire_tentative() == 1
    assert (fresh(hall).state, fresh(annex).state) == ("expired", "cancelled")
    with as_tenant(CHUO):
        assert not Occupation.objects.exists()
        [mail] = Message.objects.filter(template="bookings/mail/expired")
    assert [one["state"] for one in mail.context["along"]] == ["cancelled"]


def test_two_that_are_due_at_once_expire_each_once() -> None:
    at = house(reception="tentative")
    hall, annex = both(at)
    assert annex.due_at is not None
    with time_machine.travel(annex.due_at + dt.timedelta(hours=1), tick=False), as_tenant(CHUO):
        assert expire_tentative() == 2
    assert {fresh(hall).state, fresh(annex).state} == {"expired"}


def paid(*bookings: Booking) -> None:
    with as_tenant(CHUO):
        for one in bookings:
            receive(actor=STAFF, booking=one.pk, amount=1000, method=PaymentMethod.CASH)


def test_each_returns_its_own_share() -> None:
    at = house()
    steps = (RefundStep(7, 50), RefundStep(7, 80, rooms=(at.annex.pk,)))
    factories.terms(at.hall.facility, refunds=steps)
    for room in (at.hall, at.annex):
        fee_tables(room, only=["tariff"] if room == at.annex else ())
    hall, annex = both(at)
    permitted(hall, annex)
    paid(hall, annex)
    given_up(at, hall)
    assert (fresh(hall).refund_percent, fresh(annex).refund_percent) == (50, 80)
    with as_tenant(CHUO):
        due = [due_of(fresh(one)) for one in (hall, annex)]
    assert [one and one.amount for one in due] == [500, 800]


def test_an_annex_that_was_permitted_while_its_hall_is_refused_is_paid_back_wholly() -> None:
    at = house()
    for room in (at.hall, at.annex):
        fee_tables(room, only=["tariff"] if room == at.annex else ())
    hall, annex = both(at)
    permitted(annex)
    paid(annex)
    acted(decide.refuse, hall, reason=REASON)
    assert fresh(annex).refund_percent == 100


def test_one_act_gives_points_once() -> None:
    at = house()
    factories.terms(at.hall.facility, points=RULES)
    hall, _annex = both(at, day=clock.today() + dt.timedelta(days=3))
    given_up(at, hall)
    with as_tenant(CHUO):
        note_events()
        assert list(PenaltyPoint.objects.values_list("booking", flat=True)) == [hall.pk]


def test_an_annex_stays_that_another_booking_of_the_hall_covers_or_somebody_else_has() -> None:
    at = house()
    hall, annex = both(at)
    other = factories.booking_awaiting_permit(at.citizen, at.hall, slots=[AFTERNOON])
    later = factories.booking_awaiting_permit(at.citizen, at.annex, slots=[AFTERNOON])
    given_up(at, hall)
    assert [fresh(one).state for one in (annex, other, later)] == ["cancelled", "under_review", "under_review"]
    theirs = House(factories.citizen_with_registration(), at.hall, at.annex)
    mine = factories.booking_awaiting_permit(theirs.citizen, at.hall, slots=[EVENING])
    given_up(at, other)
    assert (fresh(later).state, fresh(mine).state) == ("cancelled", "under_review")


def test_a_hold_of_the_annex_is_let_go_and_not_applied_for_alone() -> None:
    at = house()
    hall = factories.booking_awaiting_permit(at.citizen, at.hall)
    held = factories.booking_on_hold(at.citizen, at.annex)
    given_up(at, hall)
    with as_portal(CHUO, at.citizen.account.pk), pytest.raises(BookingError):
        apply_for_hold(actor=at.citizen.actor, booking=held.pk, application=Application(factories.MEETING, 10, "例会"))
    with as_tenant(CHUO):
        assert not Occupation.objects.exists()


def test_an_annex_that_was_used_stays_used() -> None:
    at = house()
    hall, annex = both(at)
    permitted(hall, annex)
    with time_machine.travel(hall.during.lower - dt.timedelta(minutes=10), tick=False), as_tenant(CHUO):
        decide.attend(actor=STAFF, booking=annex.pk, act="come")
        cancel.call_off(actor=STAFF, booking=hall.pk, reason=REASON)
    assert (fresh(hall).state, fresh(annex).state) == ("called_off", "used")


def test_the_hall_moves_where_it_still_covers_its_annex_and_nowhere_else() -> None:
    hall, _annex = both(house())
    with as_tenant(CHUO):
        for slots in ((AFTERNOON,), (AFTERNOON, EVENING)):
            with pytest.raises(AnnexStandsError):
                change_by_staff(actor=STAFF, booking=hall.pk, to=Target(hall.room_id, hall.day, slots))
        whole = Target(hall.room_id, hall.day, (MORNING, AFTERNOON))
        moved = change_by_staff(actor=STAFF, booking=hall.pk, to=whole)
    assert moved.slot_numbers == [MORNING, AFTERNOON]


def test_more_annexes_are_not_looked_for_one_by_one() -> None:
    counted = []
    for number in (1, 3):
        at = house()
        more = [
            factories.meeting_room(at=at.hall.facility, name=f"楽屋{one}", parent=at.hall) for one in range(number - 1)
        ]
        hall, _annex = both(at)
        for room in more:
            factories.booking_awaiting_permit(at.citizen, room)
        with as_tenant(CHUO), count_statements() as statements:
            cancel.cancel_by_staff(actor=STAFF, booking=hall.pk, reason=REASON)
        counted.append(statements)
    assert counted[1].count - counted[0].count <= 4  # an update each, and its documents


def test_of_a_hall_that_goes_and_an_annex_that_comes_at_once_no_annex_stays_alone() -> None:
    for _ in range(6):
        at = house()
        hall = factories.booking_awaiting_permit(at.citizen, at.hall)
        gate = Gate(2)

        def go(at: House = at, hall: Booking = hall, gate: Gate = gate) -> None:
            gate.wait()
            given_up(at, hall)
            connection.close()

        def come(at: House = at, gate: Gate = gate) -> None:
            gate.wait()
            with suppress(AnnexAloneError):
                factories.booking_on_hold(at.citizen, at.annex)
            connection.close()

        with ThreadPoolExecutor(2) as pool:
            for one in [pool.submit(go), pool.submit(come)]:
                one.result()
        with as_tenant(CHUO):
            assert not Occupation.objects.filter(part__facility=at.hall.facility).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        "went_with_id = (SELECT id FROM bookings_booking WHERE state = 'under_review' AND id <> %(annex)s LIMIT 1)",
        "went_with_id = %(annex)s",
        "went_with_id = NULL",
        "state = 'permitted'",
    ],
)
def test_with_what_an_annex_went_is_not_invented_by_raw_sql(superuser: psycopg.Connection, wrong: str) -> None:
    at = house()
    hall, annex = both(at)
    given_up(at, hall)
    factories.booking_awaiting_permit(at.citizen, at.hall)
    with superuser.transaction(force_rollback=True):
        superuser.execute(f"SET LOCAL search_path = {CHUO}, shared, extensions")
        with pytest.raises(psycopg.errors.CheckViolation):
            superuser.execute(f"UPDATE bookings_booking SET {wrong} WHERE id = %(annex)s", {"annex": annex.pk})
