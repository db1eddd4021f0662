"""What a facility sets for a booking's life, and what belongs to it: changes asked for, points, measures, lines."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.bookings.models.booking import Booking
from apps.bookings.models.room import Facility, Room
from apps.registrants.models import Registrant
from shared.described import Described, plain


class BookingTerms(models.Model):
    """The terms (予約の定め) of a facility from a day on. The newest that has begun holds."""

    facility = models.ForeignKey(Facility, on_delete=models.CASCADE, related_name="terms")
    valid_from = models.DateField()
    content = models.JSONField()
    """As ``rules.terms.as_json`` writes it."""
    decided_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)

    class Meta:
        ordering = ["facility", "-valid_from"]
        constraints = [models.UniqueConstraint(fields=["facility", "valid_from"], name="one_set_of_terms_a_first_day")]

    def __str__(self) -> str:
        return f"{self.facility_id} {self.valid_from}"


class ChangeState(models.TextChoices):
    """What became of a change that was asked for (変更申請)."""

    ASKED = "asked", _("申請中")
    GRANTED = "granted", _("許可")
    REFUSED = "refused", _("不許可")
    WITHDRAWN = "withdrawn", _("取下げ")


class ChangeRequest(models.Model):
    """A change of date, slots or room of a permitted booking, asked for (変更申請). It occupies nothing yet."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="change_requests")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    slot_numbers = ArrayField(models.PositiveSmallIntegerField())
    state = models.CharField(max_length=9, choices=ChangeState, default=ChangeState.ASKED)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    describes: ClassVar[Described] = Described(
        file="registrants",
        personal={
            "room": _("変更後の室場"),
            "day": _("変更後の使用年月日"),
            "state": _("変更申請の状態"),
            "asked_at": _("変更申請の日時"),
            "decided_at": _("変更の許可・不許可の日時"),
            "reason": _("変更の不許可の理由"),
        },
        plain=plain("slot_numbers"),
    )

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["booking"], condition=Q(state="asked"), name="one_change_asked_at_a_time"),
            models.CheckConstraint(condition=~Q(state="refused", reason=""), name="a_refused_change_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.booking_id} {self.state}"


class PenaltyEvent(models.TextChoices):
    """What points are given for (ペナルティの事由)."""

    NO_SHOW = "no_show", _("無断不使用")
    LATE_CANCEL = "late_cancel", _("直前の取消し")
    UNPAID = "unpaid", _("使用料の未納")
    OTHER_USE = "other_use", _("目的外の使用")
    SUBLET = "sublet", _("又貸し")
    FALSE_ENTRY = "false_entry", _("虚偽の登録")
    NOT_RESTORED = "not_restored", _("原状回復の違反")


class PenaltyPoint(models.Model):
    """Points that somebody was given (ペナルティ点), once an event of a booking; staff may take them back."""

    registrant = models.ForeignKey(Registrant, on_delete=models.PROTECT, related_name="penalty_points")
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="penalty_points")
    event = models.CharField(max_length=12, choices=PenaltyEvent)
    day = models.DateField()
    """The day of the use that it is about."""
    points = models.DecimalField(max_digits=5, decimal_places=2)
    note = models.CharField(max_length=500, blank=True)
    given_at = models.DateTimeField()
    given_by = models.UUIDField(null=True)
    void_at = models.DateTimeField(null=True, blank=True)
    void_by = models.UUIDField(null=True)
    void_reason = models.CharField(max_length=500, blank=True)

    describes: ClassVar[Described] = Described(
        file="registrants",
        personal={
            "event": _("ペナルティの事由"),
            "day": _("ペナルティの対象の利用日"),
            "points": _("ペナルティの点数"),
            "note": _("ペナルティについての記録"),
            "given_at": _("ペナルティを付けた日時"),
            "void_at": _("ペナルティを取り消した日時"),
            "void_reason": _("ペナルティを取り消した理由"),
        },
        plain=plain("given_by void_by"),
    )

    class Meta:
        ordering = ["day", "id"]
        constraints = [
            models.UniqueConstraint(fields=["booking", "event"], name="one_event_counts_once"),
            models.CheckConstraint(condition=Q(points__gt=0), name="points_are_more_than_none"),
            models.CheckConstraint(
                condition=Q(void_at__isnull=True) | ~Q(void_reason=""), name="taking_points_back_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.points}"


class MeasureKind(models.TextChoices):
    """What is done about points (措置), the lightest first."""

    WARN = "warn", _("警告")
    NO_DRAW = "no_draw", _("抽選の申込みの停止")
    FEWER = "fewer", _("申込数の制限")
    SUSPEND = "suspend", _("利用停止")
    STRIKE = "strike", _("登録の抹消")


class MeasureState(models.TextChoices):
    """A measure is proposed by the system and decided by a person, who may end it before its time."""

    PROPOSED = "proposed", _("案")
    TAKEN = "taken", _("決定")
    DISMISSED = "dismissed", _("見送り")
    LIFTED = "lifted", _("解除")


class MeasureScope(models.TextChoices):
    """Where a measure holds (措置の範囲)."""

    TENANT = "tenant", _("全館")
    FACILITY = "facility", _("この施設のみ")


class Measure(models.Model):
    """A measure that the points of somebody call for (措置の案), and what a person decided."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registrant = models.ForeignKey(Registrant, on_delete=models.PROTECT, related_name="measures")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    """Whose terms propose it, and who signs the notice."""
    kind = models.CharField(max_length=8, choices=MeasureKind)
    scope = models.CharField(max_length=8, choices=MeasureScope, default=MeasureScope.TENANT)
    days = models.PositiveSmallIntegerField()
    """How long; 0: without end, or a measure of a moment."""
    points = models.DecimalField(max_digits=6, decimal_places=2)
    """What counted when it was proposed."""
    state = models.CharField(max_length=9, choices=MeasureState, default=MeasureState.PROPOSED)
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.UUIDField(null=True)
    first = models.DateField(null=True, blank=True)
    last = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    fiscal_year = models.PositiveSmallIntegerField(null=True, blank=True)
    serial = models.PositiveIntegerField(null=True, blank=True)
    notice = models.JSONField(null=True, blank=True)
    """The notice (文書) as it was issued."""
    printed = models.PositiveSmallIntegerField(default=0)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.UUIDField(null=True)
    lift_reason = models.CharField(max_length=500, blank=True)

    describes: ClassVar[Described] = Described(
        file="registrants",
        personal={
            "kind": _("措置の種類"),
            "scope": _("措置の範囲"),
            "points": _("措置の根拠の点数"),
            "state": _("措置の状態"),
            "decided_at": _("措置を決定した日時"),
            "first": _("措置の初日"),
            "last": _("措置の最終日"),
            "reason": _("措置の理由"),
            "serial": _("措置の通知書の番号"),
            "notice": _("措置の通知書の記載事項"),
            "lifted_at": _("措置を解除した日時"),
            "lift_reason": _("措置を解除した理由"),
        },
        plain=plain("days proposed_at decided_by fiscal_year printed lifted_by"),
    )

    class Meta:
        ordering = ["proposed_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["registrant", "facility"], condition=Q(state="proposed"), name="one_measure_proposed_at_a_time"
            ),
            models.UniqueConstraint(fields=["fiscal_year", "serial"], name="one_notice_a_number"),
            models.CheckConstraint(
                condition=Q(state="proposed") | (Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(reason="")),
                name="a_person_decides_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="lifted", lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lift_reason="")
                | ~Q(state="lifted") & Q(lifted_at__isnull=True),
                name="a_person_lifts_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(kind="strike") | Q(scope="tenant"), name="a_registration_is_struck_off_everywhere"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class WaitState(models.TextChoices):
    """A place in the line for a slot (空き待ち)."""

    WAITING = "waiting", _("空き待ち中")
    OFFERED = "offered", _("仮押え中")
    TAKEN = "taken", _("申込み済み")
    OVER = "over", _("終了")
    WITHDRAWN = "withdrawn", _("取下げ")


class Wait(models.Model):
    """Somebody asks to be told of slots that free up (空き待ち): first come, first held."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registrant = models.ForeignKey(Registrant, on_delete=models.PROTECT, related_name="waits")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="waits")
    day = models.DateField()
    during = DateTimeRangeField()
    slot_numbers = ArrayField(models.PositiveSmallIntegerField())
    slot_labels = ArrayField(models.CharField(max_length=20))
    state = models.CharField(max_length=9, choices=WaitState, default=WaitState.WAITING)
    asked_at = models.DateTimeField()
    hold = models.ForeignKey(
        Booking, null=True, blank=True, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False
    )
    """The hold that was given; a hold that is over is no row any more."""
    offered_until = models.DateTimeField(null=True, blank=True)

    describes: ClassVar[Described] = Described(
        file="registrants",
        personal={
            "room": _("空き待ちの室場"),
            "day": _("空き待ちの利用日"),
            "during": _("空き待ちの時間"),
            "state": _("空き待ちの状態"),
            "asked_at": _("空き待ちを申し込んだ日時"),
        },
        plain=plain("slot_numbers slot_labels offered_until"),
    )

    class Meta:
        ordering = ["asked_at", "id"]
        indexes = [models.Index(fields=["room", "asked_at"], condition=Q(state="waiting"), name="the_line")]
        constraints = [
            models.UniqueConstraint(
                fields=["registrant", "room", "day", "slot_numbers"],
                condition=Q(state__in=["waiting", "offered"]),
                name="one_place_in_a_line",
            )
        ]

    def __str__(self) -> str:
        return f"{self.room_id} {self.day} {self.state}"
