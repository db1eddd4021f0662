"""Paying online (オンライン決済): a tenant's terms, sessions, what the provider told, and refunds through it.

None of them names a person: a reference without meaning, amounts, states.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.bookings.models.booking import Booking
from apps.bookings.models.fees import FeeSheet
from shared.described import Described, plain


class OnlineBasis(models.TextChoices):
    """What lets a provider take the money (収納の根拠)."""

    AGENT = "agent", _("指定納付受託者（使用料）")
    CONTRACT = "contract", _("運営者の契約（利用料金）")


class OnPaid(models.TextChoices):
    """What a 仮予約 becomes when it is paid in full (完納のとき)."""

    PERMIT = "permit", _("許可する（本予約にする）")
    REVIEW = "review", _("審査待ちにする")


class OnlinePaymentTerms(models.Model):
    """How the tenant takes payments online, from a day on. The newest that has begun holds; none: not at all."""

    valid_from = models.DateField(primary_key=True)
    is_on = models.BooleanField()
    provider = models.CharField(max_length=20, blank=True)
    basis = models.CharField(max_length=8, choices=OnlineBasis, blank=True)
    agent = models.CharField(max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField()
    on_paid = models.CharField(max_length=6, choices=OnPaid)
    decided_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)

    describes: ClassVar[Described] = Described(
        plain=plain("valid_from is_on provider basis agent minutes on_paid decided_at decided_by")
    )

    class Meta:
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_on=False) | ~(Q(provider="") | Q(basis="") | Q(agent="")),
                name="online_payment_rests_on_something",
            )
        ]

    def __str__(self) -> str:
        return str(self.valid_from)


class OnlineState(models.TextChoices):
    """State of a session (オンライン決済の状態)."""

    NEW = "new", _("準備中")
    OPEN = "open", _("支払い待ち")
    PAID = "paid", _("支払い済み")
    FAILED = "failed", _("不成立")
    CANCELLED = "cancelled", _("中止")
    EXPIRED = "expired", _("期限切れ")
    MISMATCH = "mismatch", _("不一致")


class OnlineSession(models.Model):
    """One payment that was begun online. Amount, sheet, key and end never change; its state only along the table.

    The database lets none begin with another amount than is owed, and two of one booking not be open at once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="online_sessions")
    sheet = models.ForeignKey(FeeSheet, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=43, unique=True)
    """What the provider knows it by: random, and neither the booking's number nor its id."""
    provider = models.CharField(max_length=20)
    amount = models.PositiveIntegerField()
    state = models.CharField(max_length=9, choices=OnlineState, default=OnlineState.NEW)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ask_at = models.DateTimeField()
    """When the provider is asked what became of it, if it has not told by then."""
    provider_ref = models.CharField(max_length=64, blank=True)
    url = models.CharField(max_length=500, blank=True)
    """The provider's page, while it is open."""
    payment_ref = models.CharField(max_length=64, blank=True)
    """The provider's name of the payment; a refund names it."""
    settled_at = models.DateTimeField(null=True)
    surplus = models.PositiveIntegerField(default=0)
    """How much of what was paid was not owed when it came (超過)."""
    cleared_at = models.DateTimeField(null=True)
    """When staff noted that a mismatch, or a surplus, is settled otherwise."""
    cleared_by = models.UUIDField(null=True)
    cleared_why = models.CharField(max_length=500, blank=True)

    describes: ClassVar[Described] = Described(
        file="registrants",
        personal={
            "amount": _("オンライン決済の額"),
            "state": _("オンライン決済の状態"),
            "created_at": _("オンライン決済の開始日時"),
            "surplus": _("オンライン決済のうち超過の額"),
        },
        plain=plain(
            "reference provider expires_at ask_at provider_ref url payment_ref settled_at cleared_at cleared_by"
            " cleared_why"
        ),
    )

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [
            models.Index(fields=["created_at"], name="online_by_time"),
            models.Index(fields=["ask_at"], condition=Q(state__in=["new", "open"]), name="online_to_ask"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["booking"], condition=Q(state__in=["new", "open"]), name="one_open_payment_a_booking"
            ),
            models.UniqueConstraint(
                fields=["provider", "payment_ref"], condition=~Q(payment_ref=""), name="one_session_a_payment"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_session_is_of_something"),
            models.CheckConstraint(condition=Q(surplus__lte=models.F("amount")), name="a_surplus_is_of_the_payment"),
        ]

    def __str__(self) -> str:
        return self.reference


class EventSource(models.TextChoices):
    """How we learned of it."""

    NOTICE = "notice", _("通知")
    ASKED = "asked", _("照会")


class ProviderEvent(models.Model):
    """Something that a provider told (webhook), or answered. Kept once, whatever the number of times it is told.

    The portal's process only drops it in; the signature is checked there, and again by the worker that acts on it.
    ``body`` is emptied then.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    provider = models.CharField(max_length=20)
    event = models.CharField(max_length=64)
    source = models.CharField(max_length=6, choices=EventSource)
    kind = models.CharField(max_length=13)
    reference = models.CharField(max_length=64)
    amount = models.PositiveIntegerField()
    method = models.CharField(max_length=64, blank=True)
    payment_ref = models.CharField(max_length=64, blank=True)
    refund_ref = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    """When it happened, as the provider says."""
    received_at = models.DateTimeField()
    body = models.TextField(blank=True)
    signature = models.CharField(max_length=600, blank=True)
    is_settled = models.BooleanField(default=False)
    outcome = models.CharField(max_length=13, blank=True)
    session = models.ForeignKey(OnlineSession, null=True, on_delete=models.PROTECT, related_name="events")
    settled_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)
    cleared_by = models.UUIDField(null=True)
    cleared_why = models.CharField(max_length=500, blank=True)

    describes: ClassVar[Described] = Described(
        file="registrants",
        plain=plain(
            "provider event source kind reference amount method payment_ref refund_ref at received_at body signature"
            " is_settled outcome settled_at attempts due_at cleared_at cleared_by cleared_why"
        ),
    )

    class Meta:
        ordering = ["received_at", "id"]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(is_settled=False), name="provider_events_due"),
            models.Index(fields=["received_at"], name="provider_events_by_time"),
        ]
        constraints = [models.UniqueConstraint(fields=["provider", "event"], name="an_event_is_kept_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.event}"


class OnlineRefundState(models.TextChoices):
    """State of a refund through the provider (決済サービスからの返金の状態)."""

    ASKED = "asked", _("返金待ち")
    SENT = "sent", _("決済サービスで処理中")
    DONE = "done", _("返金済み")
    FAILED = "failed", _("返金できず")


class OnlineRefund(models.Model):
    """Money that goes back through the provider, once: its id is the key under which the provider is asked.

    It carries out a decision (還付), and only money that was never received (不一致) goes back without one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    refund = models.ForeignKey("bookings.Refund", null=True, on_delete=models.PROTECT, related_name="online_refunds")
    session = models.ForeignKey(OnlineSession, on_delete=models.PROTECT, related_name="refunds")
    amount = models.PositiveIntegerField()
    reason = models.CharField(max_length=500)
    state = models.CharField(max_length=6, choices=OnlineRefundState, default=OnlineRefundState.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=40, blank=True)
    """Why it failed, in the provider's short word."""

    describes: ClassVar[Described] = Described(
        file="registrants",
        personal={
            "amount": _("オンライン決済の返金の額"),
            "reason": _("オンライン決済の返金の理由"),
            "state": _("オンライン決済の返金の状態"),
            "done_at": _("オンライン決済の返金の日時"),
        },
        plain=plain("asked_at asked_by attempts due_at error"),
    )

    class Meta:
        ordering = ["asked_at", "id"]
        indexes = [models.Index(fields=["due_at"], condition=Q(state__in=["asked", "sent"]), name="refunds_due")]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_refund_is_of_something"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_refund_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.state}"
