"""A month's report tells 使用料, 減免額 and 還付額, keeps them when it is closed, and tells the monitoring."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import pytest

from apps.bookings.models import MonthDeed, PaymentMethod, PayoutMethod, Room
from apps.bookings.queries.facts import of_month
from apps.bookings.queries.fee_handover import open_refunds, unpaid_fees
from apps.bookings.queries.reports import month_reports, uses_between
from apps.bookings.rules.reports import Money
from apps.bookings.services.cancel import call_off
from apps.bookings.services.decide import permit
from apps.bookings.services.fees.asking import ask_for_reduction
from apps.bookings.services.fees.deciding import confirm_evidence, grant_reduction
from apps.bookings.services.fees.receiving import receive
from apps.bookings.services.fees.refunding import decide_refund, pay_out
from kernel import clock
from shared.actor import Actor
from shared.facts import Month
from tests import factories
from tests.support.fees import fee_tables
from tests.support.fixtures import Freeze
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

CLERK = Actor(kind="staff", id=UUID(int=7))


@pytest.fixture
def room(database: None, freeze: Freeze) -> Room:
    """A month with a reduced use of 1,250円 and one that was called off, of whose 2,500円 1,000円 went back."""
    freeze("2026-05-01 09:00")
    found = factories.meeting_room()
    fee_tables(found)
    reduced, gone = (
        factories.booking_awaiting_permit(room=found, day=dt.date(2026, 5, day), slots=[1, 2]) for day in (20, 21)
    )
    with as_tenant(CHUO):
        for one in (reduced, gone):
            permit(actor=CLERK, booking=one.pk)
        ask_for_reduction(actor=CLERK, booking=reduced.pk, ground="support")
        confirm_evidence(actor=CLERK, booking=reduced.pk)
        grant_reduction(actor=CLERK, booking=reduced.pk)
        receive(actor=CLERK, booking=gone.pk, amount=2500, method=PaymentMethod.CASH)
        call_off(actor=CLERK, booking=gone.pk, reason="投票所に使うため")
        refund = decide_refund(actor=CLERK, booking=gone.pk)
        pay_out(actor=CLERK, refund=refund.pk, amount=1000, method=PayoutMethod.CASH)
    return found


def test_the_month_tells_its_money_and_the_uses_theirs(room: Room) -> None:
    first, last = dt.date(2026, 5, 1), dt.date(2026, 5, 31)
    with as_tenant(CHUO):
        [report] = month_reports(CHUO, [first])[first]
        uses = uses_between(first, last)
    assert report.money == Money(fee=1250, reduced=1250, returned=1000)
    assert [(one.fee, one.reduced) for one in uses] == [(1250, 1250)]


def test_a_closed_month_keeps_its_money_and_an_older_copy_has_none(room: Room) -> None:
    first = dt.date(2026, 5, 1)
    with as_tenant(CHUO):
        [report] = month_reports(CHUO, [first])[first]
        kept = report.as_kept()
        values = {"facility_id": room.facility_id, "month": first, "deed": "close", "at": clock.now()}
        MonthDeed.objects.create(number=1, figures=kept, **values)
        [closed] = month_reports(CHUO, [first])[first]
        assert closed.money == report.money
        without: dict[str, object] = {key: value for key, value in kept.items() if key != "money"}
        old = dt.date(2026, 4, 1)
        MonthDeed.objects.create(number=1, figures=without, **(values | {"month": old}))
        [older] = month_reports(CHUO, [old])[old]
    assert older.money is None


def test_the_monitoring_and_the_handover_know_what_was_reduced_and_what_goes_back(room: Room) -> None:
    with as_tenant(CHUO):
        facts = {one.code: one for one in of_month(CHUO, Month(dt.date(2026, 5, 1)))}
        assert (facts["reductions_granted"].value, facts["reductions_granted"].values["amount"]) == (1, "1,250")
        assert (facts["refunds_decided"].value, facts["refunds_decided"].values["amount"]) == (1, "1,000")
        assert [row.word for row in unpaid_fees().rows] == ["1,250円"]
        assert [row.word for row in open_refunds().rows] == ["1,500円"]
