"""Reading about payments online: the terms of a day, a booking's sessions, what is open, a day's or month's list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from apps.bookings.models import (
    OnlinePaymentTerms,
    OnlineRefund,
    OnlineSession,
    OnlineState,
    PaymentMethod,
    ProviderEvent,
    Refund,
    RefundPayout,
)
from apps.bookings.online_errors import UnknownSessionError
from apps.bookings.rules.authority import FeeRegime
from apps.bookings.rules.online import LOOKED_INTO, OFF, WAITING, OnlineTerms, Outcome
from kernel.clock import TOKYO
from tenants.models import OperatorAssignment
from tenants.scope import scoped_connection

OF_CITIZEN: Final = (
    "id",
    "booking_id",
    "sheet_id",
    "reference",
    "provider",
    "amount",
    "state",
    "created_at",
    "expires_at",
    "provider_ref",
    "url",
    "settled_at",
    "surplus",
)
"""What a citizen's request may read of a session."""
ONLINE_METHODS: Final = frozenset({PaymentMethod.CARD, PaymentMethod.CODE})


def terms_from(row: OnlinePaymentTerms) -> OnlineTerms:
    """A row as the rules know it."""
    return OnlineTerms(row.is_on, row.provider, row.basis, row.agent, row.minutes, row.on_paid)


def online_terms_on(day: dt.date) -> OnlineTerms:
    """What holds on ``day``; off where nothing is set. One statement."""
    found = OnlinePaymentTerms.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
    return OFF if found is None else terms_from(found)


def providers_ever() -> set[str]:
    """Every provider that the tenant has, or had, a contract with: what was begun is still told by it."""
    return set(OnlinePaymentTerms.objects.exclude(provider="").values_list("provider", flat=True))


def regime_on(day: dt.date) -> FeeRegime:
    """使用料 or 利用料金, by who operates on ``day``."""
    schema = scoped_connection().scope.schema
    found = OperatorAssignment.objects.filter(tenant__schema_name=schema, during__contains=day)
    return FeeRegime(found.values_list("fee_regime", flat=True).first() or FeeRegime.PUBLIC_FEE)


def own_session(session: UUID, *, booking: UUID) -> OnlineSession:
    """A session of one of the citizen's own bookings; ``UnknownSessionError``."""
    found = OnlineSession.objects.only(*OF_CITIZEN).filter(pk=session, booking=booking).first()
    if found is None:
        raise UnknownSessionError
    return found


def newest_session(booking: UUID) -> OnlineSession | None:
    """The last payment that was begun for a booking, as far as a citizen may see it."""
    return OnlineSession.objects.only(*OF_CITIZEN).filter(booking=booking).order_by("-created_at").first()


def waiting_session(booking: UUID) -> OnlineSession | None:
    """The payment of a booking that is open; there is one at most."""
    return OnlineSession.objects.only(*OF_CITIZEN).filter(booking=booking, state__in=WAITING).first()


def sessions_of(booking: UUID) -> QuerySet[OnlineSession]:
    """All payments that were begun for a booking, with what went back."""
    return OnlineSession.objects.filter(booking=booking).prefetch_related("refunds").order_by("created_at")


def open_decisions(booking: UUID) -> list[Refund]:
    """Decisions to give money back (還付) of which something is neither handed out nor on its way: ``open`` yen."""
    handed = RefundPayout.objects.filter(refund=OuterRef("pk")).values("refund").annotate(sum=Sum("amount"))
    underway = OnlineRefund.objects.filter(refund=OuterRef("pk"), state__in=["asked", "sent"]).values("refund")
    left = (
        F("amount")
        - Coalesce(Subquery(handed.values("sum")), 0)
        - Coalesce(Subquery(underway.annotate(sum=Sum("amount")).values("sum")), 0)
    )
    return list(Refund.objects.filter(booking=booking, void_at=None).annotate(open=left).filter(open__gt=0))


def online_back_of(refund: Refund, left: int) -> dict[str, object]:
    """What of a decision goes, or may go, back through the provider, for its page; three statements.

    ``left`` is what of it was not handed out.
    """
    asked = list(OnlineRefund.objects.filter(refund=refund.pk).order_by("asked_at"))
    underway = sum(one.amount for one in asked if one.state in {"asked", "sent"})
    paid = OnlineSession.objects.filter(booking=refund.booking_id, state=OnlineState.PAID)
    back = OnlineRefund.objects.filter(session__in=paid).exclude(state="failed")
    held = _sum(paid) - _sum(back)
    return {"online_refunds": asked, "online_open": 0 if refund.void_at else min(left - underway, held)}


def _sum(found: QuerySet[Any]) -> int:
    return found.aggregate(sum=Sum("amount"))["sum"] or 0


def waiting_schemas() -> list[str]:
    """The tenants at work for whom something about payments is to be done; one statement, as nobody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gate.payment_backlog()")
        return [row[0] for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Sessions of some days, what the provider told that fits none, and refunds; with the sums that must agree.

    ``received`` are what stands in the receipts of those days as paid online, ``told`` what the provider told of.
    """

    sessions: Sequence[OnlineSession]
    strays: Sequence[ProviderEvent]
    refunds: Sequence[OnlineRefund]
    counts: Sequence[tuple[str, int, int]]
    received: int
    told: int
    back: int
    waiting: int


MOST: Final = 500
"""Rows of each kind that a page shows."""


def reconciled(first: dt.date, last: dt.date) -> Reconciled:
    """What happened online from ``first`` to ``last``, both included; the same number of statements for any number."""
    span = _span(first, last)
    sessions = list(
        OnlineSession.objects.filter(created_at__range=span)
        .select_related("booking", "payment")
        .prefetch_related("refunds")
        .order_by("created_at", "id")[:MOST]
    )
    events = ProviderEvent.objects.filter(received_at__range=span)
    strays = events.filter(outcome__in=LOOKED_INTO, cleared_at=None).order_by("received_at", "id")
    refunds = list(OnlineRefund.objects.filter(asked_at__range=span).select_related("session__booking")[:MOST])
    by_state: dict[str, list[int]] = {}
    for one in sessions:
        by_state.setdefault(one.state, []).append(one.amount)
    paid = [one for one in sessions if one.state == OnlineState.PAID]
    told = events.filter(outcome=Outcome.RECEIVED).values_list("amount", flat=True)
    return Reconciled(
        sessions=sessions,
        strays=list(strays.select_related("session__booking")[:MOST]),
        refunds=refunds,
        counts=[
            (str(state.label), len(by_state[state]), sum(by_state[state])) for state in OnlineState if state in by_state
        ],
        received=sum(one.payment.amount for one in paid if hasattr(one, "payment")),
        told=sum(told),
        back=sum(one.amount for one in refunds if one.state == "done"),
        waiting=events.filter(is_settled=False).count(),
    )


def to_look_into() -> QuerySet[OnlineSession]:
    """Sessions that staff must look into: another amount came, or what came is not owed and does not go back yet."""
    trouble = Q(state=OnlineState.MISMATCH) | Q(surplus__gt=0)
    found = OnlineSession.objects.filter(trouble, cleared_at=None).exclude(refunds__state__in=["asked", "sent", "done"])
    return found.select_related("booking").order_by("created_at")


def _span(first: dt.date, last: dt.date) -> tuple[dt.datetime, dt.datetime]:
    begin = dt.datetime.combine(first, dt.time(), TOKYO)
    return begin, dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), TOKYO) - dt.timedelta(microseconds=1)
