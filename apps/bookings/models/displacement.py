"""Rooms that are needed for a public use (行政使用による使用の変更), and what becomes of the bookings that it hits."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.bookings.models.booking import Booking
from apps.bookings.models.room import Facility, Room
from shared.described import Described, plain
from shared.publicuse.models import Occasion


class DisplacementState(models.TextChoices):
    """How far it has come (行政使用の状態)."""

    DRAFTED = "drafted", _("作成中")
    FOUND = "found", _("予約の選定中")
    DONE = "done", _("実施済み")
    ENDED = "ended", _("終了")
    CALLED_OFF = "called_off", _("取りやめ")


class Displacement(models.Model):
    """What is needed, when, why, and by whose order. Once carried out it only ends."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="displacements")
    rooms = models.ManyToManyField(Room, related_name="+")
    place = models.UUIDField(null=True, blank=True, unique=True)
    """The city's order to this facility (``shared.publicuse``), without a foreign key; None: ordered at the desk."""
    occasion = models.CharField(max_length=10, choices=Occasion)
    detail = models.CharField(max_length=60, blank=True)
    article = models.CharField(max_length=200)
    """根拠規定, printed on the notices."""
    reason = models.CharField(max_length=500)
    """理由, printed on the notices and told in the mails."""
    spans = ArrayField(DateTimeRangeField())
    """Half-open spans of instants."""
    state = models.CharField(max_length=10, choices=DisplacementState, default=DisplacementState.DRAFTED)
    drafted_at = models.DateTimeField()
    drafted_by = models.UUIDField(null=True)
    found_at = models.DateTimeField(null=True, blank=True)
    carried_at = models.DateTimeField(null=True, blank=True)
    carried_by = models.UUIDField(null=True)
    figures = models.JSONField(default=dict)
    """What came of it in numbers (``rules.displacing.Figures``)."""
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.UUIDField(null=True)
    end_reason = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-drafted_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(spans__len__gte=1), name="a_displacement_has_a_time"),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(article=""), name="a_displacement_has_its_ground"),
            models.CheckConstraint(
                condition=~Q(occasion="other") | ~Q(detail=""), name="another_occasion_is_said_in_words"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["drafted", "found", "called_off"], carried_at__isnull=True)
                | Q(state__in=["done", "ended"], carried_at__isnull=False),
                name="a_displacement_is_carried_out_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["ended", "called_off"], ended_at__isnull=False)
                | Q(state__in=["drafted", "found", "done"], ended_at__isnull=True),
                name="a_displacement_ends_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occasion} {self.drafted_at}"


class Fate(models.TextChoices):
    """What staff choose for a booking that is hit (措置の選択)."""

    MOVE = "move", _("移す")
    CANCEL = "cancel", _("取り消す")
    KEEP = "keep", _("そのまま使ってもらう")


class Consent(models.TextChoices):
    """How the renter agreed to be moved (承諾の方法)."""

    PHONE = "phone", _("電話で承諾")
    COUNTER = "counter", _("窓口で承諾")
    LETTER = "letter", _("書面・メールで承諾")


class Became(models.TextChoices):
    """What became of a booking that was hit."""

    MOVED = "moved", _("変更")
    CANCELLED = "cancelled", _("取消し")
    LET_GO = "let_go", _("仮押えの解除")
    KEPT = "kept", _("そのまま")


class DisplacementHit(models.Model):
    """A booking that a displacement hits: what was proposed and chosen, and what was done. Figures stay, names go."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    displacement = models.ForeignKey(Displacement, on_delete=models.PROTECT, related_name="hits")
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="displacements")
    seen_version = models.PositiveIntegerField()
    """The booking's version that the choice rests on."""
    was = models.JSONField()
    """Room, day, hours, state and headcount as they were."""
    proposals = models.JSONField(default=list)
    choice = models.CharField(max_length=6, choices=Fate, blank=True)
    target_room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    target_day = models.DateField(null=True, blank=True)
    target_slots = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    consent = models.CharField(max_length=7, choices=Consent, blank=True)
    consent_at = models.DateTimeField(null=True, blank=True)
    consent_by = models.UUIDField(null=True)
    became = models.CharField(max_length=9, choices=Became, blank=True)
    paid = models.PositiveIntegerField(default=0)
    refund = models.PositiveIntegerField(default=0)
    """Yen to be paid back: all that was paid for a booking that is cancelled."""
    told_at = models.DateTimeField(null=True, blank=True)
    """When the mail was written; None: there is no account, the notice goes by letter."""
    fiscal_year = models.PositiveSmallIntegerField(null=True, blank=True)
    serial = models.PositiveIntegerField(null=True, blank=True)
    notice = models.JSONField(null=True, blank=True)
    """The notice (文書) as it was issued."""
    texts = ArrayField(models.UUIDField(), default=list, blank=True)
    """The facility's own versions of wording that it was made with."""
    printed = models.PositiveSmallIntegerField(default=0)

    describes: ClassVar[Described] = Described(
        file="registrants",
        personal={
            "was": _("行政使用の前の室場・日時"),
            "choice": _("行政使用の際の措置の選択"),
            "target_day": _("行政使用による変更後の使用年月日"),
            "consent": _("行政使用による変更の承諾の方法"),
            "consent_at": _("行政使用による変更の承諾の日時"),
            "became": _("行政使用による措置"),
            "paid": _("行政使用の時の納付額"),
            "refund": _("行政使用による還付額"),
            "told_at": _("行政使用を知らせた日時"),
            "serial": _("行政使用の通知書の番号"),
            "notice": _("行政使用の通知書の記載事項"),
        },
        plain=plain("seen_version proposals target_slots consent_by fiscal_year texts printed"),
    )

    class Meta:
        ordering = ["displacement", "id"]
        constraints = [
            models.UniqueConstraint(fields=["displacement", "booking"], name="a_booking_is_hit_once"),
            models.UniqueConstraint(fields=["fiscal_year", "serial"], name="one_displacement_notice_a_number"),
            models.CheckConstraint(
                condition=Q(
                    choice="move", target_room__isnull=False, target_day__isnull=False, target_slots__len__gte=1
                )
                | (~Q(choice="move") & Q(target_room__isnull=True, target_day__isnull=True)),
                name="who_is_moved_is_moved_somewhere",
            ),
            models.CheckConstraint(
                condition=~Q(became="moved") | ~Q(consent=""), name="nobody_is_moved_without_consent"
            ),
            models.CheckConstraint(
                condition=Q(consent="", consent_at__isnull=True) | (~Q(consent="") & Q(consent_at__isnull=False)),
                name="a_consent_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(became="cancelled") | Q(refund=models.F("paid")), name="who_gives_way_is_paid_back_wholly"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booking_id} {self.became}"
