"""The terms of booking of the demo's facilities: penalties, refunds, lines; no real ordinance's numbers."""

from __future__ import annotations

from decimal import Decimal

from apps.bookings.models import BookingTerms, Facility
from apps.bookings.rules.ceilings import Ceilings
from apps.bookings.rules.deadlines import RefundStep
from apps.bookings.rules.fees.due import DueTerms
from apps.bookings.rules.limits import Limit
from apps.bookings.rules.penalties import HERE, PointRule, Threshold
from apps.bookings.rules.terms import RefundTerms, Terms, as_json
from kernel import clock
from kernel.businessdays import months_before

TERMS = Terms(
    limits=(Limit("room", "month", 60),),
    ceilings=Ceilings(unpaid=200),
    refunds=(RefundStep(7, 100, article="第１１条"), RefundStep(3, 50, article="第１１条")),
    refund=RefundTerms(article="第１１条"),
    payment=DueTerms("before_use", days=7, remind=3),
    points=(PointRule("no_show", Decimal(1)), PointRule("late_cancel", Decimal("0.5"), days=0)),
    thresholds=(Threshold(Decimal(1), 12, "warn"), Threshold(Decimal(2), 12, "suspend", 30, HERE)),
)


def set_demo_terms() -> None:
    """Give every facility of the tenant its terms since a year ago, once."""
    first = months_before(clock.today(), 12).replace(day=1)
    for facility in Facility.objects.filter(terms=None):
        BookingTerms.objects.create(facility=facility, valid_from=first, content=as_json(TERMS), decided_at=clock.now())
