"""A provider tells something (webhook): the signature is checked, and the notice is kept for the worker.

This runs as the portal, which may move no money. It only drops the notice in; what it says comes about when the worker
has checked the signature again, as the tenant (``settling``).
"""

from __future__ import annotations

import datetime as dt

from apps.bookings.models import EventSource, ProviderEvent
from apps.bookings.online_errors import OnlineOffError
from apps.bookings.queries.online import providers_ever
from kernel import clock
from shared.payments.protocol import Event, Provider, ProviderDownError
from shared.payments.providers import provider_of
from tenants.scope import scoped_connection


def contract(name: str) -> Provider:
    """The tenant's contract with a provider, also one of before. ``OnlineOffError`` where there is none."""
    if name not in providers_ever():
        raise OnlineOffError
    try:
        return provider_of(name, schema=scoped_connection().scope.schema)
    except ProviderDownError:
        raise OnlineOffError from None


def take_notice(*, provider: str, body: bytes, signature: str) -> None:
    """Keep a notice, once. Raises ``OnlineOffError``, and ``BadNoticeError`` for one that is not the provider's."""
    now = clock.now()
    event = contract(provider).verify(body, signature, now=now)
    keep_event(
        event, provider=provider, source=EventSource.NOTICE, at=now, body=body.decode("utf-8"), signature=signature
    )


def keep_event(
    event: Event, *, provider: str, source: EventSource, at: dt.datetime, body: str = "", signature: str = ""
) -> None:
    """Enter what a provider told or answered, unless it is known."""
    row = ProviderEvent(
        provider=provider,
        event=event.id,
        source=source,
        kind=event.kind.value,
        reference=event.reference,
        amount=event.amount,
        method=event.method,
        payment_ref=event.payment,
        refund_ref=event.refund,
        at=event.at,
        received_at=at,
        due_at=at,
        body=body,
        signature=signature,
    )
    ProviderEvent.objects.bulk_create([row], ignore_conflicts=True)
