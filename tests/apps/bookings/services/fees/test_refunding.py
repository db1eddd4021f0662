"""Money that goes back: by the rules, decided by a person, handed out in parts, put to another fee; and the guards."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import psycopg
import pytest
from django.db import Error, IntegrityError, connection, transaction

from apps.bookings.errors import DayClosedError, TooMuchReceivedError
from apps.bookings.models import (
    Booking,
    Payment,
    PaymentMethod,
    PayoutMethod,
    Refund,
    RefundKind,
    RefundPayout,
    Room,
)
from apps.bookings.queries.ledgers import GOES_BACK, OWING, ledger_of, with_ledger
from apps.bookings.queries.payments import cash_of, day_sheet
from apps.bookings.refund_errors import (
    NotAFeeToOffsetError,
    NothingToRefundError,
    RefundChangedError,
    RefundDecidedError,
    RefundHandedOutError,
    RefundReasonError,
    RefundShareError,
    TooMuchHandedOutError,
    UnknownRefundError,
)
from apps.bookings.rules.deadlines import RefundStep
from apps.bookings.rules.fees.ledger import PaymentState
from apps.bookings.services.cancel import call_off, cancel_by_citizen, cancel_by_staff
from apps.bookings.services.decide import permit, refuse, revoke
from apps.bookings.services.fees.asking import ask_for_reduction
from apps.bookings.services.fees.deciding import confirm_evidence, grant_reduction
from apps.bookings.services.fees.offsetting import offset, offsettable
from apps.bookings.services.fees.receiving import close_day, receive, void
from apps.bookings.services.fees.refunding import decide_refund, due_of, pay_out, withdraw_refund
from kernel import clock
from shared.actor import Actor
from shared.audit.models import AuditEntry
from shared.outbox.models import Message
from tests import factories
from tests.apps.bookings.services.test_races import together
from tests.support.fees import fee_tables
from tests.support.scopes import as_portal, as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
CASH = PayoutMethod.CASH
CLERK = Actor(kind="staff", id=UUID(int=7))
STEPS = (RefundStep(10, 90, article="第１０条"), RefundStep(5, 50, article="第１０条"))


@pytest.fixture
def room(database: None) -> Room:
    """A room with prices, whose facility gives back 90% until ten days before the use, 50% until five."""
    found = factories.meeting_room()
    factories.terms(found.facility, refunds=STEPS)
    fee_tables(found)
    return found


@pytest.fixture
def citizen(room: Room) -> factories.Citizen:
    return factories.citizen_with_registration()


def booked(citizen: factories.Citizen, room: Room, *, left: int = 14, slots: tuple[int, ...] = (1, 2)) -> Booking:
    """A booking that costs 2,500円 and is used in ``left`` days."""
    day = clock.today() + dt.timedelta(days=left)
    return factories.booking_awaiting_permit(citizen, room, day=day, slots=slots)


def pay(booking: Booking, amount: int = 2500) -> Payment:
    with as_tenant(CHUO):
        return receive(actor=CLERK, booking=booking.pk, amount=amount, method=PaymentMethod.CASH)


def give_up(booking: Booking, cause: str = "own") -> None:
    with as_tenant(CHUO):
        cancel_by_staff(actor=CLERK, booking=booking.pk, reason="電話による申出", cause=cause)


def decide(booking: Booking, **values: object) -> Refund:
    with as_tenant(CHUO):
        return decide_refund(actor=CLERK, booking=booking.pk, **values)  # type: ignore[arg-type]


def state(booking: Booking) -> PaymentState:
    with as_tenant(CHUO):
        return ledger_of(booking.pk).state


@pytest.fixture
def cancelled(citizen: factories.Citizen, room: Room) -> Booking:
    """Paid, and given up in time for 90%: 2,250円 go back."""
    booking = booked(citizen, room)
    pay(booking)
    give_up(booking)
    return booking


@pytest.mark.parametrize(("left", "amount"), [(14, 2250), (10, 2250), (9, 1250), (5, 1250), (4, 0)])
def test_a_booking_given_up_gives_back_by_the_days_before_the_use(
    citizen: factories.Citizen, room: Room, left: int, amount: int
) -> None:
    booking = booked(citizen, room, left=left)
    pay(booking)
    with as_portal(CHUO, citizen.account.pk):
        cancel_by_citizen(actor=citizen.actor, booking=booking.pk)
    with as_tenant(CHUO):
        due = due_of(Booking.objects.get(pk=booking.pk))
    assert due is not None
    assert (due.amount, due.article) == (amount, "第１０条")
    assert str(left) in due.rule
    assert state(booking) == (PaymentState.OVER if amount else PaymentState.NOTHING_BACK)


def test_a_cause_with_a_share_of_its_own_goes_before_the_table(citizen: factories.Citizen, room: Room) -> None:
    booking = booked(citizen, room, left=1)
    pay(booking)
    give_up(booking, cause="weather")
    assert decide(booking).amount == 2500


def test_all_goes_back_when_the_facility_calls_off_and_nothing_when_a_permit_is_revoked(
    citizen: factories.Citizen, room: Room
) -> None:
    called_off, refused, revoked = (booked(citizen, room, left=left) for left in (1, 2, 3))
    with as_tenant(CHUO):
        permit(actor=CLERK, booking=revoked.pk)
    for one in (called_off, refused, revoked):
        pay(one)
    with as_tenant(CHUO):
        call_off(actor=CLERK, booking=called_off.pk, reason="投票所に使うため")
        refuse(actor=CLERK, booking=refused.pk, reason="設備の点検と重なるため")
        revoke(actor=CLERK, booking=revoked.pk, reason="目的と違う使用")
    assert [decide(one).amount for one in (called_off, refused)] == [2500, 2500]
    assert state(revoked) == PaymentState.NOTHING_BACK
    with pytest.raises(NothingToRefundError):
        decide(revoked)
    special = decide(revoked, percent=50, reason="利用者の責めによらない事情があったため")
    assert special.amount == 1250


def test_what_was_never_paid_gives_nothing_back(citizen: factories.Citizen, room: Room) -> None:
    booking = booked(citizen, room)
    give_up(booking)
    assert state(booking) == PaymentState.NOTHING_BACK
    with pytest.raises(NothingToRefundError):
        decide(booking)


def test_a_decision_has_its_number_its_form_its_trace_and_its_mail(cancelled: Booking) -> None:
    refund = decide(cancelled, seen=2250)
    assert (refund.serial, refund.kind, refund.base, refund.percent, refund.amount) == (1, "ended", 2500, 90, 2250)
    content = str(refund.content)
    assert cancelled.number in content
    assert "領収第" in content
    with as_tenant(CHUO):
        entries = list(AuditEntry.objects.filter(object_id=str(cancelled.pk)).order_by("at", "id"))
        mails = Message.objects.filter(template="bookings/mail/refund_decided").count()
    assert entries[-1].detail["act"] == "refund_decide"
    assert mails == 1


def test_another_share_needs_a_reason_and_stays_a_share(cancelled: Booking) -> None:
    with pytest.raises(RefundReasonError):
        decide(cancelled, percent=100)
    for share in (-1, 101):
        with pytest.raises(RefundShareError):
            decide(cancelled, percent=share, reason="理由")
    with pytest.raises(RefundChangedError):
        decide(cancelled, seen=2500)
    refund = decide(cancelled, percent=100, reason="感染症のため")
    assert (refund.amount, refund.reason, refund.serial) == (2500, "感染症のため", 1)
    with pytest.raises(NothingToRefundError):
        decide(cancelled)


def test_a_refund_is_handed_out_in_parts_and_never_more_than_was_decided(cancelled: Booking) -> None:
    refund = decide(cancelled)
    states = [state(cancelled)]
    with as_tenant(CHUO):
        for wrong in (0, -5, 2251):
            with pytest.raises(TooMuchHandedOutError):
                pay_out(actor=CLERK, refund=refund.pk, amount=wrong, method=CASH)
        pay_out(actor=CLERK, refund=refund.pk, amount=250, method=CASH)
        with pytest.raises(TooMuchHandedOutError):
            pay_out(actor=CLERK, refund=refund.pk, amount=2250, method=CASH)
        pay_out(actor=CLERK, refund=refund.pk, amount=2000, method=PayoutMethod.TRANSFER)
    states.append(state(cancelled))
    assert states == [PaymentState.OVER, PaymentState.REFUNDED]


def test_the_sheet_of_a_day_and_the_drawer_know_what_went_back(cancelled: Booking) -> None:
    refund = decide(cancelled)
    with as_tenant(CHUO):
        pay_out(actor=CLERK, refund=refund.pk, amount=1000, method=CASH)
        pay_out(actor=CLERK, refund=refund.pk, amount=500, method=PayoutMethod.TRANSFER)
        sheet = day_sheet(clock.today())
        assert [(one.method, one.amount, one.refunded, one.net) for one in sheet.sums] == [
            ("cash", 2500, 1000, 1500),
            ("transfer", 0, 500, -500),
        ]
        assert (sheet.cash, cash_of(clock.today()), len(sheet.payouts)) == (1500, 1500, 2)
        close_day(actor=CLERK, day=clock.today(), counted=1500)
        with pytest.raises(DayClosedError):
            pay_out(actor=CLERK, refund=refund.pk, amount=100, method=CASH)


def test_a_decision_is_withdrawn_until_something_is_handed_out_and_decided_anew(cancelled: Booking) -> None:
    first = decide(cancelled)
    with as_tenant(CHUO):
        withdraw_refund(actor=CLERK, refund=first.pk, reason="率の誤り")
        with pytest.raises(UnknownRefundError):
            pay_out(actor=CLERK, refund=first.pk, amount=10, method=CASH)
    second = decide(cancelled)
    assert (first.serial, second.serial) == (1, 2)
    with as_tenant(CHUO):
        pay_out(actor=CLERK, refund=second.pk, amount=10, method=CASH)
        with pytest.raises(RefundHandedOutError):
            withdraw_refund(actor=CLERK, refund=second.pk, reason="遅すぎる")


def test_a_reduction_that_is_granted_late_makes_an_excess_that_goes_back_whole(
    citizen: factories.Citizen, room: Room
) -> None:
    booking = booked(citizen, room)
    pay(booking)
    with as_tenant(CHUO):
        ask_for_reduction(actor=CLERK, booking=booking.pk, ground="support")
        confirm_evidence(actor=CLERK, booking=booking.pk)
        grant_reduction(actor=CLERK, booking=booking.pk)
    assert state(booking) == PaymentState.OVER
    with pytest.raises(RefundShareError):
        decide(booking, percent=50, reason="半分")
    refund = decide(booking)
    assert (refund.kind, refund.amount) == (RefundKind.EXCESS, 1250)
    with as_tenant(CHUO):
        pay_out(actor=CLERK, refund=refund.pk, amount=1250, method=CASH)
    assert state(booking) == PaymentState.PAID
    with pytest.raises(NothingToRefundError):
        decide(booking)
    give_up(booking)
    assert decide(booking).amount == 1120  # 90% of 1,250円, below ten yen cut off


def test_money_is_put_to_another_fee_of_the_same_and_both_know(citizen: factories.Citizen, room: Room) -> None:
    source, target = booked(citizen, room), booked(citizen, room, left=15)
    stranger = booked(factories.citizen_with_registration(), room, left=16)
    pay(source)
    give_up(source)
    refund = decide(source)
    with as_tenant(CHUO):
        assert [one.pk for one in offsettable(source)] == [target.pk]
        for wrong, amount in ((stranger.pk, 100), (source.pk, 100)):
            with pytest.raises(NotAFeeToOffsetError):
                offset(actor=CLERK, refund=refund.pk, to=wrong, amount=amount)
        with pytest.raises(TooMuchHandedOutError):
            offset(actor=CLERK, refund=refund.pk, to=target.pk, amount=2251)
        payment = offset(actor=CLERK, refund=refund.pk, to=target.pk, amount=2250)
        assert (payment.booking_id, payment.method, payment.serial) == (target.pk, "offset", 2)
        assert RefundPayout.objects.get().payment_id == payment.pk
        assert day_sheet(clock.today()).cash == 2500
    assert (state(source), state(target)) == (PaymentState.OFFSET, PaymentState.PARTLY)
    with as_tenant(CHUO), pytest.raises(RefundDecidedError):
        void(actor=CLERK, payment=payment.pk, reason="間違い")


def test_an_offset_pays_no_more_than_is_owed(citizen: factories.Citizen, room: Room) -> None:
    source, target = booked(citizen, room), booked(citizen, room, left=15, slots=(1,))
    pay(source)
    give_up(source)
    refund = decide(source)
    with as_tenant(CHUO):
        with pytest.raises(NotAFeeToOffsetError):
            offset(actor=CLERK, refund=refund.pk, to=target.pk, amount=1001)
        offset(actor=CLERK, refund=refund.pk, to=target.pk, amount=1000)
        assert Payment.objects.filter(method="offset").count() == 1


def test_a_receipt_is_not_voided_once_its_money_goes_back(cancelled: Booking) -> None:
    decide(cancelled)
    with as_tenant(CHUO), pytest.raises(RefundDecidedError):
        void(actor=CLERK, payment=Payment.objects.get().pk, reason="間違い")


def test_what_went_back_may_be_paid_again_when_the_fee_rises_and_no_more(
    citizen: factories.Citizen, room: Room
) -> None:
    booking = booked(citizen, room)
    pay(booking)
    with as_tenant(CHUO):
        ask_for_reduction(actor=CLERK, booking=booking.pk, ground="support")
        confirm_evidence(actor=CLERK, booking=booking.pk)
        grant_reduction(actor=CLERK, booking=booking.pk)
    decide(booking)
    with pytest.raises(TooMuchReceivedError), as_tenant(CHUO), transaction.atomic():
        _insert_payment(booking, 1)


def _insert_payment(booking: Booking, amount: int, method: str = "cash") -> None:
    try:
        run(
            "INSERT INTO bookings_payment SELECT gen_random_uuid(), fiscal_year, 99, day, received_at, received_by,"
            f" '{method}', {amount}, content, 0, booking_id FROM bookings_payment WHERE booking_id = '{booking.pk}'"
        )
    except IntegrityError:
        raise TooMuchReceivedError from None


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_conditions_of_lists_agree_with_the_ledger(citizen: factories.Citizen, room: Room) -> None:
    unpaid, paid, over, none = (booked(citizen, room, left=left) for left in (20, 21, 22, 4))
    for one in (paid, over, none):
        pay(one)
    give_up(over)
    give_up(none)
    with as_tenant(CHUO):
        bookings = with_ledger(Booking.objects.all())
        assert set(bookings.filter(OWING).values_list("pk", flat=True)) == {unpaid.pk}
        assert set(bookings.filter(GOES_BACK).values_list("pk", flat=True)) == {over.pk}
    refund = decide(over)
    with as_tenant(CHUO):
        assert with_ledger(Booking.objects.all()).filter(GOES_BACK).count() == 1
        pay_out(actor=CLERK, refund=refund.pk, amount=refund.amount, method=CASH)
        assert with_ledger(Booking.objects.all()).filter(GOES_BACK).count() == 0


RAW = [
    ("UPDATE bookings_refund SET amount = 1", Error),
    ("UPDATE bookings_refund SET percent = 100", Error),
    ("DELETE FROM bookings_refund", Error),
    ("UPDATE bookings_refundpayout SET amount = 1", Error),
    ("DELETE FROM bookings_refundpayout", Error),
]


@pytest.mark.parametrize(("statement", "error"), RAW)
def test_no_statement_at_the_desk_alters_what_was_decided(
    cancelled: Booking, statement: str, error: type[Exception]
) -> None:
    decide(cancelled)
    with as_tenant(CHUO), pytest.raises(error):
        run(statement)


OWNERS = [
    ("UPDATE chuo.bookings_refund SET amount = amount + 1, base = base + 1", "never altered"),
    ("UPDATE chuo.bookings_refundpayout SET amount = 1", "never altered"),
    ("UPDATE chuo.bookings_refund SET void_at = now(), void_reason = 'x'", "not withdrawn"),
    (
        (
            "INSERT INTO chuo.bookings_refund SELECT gen_random_uuid(), 'excess', fiscal_year, 99, day, decided_at,"
            " decided_by, 251, 100, 251, rule, article, reason, content, printed, void_at, void_by, void_reason,"
            " booking_id FROM chuo.bookings_refund"
        ),
        "than came in",
    ),
    (
        (
            "INSERT INTO chuo.bookings_refundpayout (id, day, at, method, amount, refund_id)"
            " SELECT gen_random_uuid(), day, now(), 'cash', amount, id FROM chuo.bookings_refund"
        ),
        "than was decided",
    ),
    (
        (
            "INSERT INTO chuo.bookings_refundpayout (id, day, at, method, amount, refund_id, payment_id)"
            " SELECT gen_random_uuid(), f.day, now(), 'offset', 100, f.id, p.id FROM chuo.bookings_refund f,"
            " chuo.bookings_payment p"
        ),
        "another fee of the same",
    ),
    (
        "INSERT INTO chuo.bookings_paymentvoid SELECT id, day, now(), NULL, 'x' FROM chuo.bookings_payment",
        "than came in",
    ),
]


@pytest.mark.parametrize(("statement", "words"), OWNERS, ids=[words for _, words in OWNERS])
def test_the_database_itself_lets_nobody_give_back_more_than_came_in(
    cancelled: Booking, superuser: psycopg.Connection, statement: str, words: str
) -> None:
    refund = decide(cancelled)
    with as_tenant(CHUO):
        pay_out(actor=CLERK, refund=refund.pk, amount=1000, method=CASH)
    with pytest.raises((psycopg.errors.CheckViolation, psycopg.errors.UniqueViolation), match=words):
        superuser.execute(statement)


def test_an_offset_without_its_source_does_not_commit(citizen: factories.Citizen, room: Room) -> None:
    booking = booked(citizen, room)
    pay(booking, 1000)
    with as_tenant(CHUO), pytest.raises(TooMuchReceivedError):
        _insert_payment(booking, 1000, "offset")


@pytest.mark.race
def test_of_two_who_hand_out_the_same_refund_at_once_one_does(cancelled: Booking) -> None:
    refund = decide(cancelled)

    def attempt(_number: int) -> bool:
        try:
            with as_tenant(CHUO):
                pay_out(actor=CLERK, refund=refund.pk, amount=2250, method=CASH)
        except TooMuchHandedOutError:
            return False
        return True

    assert sorted(together(2, attempt)) == [False, True]


@pytest.mark.race
def test_of_two_who_decide_at_once_one_does_and_no_number_is_lost(cancelled: Booking) -> None:
    def attempt(_number: int) -> bool:
        try:
            decide(cancelled)
        except NothingToRefundError:
            return False
        return True

    assert sorted(together(3, attempt)) == [False, False, True]
    with as_tenant(CHUO):
        assert list(Refund.objects.values_list("serial", flat=True)) == [1]


@pytest.mark.race
def test_two_who_put_money_to_one_fee_at_once_do_not_pay_it_twice(citizen: factories.Citizen, room: Room) -> None:
    sources = [booked(citizen, room, left=left) for left in (15, 16)]
    target = booked(citizen, room, left=17)
    for one in sources:
        pay(one)
        give_up(one)
    refunds = [decide(one) for one in sources]

    def attempt(number: int) -> bool:
        try:
            with as_tenant(CHUO):
                offset(actor=CLERK, refund=refunds[number].pk, to=target.pk, amount=2250)
        except NotAFeeToOffsetError:
            return False
        return True

    assert sorted(together(2, attempt)) == [False, True]
