"""A payout that was entered by mistake (還付の支払の誤記録) is taken back by a reversing entry, once and whole."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import psycopg
import pytest
import time_machine
from django.test import Client

from apps.bookings.errors import DayClosedError, ReasonMissingError
from apps.bookings.models import Booking, BookingAct, PayoutMethod, Refund, RefundPayout, Room
from apps.bookings.queries.ledgers import ledger_of
from apps.bookings.queries.month_money import money_of
from apps.bookings.queries.payments import cash_of, day_sheet
from apps.bookings.refund_errors import RefundHandedOutError, UnknownRefundError
from apps.bookings.rules.fees.ledger import PaymentState
from apps.bookings.services.fees.offsetting import offset
from apps.bookings.services.fees.receiving import close_day
from apps.bookings.services.fees.refunding import pay_out, reverse_payout, withdraw_refund
from kernel import clock
from shared.audit.models import AuditEntry
from shared.staff.models import Role
from tests import factories
from tests.apps.bookings.services.fees.test_refunding import CASH, CLERK, booked, cancelled, citizen, decide, room
from tests.apps.bookings.services.test_races import together
from tests.support.clients import signed_in
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

__all__ = ["cancelled", "citizen", "room"]
pytestmark = pytest.mark.usefixtures("database")
WHY = "振込の還付を現金と入力したため"


@pytest.fixture
def refund(cancelled: Booking) -> Refund:
    """2,250円 are decided to go back."""
    return decide(cancelled)


def handed(refund: Refund, amount: int = 2250, method: PayoutMethod = CASH) -> RefundPayout:
    with as_tenant(CHUO):
        return pay_out(actor=CLERK, refund=refund.pk, amount=amount, method=method)


def taken_back(payout: RefundPayout) -> RefundPayout:
    with as_tenant(CHUO):
        return reverse_payout(actor=CLERK, payout=payout.pk, reason=WHY)


def test_what_was_entered_stays_and_the_refund_is_open_again(refund: Refund) -> None:
    wrong = handed(refund)
    taken_back(wrong)
    with as_tenant(CHUO):
        rows = list(RefundPayout.objects.order_by("at").values_list("amount", "reverses", "reason"))
        assert rows == [(2250, None, ""), (-2250, wrong.pk, WHY)]
        ledger = ledger_of(refund.booking_id)
        assert (ledger.out, ledger.open, ledger.state) == (0, 2250, PaymentState.OVER)
        act = BookingAct.objects.get(act="refund_unpay")
        assert (act.reason, act.actor_id) == (WHY, CLERK.id)
        assert AuditEntry.objects.filter(detail__act="refund_unpay").count() == 1
    handed(refund, method=PayoutMethod.TRANSFER)
    with as_tenant(CHUO):
        assert ledger_of(refund.booking_id).state == PaymentState.REFUNDED


def test_it_counts_on_the_day_on_which_it_is_taken_back(refund: Refund) -> None:
    first = clock.today()
    wrong = handed(refund)
    with as_tenant(CHUO):
        assert cash_of(first) == 2500 - 2250
        close_day(actor=CLERK, day=first, counted=250)
    later = clock.now() + dt.timedelta(days=1)
    with time_machine.travel(later, tick=False):
        taken_back(wrong)
        with as_tenant(CHUO):
            assert cash_of(clock.today()) == 2250
            sheet = day_sheet(clock.today())
            assert (sheet.cash, sheet.total, len(sheet.payouts)) == (2250, 2250, 1)
            assert cash_of(first) == 250
            close_day(actor=CLERK, day=clock.today(), counted=2250)
            months = money_of(first.replace(day=1), clock.today())
    assert sum(one.returned for one in months.values()) == 0


def test_on_a_closed_day_and_without_a_reason_nothing_is_taken_back(refund: Refund) -> None:
    wrong = handed(refund)
    with as_tenant(CHUO):
        with pytest.raises(ReasonMissingError):
            reverse_payout(actor=CLERK, payout=wrong.pk, reason=" ")
        close_day(actor=CLERK, day=clock.today(), counted=250)
    with pytest.raises(DayClosedError):
        taken_back(wrong)


def test_it_is_taken_back_once_and_what_takes_back_is_not(refund: Refund) -> None:
    wrong = handed(refund)
    back = taken_back(wrong)
    for one in (wrong, back):
        with pytest.raises(UnknownRefundError):
            taken_back(one)


def test_a_decision_of_which_all_was_taken_back_may_be_withdrawn(refund: Refund) -> None:
    wrong = handed(refund, 1000)
    with as_tenant(CHUO), pytest.raises(RefundHandedOutError):
        withdraw_refund(actor=CLERK, refund=refund.pk, reason=WHY)
    taken_back(wrong)
    with as_tenant(CHUO):
        withdraw_refund(actor=CLERK, refund=refund.pk, reason=WHY)
    with pytest.raises(UnknownRefundError):
        taken_back(wrong)


def test_an_offset_is_not_taken_back_at_one_end(refund: Refund, citizen: factories.Citizen, room: Room) -> None:
    other = booked(citizen, room, left=20)
    with as_tenant(CHUO):
        offset(actor=CLERK, refund=refund.pk, to=other.pk, amount=1000)
        moved = RefundPayout.objects.get()
    with pytest.raises(UnknownRefundError):
        taken_back(moved)


@pytest.mark.race
def test_of_two_who_take_it_back_at_once_one_does(refund: Refund) -> None:
    wrong = handed(refund)

    def attempt(_number: int) -> bool:
        try:
            taken_back(wrong)
        except UnknownRefundError:
            return False
        return True

    assert sorted(together(4, attempt)) == [False, False, False, True]


INSERT = (
    "INSERT INTO chuo.bookings_refundpayout (id, day, at, method, amount, refund_id, reverses_id, reason)"
    " SELECT gen_random_uuid(), day, now(), {method}, {amount}, refund_id, {of}, {reason}"
    " FROM chuo.bookings_refundpayout WHERE reverses_id IS NULL"
)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"amount": "-1"}, "once and whole"),
        ({"amount": "1"}, "than was decided|once and whole"),
        ({"method": "'transfer'"}, "once and whole"),
        ({"method": "'online'"}, "once and whole"),
        ({"reason": "''"}, "a_payout_is_of_something"),
        ({"of": "NULL"}, "a_payout_is_of_something"),
    ],
)
def test_the_database_lets_nobody_take_back_another_amount_or_another_way(
    refund: Refund, superuser: psycopg.Connection, values: dict[str, str], words: str
) -> None:
    handed(refund)
    said = {"method": "method", "amount": "-amount", "of": "id", "reason": "'x'"} | values
    with pytest.raises((psycopg.errors.CheckViolation, psycopg.errors.UniqueViolation), match=words):
        superuser.execute(INSERT.format(**said))


def test_the_database_lets_it_be_taken_back_once(refund: Refund, superuser: psycopg.Connection) -> None:
    taken_back(handed(refund))
    said = {"method": "method", "amount": "-amount", "of": "id", "reason": "'x'"}
    with pytest.raises(psycopg.errors.UniqueViolation):
        superuser.execute(INSERT.format(**said))


def test_the_page_asks_why_and_tells_what_was_done(refund: Refund, desk: Client) -> None:
    manager = factories.clerk(roles=[Role.FACILITY_MANAGER])
    client = signed_in(desk, manager)
    wrong = handed(refund)
    place = f"/refunds/payouts/{wrong.pk}/reverse/"
    page = f"/refunds/{refund.pk}/"
    assert place in client.get(page).content.decode()
    assert "2,250円（現金）" in client.get(place).content.decode()
    refused = client.post(place, {"reason": ""})
    assert (refused.status_code, "理由を入力してください。" in refused.content.decode()) == (422, True)
    done = client.post(place, {"reason": WHY}, follow=True).content.decode()
    assert "還付の支払を取り消しました。" in done
    assert WHY in done
    assert place not in done
    assert "△2,250円" in done
    assert client.get(place).status_code == 404
    sheet = client.get("/cash/").content.decode()
    assert WHY in sheet


def test_whoever_may_not_close_the_day_may_not_take_it_back(refund: Refund, desk: Client, clerk: object) -> None:
    wrong = handed(refund)
    place = f"/refunds/payouts/{wrong.pk}/reverse/"
    assert place not in desk.get(f"/refunds/{refund.pk}/").content.decode()
    assert desk.post(place, {"reason": WHY}).status_code == 403
    assert desk.get(f"/refunds/payouts/{UUID(int=5)}/reverse/").status_code in {403, 404}
