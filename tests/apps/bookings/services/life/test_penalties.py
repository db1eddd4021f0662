"""Points are given for what happened, a measure is proposed, and a person decides."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

import psycopg
import pytest
import time_machine

from apps.bookings.errors import RegistrantNotActiveError
from apps.bookings.life_errors import UnknownCauseError, UnknownProposalError
from apps.bookings.models import Booking, Measure, MeasureKind, PenaltyPoint
from apps.bookings.rules.penalties import Exempt, PointRule, Threshold
from apps.bookings.services import decide
from apps.bookings.services.cancel import cancel_by_citizen, cancel_by_staff
from apps.bookings.services.measures import dismiss_measure, print_notice, take_measure
from apps.bookings.services.penalties import enter_event, note_events, void_point
from apps.registrants.queries.standing import standing_of
from kernel import clock
from kernel.clock import TOKYO
from shared.actor import Actor
from shared.outbox.models import Message
from tests import factories
from tests.support.scopes import as_portal, as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
STAFF = Actor(kind="staff", id=uuid.uuid4())
RULES = (
    PointRule("no_show", Decimal(1)),
    PointRule("late_cancel", Decimal("0.5"), days=3),
    PointRule("sublet", Decimal(2)),
)
STEPS = (Threshold(Decimal("0.5"), 12, "warn"), Threshold(Decimal(1), 12, "suspend", days=30))


@pytest.fixture
def citizen() -> factories.Citizen:
    return factories.citizen_with_registration()


def absent(citizen: factories.Citizen, **terms: Any) -> Booking:
    """A permitted booking whose people stayed away, seen on its day."""
    room = factories.meeting_room()
    values: dict[str, Any] = {"points": RULES, "thresholds": STEPS}
    factories.terms(room.facility, **values | terms)
    booking = factories.permitted_booking(citizen, room)
    with time_machine.travel(noon(booking), tick=False), as_tenant(CHUO):
        decide.attend(actor=STAFF, booking=booking.pk, act="stay_away")
        note_events()
        note_events()
    return booking


def noon(booking: Booking) -> dt.datetime:
    return dt.datetime.combine(booking.day, dt.time(12), TOKYO)


def measures() -> list[tuple[str, str]]:
    with as_tenant(CHUO):
        return list(Measure.objects.values_list("kind", "state"))


def points() -> list[Decimal]:
    with as_tenant(CHUO):
        return list(PenaltyPoint.objects.filter(void_at=None).values_list("points", flat=True))


def test_an_absence_counts_once_and_only_proposes(citizen: factories.Citizen) -> None:
    absent(citizen)
    assert (points(), measures()) == ([Decimal(1)], [("suspend", "proposed")])
    with as_tenant(CHUO):
        assert standing_of(citizen.registrant, clock.today()).state == "active"


def test_on_exempt_days_and_without_rules_nothing_counts(citizen: factories.Citizen) -> None:
    absent(citizen, exempt=(Exempt(factories.soon(), factories.soon(), "台風"),))
    assert (points(), measures()) == ([], [])


def test_an_absence_entered_by_mistake_takes_its_points_and_its_proposal_back(citizen: factories.Citizen) -> None:
    booking = absent(citizen)
    with time_machine.travel(noon(booking), tick=False), as_tenant(CHUO):
        decide.attend(actor=STAFF, booking=booking.pk, act="come")
        note_events()
    assert (points(), measures()) == ([], [])


@pytest.mark.parametrize(("ahead", "given"), [(3, [Decimal("0.5")]), (4, [])])
def test_a_late_cancellation_counts_by_the_days_ahead(
    citizen: factories.Citizen, ahead: int, given: list[Decimal]
) -> None:
    room = factories.meeting_room()
    factories.terms(room.facility, points=RULES, thresholds=STEPS)
    booking = factories.booking_awaiting_permit(citizen, room)
    with time_machine.travel(noon(booking) - dt.timedelta(days=ahead), tick=False):
        with as_portal(CHUO, citizen.account.pk):
            cancel_by_citizen(actor=citizen.actor, booking=booking.pk)
        with as_tenant(CHUO):
            note_events()
    assert points() == given


def test_what_is_excused_or_the_facilitys_own_does_not_count(citizen: factories.Citizen) -> None:
    room = factories.meeting_room()
    factories.terms(room.facility, points=RULES, thresholds=STEPS)
    booking = factories.booking_awaiting_permit(citizen, room)
    with time_machine.travel(noon(booking) - dt.timedelta(days=1), tick=False):
        with as_portal(CHUO, citizen.account.pk), pytest.raises(UnknownCauseError):
            cancel_by_citizen(actor=citizen.actor, booking=booking.pk, cause="weather")
        with as_tenant(CHUO):
            cancel_by_staff(actor=STAFF, booking=booking.pk, cause="weather", reason="台風のため")
            note_events()
    assert points() == []


def test_a_suspension_is_taken_by_a_person_with_a_notice(citizen: factories.Citizen) -> None:
    booking = absent(citizen)
    with time_machine.travel(noon(booking), tick=False), as_tenant(CHUO):
        first = clock.today()
        one = Measure.objects.get()
        take_measure(
            actor=STAFF,
            measure=one.pk,
            kind=MeasureKind.SUSPEND,
            days=30,
            first=first,
            reason="無断で使用しなかったため",
        )
        one.refresh_from_db()
        assert (one.state, one.last, one.decided_by) == ("taken", first + dt.timedelta(days=29), STAFF.id)
        assert standing_of(citizen.registrant, first).state == "suspended"
        assert one.notice is not None
        assert one.notice["title"] == "利用停止通知書"
        assert one.notice["instruction"]["paragraphs"]
        assert print_notice(actor=STAFF, measure=one.pk).startswith(b"%PDF")
        assert Message.objects.filter(template="bookings/mail/measure").count() == 1
        assert note_events() == 0
        with pytest.raises(UnknownProposalError):
            dismiss_measure(actor=STAFF, measure=one.pk, reason="もう一度")
    with time_machine.travel(noon(booking), tick=False), pytest.raises(RegistrantNotActiveError):
        factories.booking_on_hold(citizen, factories.meeting_room())


def test_what_was_decided_is_not_proposed_again_until_newer_points(citizen: factories.Citizen) -> None:
    booking = absent(citizen)
    with time_machine.travel(noon(booking) + dt.timedelta(hours=1), tick=False), as_tenant(CHUO):
        dismiss_measure(actor=STAFF, measure=Measure.objects.get().pk, reason="事情を聞いたため")
    with time_machine.travel(noon(booking) + dt.timedelta(hours=2), tick=False), as_tenant(CHUO):
        note_events()
        assert Measure.objects.count() == 1
        enter_event(actor=STAFF, booking=booking.pk, event="sublet", note="別の団体が使用していた")
    assert sorted(measures()) == [("suspend", "dismissed"), ("suspend", "proposed")]


def test_points_that_staff_take_back_take_the_proposal_with_them(citizen: factories.Citizen) -> None:
    absent(citizen)
    with as_tenant(CHUO):
        void_point(actor=STAFF, point=PenaltyPoint.objects.get().pk, reason="連絡があったと分かったため")
    assert (points(), measures()) == ([], [])


def test_nobody_else_can_have_somebody_locked_out(citizen: factories.Citizen) -> None:
    """Points rest on acts of the registrant or of staff only: the portal has no right on them at all."""
    absent(citizen)
    other = factories.citizen_with_registration()
    with as_portal(CHUO, other.account.pk):
        assert list(Measure.objects.order_by("kind").values_list("kind", flat=True)) == []


def test_raw_sql_takes_no_measure_without_a_person_and_a_reason(
    superuser: psycopg.Connection, citizen: factories.Citizen
) -> None:
    absent(citizen)
    with pytest.raises(psycopg.errors.CheckViolation):
        superuser.execute("UPDATE chuo.bookings_measure SET state = 'taken'")
