"""Reading how the money of bookings stands (収納状態): any number of bookings in one statement."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Coalesce, TruncDate

from apps.bookings.models import (
    Booking,
    BookingTerms,
    FeeSheet,
    OnlineSession,
    Payment,
    PayoutMethod,
    Refund,
    RefundKind,
    RefundPayout,
)
from apps.bookings.rules.fees.ledger import Ending, Ledger
from apps.bookings.rules.states import CALLED_OFF, CANCELLED, EXPIRED, REFUSED, REVOKED
from kernel.clock import TOKYO
from kernel.yen import Rounding

ENDED: Final = frozenset({CANCELLED, CALLED_OFF, REVOKED, REFUSED, EXPIRED})
"""States of a booking that will not be used."""
WHOLE: Final = 100


def _sum(found: QuerySet[Any], booking: str = "booking", amount: str = "amount") -> Coalesce:
    summed = found.order_by().values(booking).annotate(sum=Sum(amount)).values("sum")
    return Coalesce(Subquery(summed), 0)


def with_ledger(bookings: QuerySet[Booking]) -> QuerySet[Booking]:
    """``bookings`` with all that ``ledger_from`` reads, and ``due_on``, the day by which the fee is paid."""
    own, refunded = OuterRef("pk"), OuterRef("pk")
    newest = FeeSheet.objects.filter(booking=own).order_by("-number")
    standing = Refund.objects.filter(booking=refunded, void_at=None)
    payouts = RefundPayout.objects.filter(refund__booking=own)
    begun = BookingTerms.objects.filter(facility=OuterRef("room__facility"), valid_from__lte=OuterRef("ended_on"))
    rounding = KeyTextTransform("rounding", KeyTransform("refund", "content"))
    return bookings.annotate(ended_on=TruncDate("ended_at", tzinfo=TOKYO)).annotate(
        sheet_id=Subquery(newest.values("pk")[:1]),
        fee_total=Coalesce(Subquery(newest.values("total")[:1]), 0),
        due_on=Subquery(newest.values("due_on")[:1]),
        due_kind=Coalesce(Subquery(newest.values("due_kind")[:1]), Value("")),
        received=_sum(Payment.objects.filter(booking=own, void=None)),
        excess=_sum(standing.filter(kind=RefundKind.EXCESS)),
        granted=_sum(standing.filter(kind=RefundKind.ENDED)),
        has_decision=Exists(standing.filter(kind=RefundKind.ENDED)),
        handed=_sum(payouts, "refund__booking"),
        moved=_sum(payouts.filter(method=PayoutMethod.OFFSET), "refund__booking"),
        stray=_sum(OnlineSession.objects.filter(booking=own), amount="surplus"),
        refund_rounding=Subquery(begun.order_by("-valid_from").annotate(r=rounding).values("r")[:1]),
    )


def ledger_from(booking: Booking) -> Ledger:
    """The ledger of a booking of ``with_ledger``."""
    row: Any = booking
    return Ledger(
        total=row.fee_total,
        received=row.received,
        excess=row.excess,
        granted=row.granted,
        out=row.handed,
        moved=row.moved,
        ending=ending_of(booking.state, booking.refund_percent, row.refund_rounding),
        decided=row.has_decision,
        stray=row.stray,
    )


def ending_of(state: str, percent: int | None, rounding: str | None) -> Ending | None:
    """What goes back of a booking in ``state``, None while it is to be used; by its share and the terms' rounding."""
    if state not in ENDED:
        return None
    shared = WHOLE if percent is None else percent
    return Ending(shared, Rounding(rounding) if rounding else Rounding.TEN_DOWN)


def ledger_of(booking: UUID) -> Ledger:
    """How one booking's money stands; one statement."""
    found = with_ledger(Booking.objects.filter(pk=booking)).first()
    return ledger_from(found) if found else Ledger(0, 0)


HELD: Final = F("received") - F("excess") - F("granted")
OWING: Final = Q(fee_total__gt=HELD) & ~Q(state__in=[*ENDED, "hold"])
"""Of ``with_ledger``: something is still to be paid (未納)."""
GOES_BACK: Final = (
    Q(handed__lt=F("excess") + F("granted"))
    | (~Q(state__in=ENDED) & Q(fee_total__lt=HELD))
    | (
        Q(state__in=ENDED, has_decision=False, received__gt=F("excess"))
        & (
            Q(refund_percent=None)
            | Q(refund_percent__gt=0)
            | Q(fee_total__lt=F("received") - F("excess"))
            | Q(stray__gt=F("excess"))
        )
    )
)
"""Of ``with_ledger``: something goes back that was not decided on, or not handed out."""
