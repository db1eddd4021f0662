"""Asking a provider what became of a session, where no notice came; and closing one that nobody is to pay any more.

A booking that ends makes its open session due to be asked of (a trigger, so in the transaction of whatever ends it).
"""

from __future__ import annotations

import datetime as dt
from typing import Final

import structlog

from apps.bookings.models import EventSource, OnlineSession
from apps.bookings.online_errors import OnlineOffError
from apps.bookings.queries.payments import standing_of_payment
from apps.bookings.rules.online import SETTLED_LATE, WAITING, is_in_vain
from apps.bookings.rules.states import ALLOWED
from apps.bookings.services.fees.online.noticing import contract, keep_event
from apps.bookings.services.fees.online.settling import end_expired
from kernel import clock
from shared.payments.protocol import Event, ProviderDownError, ProviderRefusedError

BATCH: Final = 50
AGAIN: Final = dt.timedelta(minutes=3)
log = structlog.get_logger(__name__)


def ask_providers(*, at_most: int = BATCH) -> int:
    """Ask of up to ``at_most`` sessions that are due what became of them; of how many something was learned.

    What is learned is kept like a notice, for ``settle_events``. While the provider does not answer nothing changes.
    """
    now = clock.now()
    due = OnlineSession.objects.filter(state__in=WAITING, ask_at__lte=now).select_related("booking")
    due = due.order_by("ask_at", "id")
    return sum(_ask(one, now) for one in list(due[:at_most]) if _claimed(one, now))


def _claimed(session: OnlineSession, now: dt.datetime) -> bool:
    """Nobody else asks of it meanwhile."""
    ours = OnlineSession.objects.filter(pk=session.pk, ask_at=session.ask_at)
    return bool(ours.update(ask_at=now + AGAIN))


def _ask(session: OnlineSession, now: dt.datetime) -> bool:
    try:
        event = _told(session)
    except (ProviderDownError, OnlineOffError):
        log.warning("provider does not answer", session=str(session.pk))
        return False
    if event is not None:
        keep_event(event, provider=session.provider, source=EventSource.ASKED, at=now)
    elif now >= session.expires_at + SETTLED_LATE:
        end_expired(session.pk)
    return event is not None


def _told(session: OnlineSession) -> Event | None:
    """None while it is open, and for one that the provider never heard of. One that is in vain is closed."""
    provider = contract(session.provider)
    ask = provider.close if _is_in_vain(session) else provider.state
    try:
        return ask(session.reference)
    except ProviderRefusedError:
        return None


def _is_in_vain(session: OnlineSession) -> bool:
    owed = standing_of_payment(session.booking_id).owed
    return is_in_vain(owed=owed, is_alive=session.booking.state in ALLOWED["receive"])
