"""Money that was received for bookings (収納), receipts voided, and days that were closed (日計)."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.bookings.models.booking import Booking
from apps.bookings.models.online import OnlineSession
from shared.described import Described, plain


class PaymentMethod(models.TextChoices):
    """How it was paid (金種)."""

    CASH = "cash", _("現金")
    CARD = "card", _("クレジットカード")
    CODE = "code", _("コード決済")
    TRANSFER = "transfer", _("口座振込")
    VOUCHER = "voucher", _("利用券")
    OFFSET = "offset", _("充当")


class ReceiptSeries(models.Model):
    """The last 領収書 number of a fiscal year: gapless, since it is taken under a row lock."""

    fiscal_year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.fiscal_year}: {self.last}"


class Payment(models.Model):
    """Money received for a booking, with its 領収書. Never changed; a mistake is voided by a ``PaymentVoid``.

    The database lets no more be received than the booking's fee, and nothing on a day that was closed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="payments")
    fiscal_year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    day = models.DateField()
    """The day in Japan on which it was received."""
    received_at = models.DateTimeField()
    received_by = models.UUIDField(null=True)
    method = models.CharField(max_length=10, choices=PaymentMethod)
    amount = models.PositiveIntegerField()
    content = models.JSONField()
    """The receipt as it was issued (``apps.bookings.documents.receipt``)."""
    printed = models.PositiveSmallIntegerField(default=0)
    online = models.OneToOneField(OnlineSession, null=True, on_delete=models.PROTECT, related_name="payment")
    """The session by which it was paid online: at most one payment each."""

    describes: ClassVar[Described] = Described(
        file="registrants",
        personal={
            "serial": _("領収書の番号"),
            "day": _("収納の年月日"),
            "method": _("収納の方法"),
            "amount": _("収納の額"),
            "content": _("領収書の記載事項"),
        },
        plain=plain("fiscal_year received_at received_by printed"),
    )

    class Meta:
        ordering = ["fiscal_year", "serial"]
        indexes = [models.Index(fields=["day"], name="payment_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["fiscal_year", "serial"], name="one_receipt_a_number"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_payment_is_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year}-{self.serial}"


class PaymentVoid(models.Model):
    """A payment that did not hold (収納の取消し): the money went back on ``day``, for a reason."""

    payment = models.OneToOneField(Payment, primary_key=True, on_delete=models.PROTECT, related_name="void")
    day = models.DateField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    reason = models.CharField(max_length=500)

    describes: ClassVar[Described] = Described(
        file="registrants",
        personal={"day": _("収納の取消しの年月日"), "reason": _("収納の取消しの理由")},
        plain=plain("at by"),
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_void_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.payment_id}"


class CashDay(models.Model):
    """A day that was closed (日計の締め): what the drawer should hold of it, and what was counted."""

    day = models.DateField(primary_key=True)
    expected = models.IntegerField()
    counted = models.IntegerField()
    reason = models.CharField(max_length=500, blank=True)
    """Why the two differ."""
    closed_at = models.DateTimeField()
    closed_by = models.UUIDField(null=True)

    describes: ClassVar[Described] = Described(plain=plain("day expected counted reason closed_at closed_by"))

    class Meta:
        ordering = ["-day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expected=models.F("counted")) | ~Q(reason=""), name="a_difference_has_a_reason"
            )
        ]

    def __str__(self) -> str:
        return str(self.day)
