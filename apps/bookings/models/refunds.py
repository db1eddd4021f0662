"""Money that goes back (還付), what of it was handed out, and who was written to about a fee (納付のお知らせ・督促)."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.bookings.models.booking import Booking
from apps.bookings.models.fees import FeeSheet
from apps.bookings.models.payments import Payment
from shared.described import Described, plain


class RefundKind(models.TextChoices):
    """Why money goes back (還付の理由)."""

    EXCESS = "excess", _("超過")
    ENDED = "ended", _("利用の取りやめ")


class PayoutMethod(models.TextChoices):
    """How it went back (還付の方法)."""

    CASH = "cash", _("現金")
    TRANSFER = "transfer", _("口座振込")
    ONLINE = "online", _("決済事業者からの返金")
    OFFSET = "offset", _("充当")


class RefundSeries(models.Model):
    """The last 還付 number of a fiscal year: gapless, since it is taken under a row lock."""

    fiscal_year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.fiscal_year}: {self.last}"


class Refund(models.Model):
    """What somebody decided to give back of a booking's money (還付の決定), under its number.

    Its amounts are never changed; one of which nothing was handed out may be withdrawn with a reason. The database
    lets no more go back than came in. No account of a bank is kept: it is written on the form by hand.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="refunds")
    kind = models.CharField(max_length=8, choices=RefundKind)
    fiscal_year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    day = models.DateField()
    """The day in Japan of the decision."""
    decided_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    base = models.PositiveIntegerField()
    """What it is a share of (還付の基礎となる額)."""
    percent = models.PositiveSmallIntegerField()
    """還付率."""
    amount = models.PositiveIntegerField()
    rule = models.CharField(max_length=100, blank=True)
    """What the share follows from, in words: 利用日の30日前まで."""
    article = models.CharField(max_length=100, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    """Why another share was decided than follows from the rules."""
    content = models.JSONField()
    """還付請求書 as it is printed (``apps.bookings.documents.refund``)."""
    texts = ArrayField(models.UUIDField(), default=list, blank=True)
    """The facility's own versions of wording that it was made with."""
    printed = models.PositiveSmallIntegerField(default=0)
    void_at = models.DateTimeField(null=True, blank=True)
    void_by = models.UUIDField(null=True)
    void_reason = models.CharField(max_length=500, blank=True)

    describes: ClassVar[Described] = Described(
        file="registrants",
        personal={
            "kind": _("還付の理由の区分"),
            "serial": _("還付の番号"),
            "day": _("還付の決定の年月日"),
            "base": _("還付の基礎となる額"),
            "percent": _("還付率"),
            "amount": _("還付の額"),
            "rule": _("還付率の根拠"),
            "article": _("還付の根拠条項"),
            "reason": _("還付率を変えた理由"),
            "content": _("還付請求書の記載事項"),
            "void_at": _("還付の決定を取り下げた日時"),
            "void_reason": _("還付の決定を取り下げた理由"),
        },
        plain=plain("fiscal_year decided_at decided_by texts printed void_by"),
    )

    class Meta:
        ordering = ["fiscal_year", "serial"]
        indexes = [models.Index(fields=["day"], name="refund_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["fiscal_year", "serial"], name="one_refund_a_number"),
            models.UniqueConstraint(
                fields=["booking"],
                condition=Q(kind="ended", void_at__isnull=True),
                name="one_refund_of_what_ended",
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="a_refund_is_a_share"),
            models.CheckConstraint(condition=Q(amount__lte=F("base")), name="a_refund_is_of_its_base"),
            models.CheckConstraint(
                condition=Q(kind="ended") | Q(percent=100, amount__gt=0), name="an_excess_goes_back_whole"
            ),
            models.CheckConstraint(
                condition=Q(void_at__isnull=True) | ~Q(void_reason=""), name="withdrawing_a_refund_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year}-{self.serial}"


class RefundPayout(models.Model):
    """Money of a refund that was handed out (還付の支払), or put to another fee (充当). Never changed.

    One that was entered by mistake is taken back by another of its amount below zero (赤伝), with a reason, so that
    every sum stays right. What went through a provider, and a 充当, are not taken back so.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    refund = models.ForeignKey(Refund, on_delete=models.PROTECT, related_name="payouts")
    day = models.DateField()
    """The day in Japan on which it went back."""
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    method = models.CharField(max_length=10, choices=PayoutMethod)
    amount = models.IntegerField()
    """In yen; below zero of one that takes another back."""
    reverses = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversal")
    """The payout that was entered by mistake."""
    reason = models.CharField(max_length=500, blank=True)
    """Why that one does not hold."""
    payment = models.OneToOneField(Payment, null=True, blank=True, on_delete=models.PROTECT, related_name="offset_from")
    """The payment that a 充当 became at the other booking."""

    describes: ClassVar[Described] = Described(
        file="registrants",
        personal={
            "day": _("還付の年月日"),
            "method": _("還付の方法"),
            "amount": _("還付した額"),
            "payment": _("充当した収納"),
            "reverses": _("取り消した還付の支払"),
            "reason": _("還付の支払を取り消した理由"),
        },
        plain=plain("at by"),
    )

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["day"], name="payout_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(reverses__isnull=True, amount__gt=0, reason="")
                | (Q(reverses__isnull=False, amount__lt=0) & ~Q(reason="")),
                name="a_payout_is_of_something",
            ),
            models.CheckConstraint(
                condition=Q(method="offset", payment__isnull=False) | (~Q(method="offset") & Q(payment__isnull=True)),
                name="an_offset_and_only_an_offset_pays",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.refund_id} {self.amount}"

    @property
    def size(self) -> int:
        """The yen of it, whichever way they went."""
        return abs(self.amount)


class NoticeKind(models.TextChoices):
    """What was written about a fee."""

    REMINDER = "reminder", _("納付期限のお知らせ")
    DUNNING = "dunning", _("督促")


class FeeNotice(models.Model):
    """Somebody was written to about a fee: before it was due (once a fee), or when it was overdue (督促)."""

    sheet = models.ForeignKey(FeeSheet, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=8, choices=NoticeKind)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    describes: ClassVar[Described] = Described(
        file="registrants",
        personal={"kind": _("納付についての連絡の種類"), "at": _("納付についての連絡の日時")},
        plain=plain("by"),
    )

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["sheet"], condition=Q(kind="reminder"), name="one_reminder_a_fee"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.kind}"
