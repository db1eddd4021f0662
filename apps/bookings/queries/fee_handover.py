"""What a change of operator finds open about fees (引継事項)."""

from __future__ import annotations

from typing import Final

from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from apps.bookings.models import Booking, BookingState, FeeSheet, Payment
from apps.bookings.queries.fees import waiting_reductions
from kernel import clock
from kernel.yen import format_yen
from shared.handover import MOST_ROWS, Open, OpenKind, OpenRow


def open_reductions() -> Open:
    """Reductions that wait for a decision."""
    found = waiting_reductions()
    rows = found.values_list("booking__number", "booking__day", "ground_label")[:MOST_ROWS]
    return Open(found.count(), tuple(OpenRow(number, day, ground) for number, day, ground in rows))


def fees_ahead() -> Open:
    """Fees of permitted uses that are not over: what was paid in advance is settled between the operators."""
    newest = FeeSheet.objects.filter(booking=OuterRef("pk")).order_by("-number").values("total")[:1]
    found = Booking.objects.filter(state=BookingState.PERMITTED, during__endswith__gt=clock.now())
    priced = found.annotate(fee=Subquery(newest)).filter(fee__gt=0).order_by("day", "during", "id")
    rows = priced.values_list("number", "day", "fee")[:MOST_ROWS]
    return Open(priced.count(), tuple(OpenRow(number, day, format_yen(fee)) for number, day, fee in rows))


def unpaid_fees() -> Open:
    """Fees of permitted uses that are not paid, or not whole."""
    newest = FeeSheet.objects.filter(booking=OuterRef("pk")).order_by("-number").values("total")[:1]
    received = Payment.objects.filter(booking=OuterRef("pk"), void=None).values("booking").annotate(sum=Sum("amount"))
    found = Booking.objects.filter(state=BookingState.PERMITTED).annotate(
        owed=Subquery(newest) - Coalesce(Subquery(received.values("sum")), 0)
    )
    owing = found.filter(owed__gt=0).order_by("day", "during", "id")
    rows = owing.values_list("number", "day", "owed")[:MOST_ROWS]
    return Open(owing.count(), tuple(OpenRow(number, day, format_yen(owed)) for number, day, owed in rows))


KINDS: Final = (
    OpenKind("waiting_reductions", _("決定を待つ減免の申請"), open_reductions),
    OpenKind("fees_ahead", _("これからの利用の使用料"), fees_ahead),
    OpenKind("unpaid_fees", _("未納の使用料"), unpaid_fees),
)
