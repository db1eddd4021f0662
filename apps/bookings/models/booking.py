"""Bookings, their history, and what staff note about them."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.bookings.models.room import Purpose, Room
from apps.registrants.models import Registrant
from shared.described import Described, plain


class BookingState(models.TextChoices):
    """State of a booking (予約の状態). The sets that matter are carried by the class."""

    HOLD = "hold", _("仮押え")
    TENTATIVE = "tentative", _("仮予約")
    UNDER_REVIEW = "under_review", _("審査待ち")
    DEFERRED = "deferred", _("審査保留")
    PERMITTED = "permitted", _("許可")
    USED = "used", _("利用済み")
    NO_SHOW = "no_show", _("不来場")
    REFUSED = "refused", _("不許可")
    CANCELLED = "cancelled", _("取消")
    CALLED_OFF = "called_off", _("施設の都合による取消")
    REVOKED = "revoked", _("許可の取消")
    EXPIRED = "expired", _("期限切れ")


class Channel(models.TextChoices):
    """Where a booking came in (受付経路)."""

    PORTAL = "portal", _("インターネット")
    COUNTER = "counter", _("窓口")


class Series(models.Model):
    """Several bookings of one registrant that were made together (定期利用): one object to permit, change or cancel."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registrant = models.ForeignKey(Registrant, on_delete=models.PROTECT, related_name="series")
    pattern = models.JSONField()
    """How its days were found (``rules.series.Pattern``)."""
    created_at = models.DateTimeField()
    created_by = models.UUIDField(null=True)

    describes: ClassVar[Described] = Described(file="registrants", plain=plain("pattern created_at created_by"))

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return str(self.pk)


class Booking(models.Model):
    """A registrant's use of a room for one span (予約). Its parts are held by ``Occupation`` rows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True)
    """受付番号, shown to the citizen."""
    registrant = models.ForeignKey(Registrant, on_delete=models.PROTECT, related_name="bookings")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="bookings")
    day = models.DateField()
    during = DateTimeRangeField()
    """Half-open span of instants."""
    slot_numbers = ArrayField(models.PositiveSmallIntegerField())
    slot_labels = ArrayField(models.CharField(max_length=20))
    purpose = models.ForeignKey(Purpose, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    event_name = models.CharField(max_length=100, blank=True)
    """行事名・使用目的の内容, as the applicant wrote it."""
    headcount = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=BookingState)
    channel = models.CharField(max_length=8, choices=Channel)
    hold_expires_at = models.DateTimeField(null=True, blank=True)
    idempotency_key = models.UUIDField()
    """The same key again gives the same booking."""
    applied_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    """Reason of a refusal or cancellation, told to the applicant."""
    due_at = models.DateTimeField(null=True, blank=True)
    """本申請期限 of a 仮予約: then it expires by itself."""
    reminded_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    """When it was given up, called off, revoked, or expired."""
    cause = models.CharField(max_length=20, blank=True)
    """取消事由 by its code in the facility's terms."""
    refund_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    """還付率, as it followed from cause and day when the booking was given up."""
    series = models.ForeignKey(Series, null=True, blank=True, on_delete=models.PROTECT, related_name="bookings")
    went_with = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="took_along")
    """Of an annex (附属の室場): the booking of its room with which it ended."""
    version = models.PositiveIntegerField(default=1)
    """Counts changes: a page made from an older version is stale."""
    created_at = models.DateTimeField()

    describes: ClassVar[Described] = Described(
        file="registrants",
        personal={
            "number": _("予約の受付番号"),
            "room": _("使用室場"),
            "day": _("使用年月日"),
            "during": _("使用時間"),
            "purpose": _("使用の目的"),
            "event_name": _("行事名"),
            "headcount": _("使用人数"),
            "state": _("予約の状態"),
            "channel": _("受付の方法"),
            "applied_at": _("申請の日時"),
            "decided_at": _("許可・不許可の日時"),
            "reason": _("不許可・取消しの理由"),
            "due_at": _("仮予約の期限"),
            "ended_at": _("取消しの日時"),
            "cause": _("取消しの事由"),
            "refund_percent": _("還付率"),
            "went_with": _("一緒に取り消された予約"),
        },
        plain=plain("slot_numbers slot_labels hold_expires_at idempotency_key version created_at reminded_at"),
    )

    class Meta:
        ordering = ["day", "during", "id"]
        indexes = [
            models.Index(fields=["day", "room"], name="booking_by_day"),
            models.Index(fields=["registrant", "day"], name="booking_by_registrant"),
            models.Index(fields=["applied_at"], condition=Q(state="under_review"), name="booking_inbox"),
            models.Index(fields=["hold_expires_at"], condition=Q(state="hold"), name="booking_holds"),
            models.Index(fields=["due_at"], condition=Q(state="tentative"), name="booking_due"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["registrant", "idempotency_key"], name="one_booking_a_key"),
            models.CheckConstraint(
                condition=Q(state="hold") ^ Q(hold_expires_at__isnull=True), name="a_hold_and_only_a_hold_expires"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["hold", "cancelled"])
                | Q(purpose__isnull=False, headcount__gte=1, applied_at__isnull=False),
                name="an_application_is_complete",
            ),
            models.CheckConstraint(condition=~Q(state="refused", reason=""), name="a_refusal_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(state__in=["revoked", "called_off"], reason=""), name="an_adverse_act_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="tentative") ^ Q(due_at__isnull=True), name="what_is_tentative_expires"
            ),
            models.CheckConstraint(
                condition=Q(went_with__isnull=True)
                | Q(state__in=["refused", "cancelled", "called_off", "revoked", "expired"]),
                name="only_what_ended_went_along",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class BookingAct(models.Model):
    """What was done to a booking (経過): who, when, what, why. Never changed."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="acts")
    at = models.DateTimeField()
    act = models.CharField(max_length=20)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    describes: ClassVar[Described] = Described(
        file="registrants",
        personal={
            "at": _("予約の処理の日時"),
            "act": _("予約の処理の内容"),
            "reason": _("予約の処理の理由"),
        },
        plain=plain("actor_kind actor_id"),
    )

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.act


class StaffNote(models.Model):
    """A remark among staff (職員備考); no citizen's request reads it."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="notes")
    at = models.DateTimeField()
    author = models.UUIDField()
    text = models.CharField(max_length=1000)

    describes: ClassVar[Described] = Described(
        file="registrants",
        personal={
            "text": _("職員の覚え書き"),
        },
        plain=plain("at author"),
    )

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return str(self.at)
