"""What a change of operator finds open about fees (引継事項)."""

from __future__ import annotations

from typing import Final

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from apps.bookings.models import Booking, BookingState, FeeSheet
from apps.bookings.queries.fees import waiting_reductions
from apps.bookings.queries.ledgers import GOES_BACK, OWING, ledger_from, with_ledger
from apps.bookings.rules.fees.ledger import Ledger
from apps.bookings.rules.states import STANDING
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
    owing = with_ledger(Booking.objects.filter(state__in=STANDING)).filter(OWING).order_by("day", "during", "id")
    rows = [OpenRow(one.number, one.day, format_yen(ledger_from(one).owed)) for one in owing[:MOST_ROWS]]
    return Open(owing.count(), tuple(rows))


def open_refunds() -> Open:
    """Money that goes back: not decided on, or not handed out."""
    found = with_ledger(Booking.objects.all()).filter(GOES_BACK).order_by("day", "during", "id")
    rows = [OpenRow(one.number, one.day, _back(ledger_from(one))) for one in found[:MOST_ROWS]]
    return Open(found.count(), tuple(rows))


def _back(ledger: Ledger) -> str:
    return format_yen(ledger.due + ledger.open)


KINDS: Final = (
    OpenKind("waiting_reductions", _("決定を待つ減免の申請"), open_reductions),
    OpenKind("fees_ahead", _("これからの利用の使用料"), fees_ahead),
    OpenKind("unpaid_fees", _("未納の使用料"), unpaid_fees),
    OpenKind("open_refunds", _("終わっていない還付"), open_refunds),
)
