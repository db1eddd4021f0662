"""Money goes back through the provider: decided, asked for once, handed out when the provider has done it."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import Error, IntegrityError, connection, transaction

from apps.bookings.models import OnlineRefund, OnlineSession, PaymentMethod, PayoutMethod, Refund, RefundPayout
from apps.bookings.online_errors import ByProviderError, NothingOnlineError, PaidOnlineError
from apps.bookings.queries.ledgers import ledger_of
from apps.bookings.refund_errors import RefundHandedOutError, TooMuchHandedOutError
from apps.bookings.rules.fees.ledger import PaymentState
from apps.bookings.services.cancel import call_off, cancel_by_citizen
from apps.bookings.services.fees.online.refund import give_back, give_back_unreceived, send_refunds
from apps.bookings.services.fees.receiving import receive, void
from apps.bookings.services.fees.refunding import decide_refund, pay_out, withdraw_refund
from kernel import clock
from shared.actor import SYSTEM
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO
from tests.support.testpay import Case, bring, payments_of, session_now, settle

TWICE = (
    "INSERT INTO bookings_onlinerefund (id, session_id, refund_id, amount, reason, state, asked_at, attempts, due_at,"
    " error) SELECT gen_random_uuid(), session_id, {refund}, 1, 'x', 'asked', now(), 0, now(), ''"
    " FROM bookings_onlinerefund"
)
pytestmark = pytest.mark.usefixtures("database")


def paid(case: Case) -> OnlineSession:
    """A session that is paid and received."""
    session = case.begin()
    case.pay.pay(session)
    bring(case.pay.notices()[0])
    assert settle() == 1
    return session


def called_off(case: Case) -> UUID:
    """The facility calls the use off, and decides that all goes back."""
    with as_tenant(CHUO):
        call_off(actor=SYSTEM, booking=case.booking.pk, reason="架空の設備の故障")
        return decide_refund(actor=SYSTEM, booking=case.booking.pk).pk


def send() -> int:
    with as_tenant(CHUO):
        OnlineRefund.objects.filter(state__in=["asked", "sent"]).update(due_at=clock.now())
        return send_refunds()


def states() -> list[tuple[str, int]]:
    with as_tenant(CHUO):
        return list(OnlineRefund.objects.order_by("asked_at").values_list("state", "amount"))


def test_a_decision_goes_back_through_the_provider_and_is_handed_out_once(online_case: Case) -> None:
    paid(online_case)
    refund = called_off(online_case)
    with as_tenant(CHUO):
        give_back(actor=SYSTEM, refund=refund)
        assert not RefundPayout.objects.exists()
    assert send() == 1
    bring(online_case.pay.notices()[0])
    settle()
    assert states() == [("done", 2500)]
    with as_tenant(CHUO):
        assert [(one.method, one.amount) for one in RefundPayout.objects.all()] == [("online", 2500)]
        assert ledger_of(online_case.booking.pk).state == PaymentState.REFUNDED


def test_while_the_provider_is_away_the_refund_waits_and_is_done_once(online_case: Case) -> None:
    paid(online_case)
    refund = called_off(online_case)
    with as_tenant(CHUO):
        give_back(actor=SYSTEM, refund=refund)
    online_case.pay.direct(down=True)
    assert (send(), send()) == (0, 0)
    assert states() == [("asked", 2500)]
    online_case.pay.direct(down=False)
    assert send() == 1
    assert send() == 0
    assert len(online_case.pay.notices()) == 1


def test_what_the_provider_works_on_is_done_when_it_says_so(online_case: Case) -> None:
    paid(online_case)
    refund = called_off(online_case)
    online_case.pay.direct(refunds="later")
    with as_tenant(CHUO):
        [asked] = give_back(actor=SYSTEM, refund=refund)
    send()
    assert states() == [("sent", 2500)]
    online_case.pay.direct(merchant=CHUO, finish=str(asked.pk))
    [notice] = online_case.pay.notices()
    assert (bring(notice), bring(notice), settle()) == (200, 200, 1)
    assert states() == [("done", 2500)]


def test_what_cannot_go_back_online_is_open_again_for_another_way(online_case: Case) -> None:
    paid(online_case)
    refund = called_off(online_case)
    online_case.pay.direct(refunds="fail")
    with as_tenant(CHUO):
        give_back(actor=SYSTEM, refund=refund)
    send()
    assert states() == [("failed", 2500)]
    with as_tenant(CHUO):
        pay_out(actor=SYSTEM, refund=refund, amount=2500, method=PayoutMethod.CASH)
        assert ledger_of(online_case.booking.pk).open == 0


def test_nothing_goes_back_twice_by_two_ways(online_case: Case) -> None:
    paid(online_case)
    refund = called_off(online_case)
    with as_tenant(CHUO):
        give_back(actor=SYSTEM, refund=refund)
        for again in (
            lambda: give_back(actor=SYSTEM, refund=refund),
            lambda: pay_out(actor=SYSTEM, refund=refund, amount=1, method=PayoutMethod.CASH),
        ):
            with pytest.raises(TooMuchHandedOutError):
                again()
        with pytest.raises(RefundHandedOutError):
            withdraw_refund(actor=SYSTEM, refund=refund, reason="取りやめ")


def test_online_is_no_way_to_hand_out_without_the_provider(online_case: Case) -> None:
    paid(online_case)
    refund = called_off(online_case)
    with as_tenant(CHUO), pytest.raises(ByProviderError):
        pay_out(actor=SYSTEM, refund=refund, amount=2500, method=PayoutMethod.ONLINE)


def test_what_was_paid_online_is_not_voided_at_the_counter(online_case: Case) -> None:
    paid(online_case)
    [payment] = payments_of(online_case.booking.pk)
    with as_tenant(CHUO):
        with pytest.raises(PaidOnlineError):
            void(actor=SYSTEM, payment=payment.pk, reason="打ち間違い")
        with pytest.raises(IntegrityError, match="not voided"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO bookings_paymentvoid (payment_id, day, at, reason) VALUES (%s, now(), now(), 'x')",
                [payment.pk],
            )


def test_money_that_came_after_the_end_goes_back_whole_whatever_the_share(online_case: Case) -> None:
    session = online_case.begin()
    with as_tenant(CHUO):
        cancel_by_citizen(actor=online_case.citizen.actor, booking=online_case.booking.pk)
        assert ledger_of(online_case.booking.pk).due == 0
    online_case.pay.pay(session)
    bring(online_case.pay.notices()[0])
    settle()
    with as_tenant(CHUO):
        assert ledger_of(online_case.booking.pk).due == 2500
        assert decide_refund(actor=SYSTEM, booking=online_case.booking.pk).amount == 2500


def test_no_more_goes_back_online_than_was_paid_online(online_case: Case) -> None:
    refund = _paid_in_cash(online_case)
    with as_tenant(CHUO), pytest.raises(NothingOnlineError):
        give_back(actor=SYSTEM, refund=refund)


def _paid_in_cash(case: Case) -> UUID:
    with as_tenant(CHUO):
        receive(actor=SYSTEM, booking=case.booking.pk, amount=2500, method=PaymentMethod.CASH)
    return called_off(case)


def test_another_amount_goes_back_without_having_been_received(online_case: Case) -> None:
    session = online_case.begin()
    online_case.pay.pay(session, amount=2000)
    bring(online_case.pay.notices()[0])
    settle()
    with as_tenant(CHUO):
        give_back_unreceived(actor=SYSTEM, session=session.pk, reason="額が違うため")
    assert send() == 1
    assert states() == [("done", 2000)]
    with as_tenant(CHUO):
        assert not Refund.objects.exists()
    assert session_now(session).state == "mismatch"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE bookings_onlinerefund SET amount = 1",
        "DELETE FROM bookings_onlinerefund",
        "UPDATE bookings_onlinerefund SET state = 'asked'",
        "UPDATE bookings_onlinesession SET amount = 1",
        "UPDATE bookings_onlinesession SET state = 'open'",
        "UPDATE bookings_onlinesession SET surplus = 5",
        "DELETE FROM bookings_onlinesession",
        "UPDATE bookings_providerevent SET amount = 1",
        "UPDATE bookings_providerevent SET is_settled = false",
        "DELETE FROM bookings_providerevent",
        "UPDATE bookings_refundpayout SET amount = 1",
        TWICE.format(refund="refund_id"),
        TWICE.format(refund="NULL"),
    ],
)
def test_no_statement_at_the_desk_alters_what_was_paid_or_went_back(online_case: Case, statement: str) -> None:
    paid(online_case)
    refund = called_off(online_case)
    with as_tenant(CHUO):
        give_back(actor=SYSTEM, refund=refund)
    send()
    with as_tenant(CHUO), pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
