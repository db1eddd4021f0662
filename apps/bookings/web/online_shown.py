"""How a booking's money stands, as its citizen sees it: what is owed, whether it can be paid here, the receipts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.http import HttpResponse

from apps.bookings.models import Booking, OnlineSession, Payment
from apps.bookings.queries.online import newest_session, online_terms_on
from apps.bookings.rules.fees.ledger import Ledger
from apps.bookings.rules.online import WAITING
from apps.bookings.rules.states import ALLOWED
from kernel import clock
from shared.payments.providers import page_origin

RECEIPT_COLUMNS: Final = ("id", "booking_id", "fiscal_year", "serial", "day", "method", "amount", "online_id")


@dataclass(frozen=True, slots=True)
class OwnMoney:
    """``may_pay``: here and now. ``origin`` is where the payment page is. ``session`` is the last one begun."""

    standing: Ledger
    may_pay: bool
    origin: str
    session: OnlineSession | None
    payments: Sequence[Payment]

    @property
    def is_waiting(self) -> bool:
        """Whether a payment is open."""
        return self.session is not None and self.session.state in WAITING


def own_money(booking: Booking, standing: Ledger) -> OwnMoney:
    """How a citizen's own booking can be paid online; three statements."""
    terms = online_terms_on(clock.today())
    origin = page_origin(terms.provider) if terms.is_on else ""
    may_pay = bool(origin) and standing.owed > 0 and booking.state in ALLOWED["receive"]
    return OwnMoney(standing, may_pay, origin, newest_session(booking.pk), receipts_of(booking.pk))


def receipts_of(booking: UUID) -> list[Payment]:
    """What was received for it and stands."""
    found = Payment.objects.only(*RECEIPT_COLUMNS).filter(booking=booking, void=None)
    return list(found.order_by("fiscal_year", "serial"))


def lets_go_to(response: HttpResponse, origin: str) -> HttpResponse:
    """The page's form may lead to the provider's origin: the browser follows no other."""
    if origin:
        vars(response)["_csp_update"] = {"form-action": [origin]}  # what django-csp's own decorator sets
    return response
