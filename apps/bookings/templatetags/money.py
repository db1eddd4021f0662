"""How pages word the state of a booking's money (収納状態)."""

from __future__ import annotations

from typing import Final

from django import template

from apps.bookings.fee_texts import PAYMENT_TEXTS
from apps.bookings.rules.fees.ledger import PaymentState

register = template.Library()

TONES: Final = {
    PaymentState.UNPAID: "warning",
    PaymentState.PARTLY: "warning",
    PaymentState.OVER: "warning",
    PaymentState.PAID: "success",
}


@register.inclusion_tag("frame/_badge.html")
def money_badge(state: PaymentState) -> dict[str, str]:
    """完納, 一部入金 and so on, as a badge."""
    return {"word": str(PAYMENT_TEXTS[state]), "tone": TONES.get(state, "quiet")}


@register.filter
def money_word(state: PaymentState) -> str:
    """完納, 一部入金 and so on."""
    return str(PAYMENT_TEXTS[state])
