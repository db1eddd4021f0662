"""Asking a provider what became of a session, where no notice came."""

from __future__ import annotations

import datetime as dt
from typing import Final

import structlog

from apps.bookings.models import EventSource, OnlineSession
from apps.bookings.online_errors import OnlineOffError
from apps.bookings.rules.online import SETTLED_LATE, WAITING
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
    due = OnlineSession.objects.filter(state__in=WAITING, ask_at__lte=now).order_by("ask_at", "id")
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
    """None while it is open, and for one that the provider never heard of."""
    try:
        return contract(session.provider).state(session.reference)
    except ProviderRefusedError:
        return None
