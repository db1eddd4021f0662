"""A citizen begins to pay online: the session is entered, then the provider is asked for its page.

The provider is asked between two transactions: while it thinks, no row is locked. Whatever happens in between, the
same session is found and opened again, under the same reference.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from typing import Final
from uuid import UUID

import structlog
from django.db import transaction

from apps.bookings.errors import NothingOwedError
from apps.bookings.models import Booking, FeeSheet, OnlineSession, OnlineState
from apps.bookings.online_errors import OnlineOffError, PaymentOpenError, ProviderAwayError
from apps.bookings.queries.fees import fee_word
from apps.bookings.queries.online import OF_CITIZEN, online_terms_on, waiting_session
from apps.bookings.queries.payments import standing_of_payment
from apps.bookings.rules.online import LEAST_LEFT, NEW, ends_at
from apps.bookings.services.acting import booking_for
from kernel import clock
from kernel.clock import TOKYO
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry, record
from shared.inserts import insert_together
from shared.payments.protocol import ProviderDownError, ProviderRefusedError, Session
from shared.payments.providers import provider_of
from tenants.scope import scoped_connection

ASK_AFTER: Final = dt.timedelta(minutes=3)
"""If no notice has come by then, the provider is asked."""
log = structlog.get_logger(__name__)


def begin_online(*, actor: Actor, booking: UUID, return_url: Callable[[UUID], str]) -> OnlineSession:
    """The session to pay what is owed for a booking, with the provider's page in ``url``.

    One that is open already is given again. ``return_url`` is the address to come back to, by session. Raises
    ``OnlineOffError``, ``NothingOwedError``, ``TooLateToPayError``, ``PaymentOpenError``, ``ProviderAwayError`` and the
    errors of ``booking_for``.
    """
    session = _entered(actor, booking)
    if session.state != NEW:
        return session
    wanted = Session(
        reference=session.reference,
        amount=session.amount,
        purpose=fee_word(clock.today()),
        expires_at=session.expires_at,
        return_url=return_url(session.pk),
    )
    try:
        begun = provider_of(session.provider, schema=scoped_connection().scope.schema).begin(wanted)
    except (ProviderDownError, ProviderRefusedError) as error:
        log.warning("provider does not open a payment", error=type(error).__name__, code=getattr(error, "code", ""))
        raise ProviderAwayError from None
    with transaction.atomic():
        opened = {"state": OnlineState.OPEN, "provider_ref": begun.provider_ref, "url": begun.url}
        if OnlineSession.objects.filter(pk=session.pk, state=NEW).update(**opened):
            record(actor, Action.CHANGE, object_type="online_session", object_id=session.pk, act="open")
    return OnlineSession.objects.only(*OF_CITIZEN).get(pk=session.pk)


@transaction.atomic
def _entered(actor: Actor, booking: UUID) -> OnlineSession:
    """The session of the booking that is open and fits, or a new one."""
    found, terms = booking_for("receive", booking=booking, seen_version=None), online_terms_on(clock.today())
    if not terms.is_on:
        raise OnlineOffError
    owed = standing_of_payment(booking).owed
    if owed <= 0:
        raise NothingOwedError
    if (held := waiting_session(booking)) is not None:
        return _again(held, owed)
    now = clock.now()
    session = OnlineSession(
        booking=found,
        sheet_id=_newest_sheet(found),
        reference=secrets.token_urlsafe(24),
        provider=terms.provider,
        amount=owed,
        created_at=now,
        expires_at=ends_at(now, minutes=terms.minutes, due_at=found.due_at),
        ask_at=now + ASK_AFTER,
    )
    persons = [found.registrant_id]
    told = entry(actor, Action.CREATE, object_type="online_session", object_id=session.pk, persons=persons)
    insert_together(session, told)
    return session


def _again(held: OnlineSession, owed: int) -> OnlineSession:
    if held.amount != owed or held.expires_at - clock.now() < LEAST_LEFT:
        raise PaymentOpenError(until=f"{held.expires_at.astimezone(TOKYO):%H:%M}")
    return held


def _newest_sheet(booking: Booking) -> UUID:
    return FeeSheet.objects.filter(booking=booking).order_by("-number").values_list("pk", flat=True)[0]
