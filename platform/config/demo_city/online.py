"""Paying online in the demonstration: one tenant takes it, some have paid, and some of it is to be looked into."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from apps.bookings.models import (
    Booking,
    BookingState,
    EventSource,
    FeeSheet,
    OnlinePaymentTerms,
    OnlineSession,
    ProviderEvent,
)
from apps.bookings.queries.ledgers import ledger_from, with_ledger
from apps.bookings.services.fees.online.settling import settle_events
from config.demo_city.rooms import SINCE
from kernel import clock

TENANT: Final = "fukushi"
"""Run by a manager, whose income the fees are: it has a contract of its own."""
PROVIDER: Final = "demo"
FATES: Final = ("paid", "paid", "failed", "paid", "expired", "paid", "cancelled", "paid", "differs", "paid")


def take_online(schema: str) -> None:
    """Switch it on, and let some bookings be paid online; at the tenant's desk, once."""
    if schema != TENANT or OnlinePaymentTerms.objects.exists():
        return
    OnlinePaymentTerms.objects.create(
        valid_from=SINCE,
        is_on=True,
        provider=PROVIDER,
        basis="contract",
        agent="架空決済株式会社（令和8年3月1日契約）",
        minutes=30,
        on_paid="permit",
        decided_at=clock.now(),
    )
    unpaid = with_ledger(Booking.objects.filter(state=BookingState.PERMITTED, day__gt=clock.today()))
    owing = [one for one in unpaid.order_by("-number")[:60] if ledger_from(one).owed > 0][: len(FATES)]
    sessions = [_session(one, number) for number, one in enumerate(owing)]
    OnlineSession.objects.bulk_create(sessions)
    events = [_event(one, FATES[number]) for number, one in enumerate(sessions)]
    ProviderEvent.objects.bulk_create([*events, _stray()])
    settle_events()


def _session(booking: Any, number: int) -> OnlineSession:
    begun = clock.now() - dt.timedelta(hours=1 + 7 * number)
    return OnlineSession(
        booking=booking,
        sheet_id=FeeSheet.objects.filter(booking=booking.pk).order_by("-number").values_list("pk", flat=True)[0],
        reference=f"demonstration-{number:05d}-{booking.number}"[:43],
        provider=PROVIDER,
        amount=ledger_from(booking).owed,
        created_at=begun,
        expires_at=begun + dt.timedelta(minutes=30),
        ask_at=begun + dt.timedelta(minutes=30),
    )


def _event(session: OnlineSession, fate: str) -> ProviderEvent:
    differs = fate == "differs"
    is_paid = fate in {"paid", "differs"}
    at = session.created_at + dt.timedelta(minutes=3)
    return ProviderEvent(
        provider=PROVIDER,
        event=f"evt-{session.reference}",
        source=EventSource.ASKED,
        kind="paid" if is_paid else fate,
        reference=session.reference,
        amount=session.amount + (100 if differs else 0),
        method=("code" if session.amount % 3 else "card") if is_paid else "",
        payment_ref=f"pay-{session.reference}" if is_paid else "",
        at=at,
        received_at=at,
        due_at=at,
    )


def _stray() -> ProviderEvent:
    """A payment that is not ours: the provider's mistake."""
    at = clock.now() - dt.timedelta(hours=20)
    told = {"kind": "paid", "amount": 1200, "method": "card", "payment_ref": "pay-unknown", "reference": "unknown"}
    return ProviderEvent(
        provider=PROVIDER, event="evt-unknown", source=EventSource.ASKED, at=at, received_at=at, due_at=at, **told
    )
