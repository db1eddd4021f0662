"""What a use costs: the dated tables, the fee of a booking with its lines, and reductions asked for."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.bookings.models.booking import Booking
from apps.bookings.models.document import Document
from apps.bookings.models.room import Facility, Room
from shared.described import Described, plain


class FeeTableKind(models.TextChoices):
    """Which table (料金表の種類)."""

    TARIFF = "tariff", _("室料")
    SURCHARGES = "surcharges", _("割増・加算")
    CLIMATE = "climate", _("冷暖房")
    EQUIPMENT = "equipment", _("附属設備")
    REDUCTIONS = "reductions", _("減免の事由")
    TERMS = "terms", _("端数・税・延長")


class FeeTable(models.Model):
    """One table as an ordinance sets it, from a day on (適用開始日). The newest that has begun holds.

    A row is never changed. One that has been in force, or on which a booking's fee rests, is not deleted either, and
    none is entered for days that are over while another held: the database's trigger refuses it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="fee_tables")
    room = models.ForeignKey(Room, null=True, on_delete=models.PROTECT, related_name="fee_tables")
    """A tariff's room; the other tables are the facility's."""
    kind = models.CharField(max_length=10, choices=FeeTableKind)
    valid_from = models.DateField()
    content = models.JSONField()
    """The table (``apps.bookings.rules.fees.tables``), amounts in whole yen."""
    note = models.CharField(max_length=100, blank=True)
    """What it rests on: 令和8年条例第3号."""
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField(null=True)

    describes: ClassVar[Described] = Described(plain=plain("kind valid_from content note entered_at entered_by"))

    class Meta:
        ordering = ["facility", "kind", "room", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "kind", "room", "valid_from"], name="one_table_a_first_day", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(kind="tariff", room__isnull=False) | (~Q(kind="tariff") & Q(room__isnull=True)),
                name="a_tariff_is_a_rooms",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.valid_from}"


class FeeCause(models.TextChoices):
    """Why a fee was computed (計算の理由)."""

    APPLICATION = "application", _("申請")
    CHANGE = "change", _("変更")
    REDUCTION = "reduction", _("減免の決定")
    SETTLEMENT = "settlement", _("実績による精算")


class FeeSheet(models.Model):
    """The fee of a booking as it was computed once (料金の計算). The newest holds, older ones are its history.

    Neither it nor its lines are ever changed; at the end of the transaction the lines must add up to ``total``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="fee_sheets")
    number = models.PositiveSmallIntegerField()
    cause = models.CharField(max_length=12, choices=FeeCause)
    made_at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    tables = ArrayField(models.UUIDField())
    """The tables that it was computed by (料金表の版)."""
    facts = models.JSONField()
    """What was said of the use, as far as it matters (``apps.bookings.rules.fees.use.Facts``)."""
    total = models.PositiveIntegerField()
    tax_rate = models.CharField(max_length=10)
    """A fraction: ``1/10``."""
    tax = models.PositiveIntegerField()
    """How much of ``total`` is consumption tax (内税)."""
    line_count = models.PositiveSmallIntegerField()
    due_kind = models.CharField(max_length=10, blank=True)
    """納期の種類 as the facility's terms had it (``apps.bookings.rules.fees.due``)."""
    due_on = models.DateField(null=True)
    """納付期限: the last day that is in time; None where none is set."""

    describes: ClassVar[Described] = Described(
        file="registrants",
        personal={
            "made_at": _("使用料の計算の日時"),
            "cause": _("使用料の計算の理由"),
            "facts": _("使用料の計算の基礎（市外、入場料、設備等）"),
            "total": _("使用料の額"),
            "tax": _("使用料のうち消費税額"),
            "due_on": _("使用料の納付期限"),
        },
        plain=plain("number actor_kind actor_id tables tax_rate line_count due_kind"),
    )

    class Meta:
        ordering = ["booking", "number"]
        indexes = [models.Index(fields=["due_on"], condition=Q(due_on__isnull=False, total__gt=0), name="fee_due")]
        constraints = [
            models.UniqueConstraint(fields=["booking", "number"], name="one_fee_a_number"),
            models.CheckConstraint(condition=Q(tax__lte=models.F("total")), name="the_tax_is_in_the_total"),
        ]

    def __str__(self) -> str:
        return f"{self.booking_id} {self.number}"


class FeeLine(models.Model):
    """One line of a fee: step, column, what it is, the article that it rests on, and its amount in yen."""

    sheet = models.ForeignKey(FeeSheet, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=10)
    column = models.CharField(max_length=10)
    key = models.CharField(max_length=30)
    label = models.CharField(max_length=100, blank=True)
    detail = models.CharField(max_length=40, blank=True)
    article = models.CharField(max_length=100, blank=True)
    amount = models.IntegerField()

    describes: ClassVar[Described] = Described(
        file="registrants",
        personal={
            "label": _("使用料の内訳の名称"),
            "article": _("使用料の根拠条項"),
            "amount": _("使用料の内訳の額"),
        },
        plain=plain("position step column key detail"),
    )

    class Meta:
        ordering = ["sheet", "position"]
        constraints = [models.UniqueConstraint(fields=["sheet", "position"], name="one_line_a_position")]

    def __str__(self) -> str:
        return f"{self.key} {self.amount}"


class ReductionState(models.TextChoices):
    """State of a reduction asked for (減免申請の状態)."""

    ASKED = "asked", _("審査待ち")
    GRANTED = "granted", _("承認")
    REFUSED = "refused", _("不承認")


class ReductionRequest(models.Model):
    """減免の申請 of a booking's fee. Of the evidence only that it was seen (確認済) is kept, never what it says."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="reductions")
    ground = models.CharField(max_length=30)
    """The code of the ground (減免の事由) in the table of the day of use; what it said then stands beside it."""
    ground_label = models.CharField(max_length=100)
    article = models.CharField(max_length=100)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=ReductionState, default=ReductionState.ASKED)
    evidence_at = models.DateTimeField(null=True)
    evidence_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    """Why it was refused, told to the applicant."""
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    sheet = models.ForeignKey(FeeSheet, null=True, on_delete=models.PROTECT, related_name="+")
    """The fee that came of the decision."""

    describes: ClassVar[Described] = Described(
        file="registrants",
        personal={
            "ground": _("減免の事由"),
            "article": _("減免の根拠条項"),
            "asked_at": _("減免の申請の日時"),
            "state": _("減免の決定"),
            "evidence_at": _("減免の証明書類の確認の日時"),
            "decided_at": _("減免の決定の日時"),
            "reason": _("減免を承認しない理由"),
        },
        plain=plain("ground_label evidence_by decided_by"),
    )

    class Meta:
        ordering = ["asked_at", "id"]
        indexes = [models.Index(fields=["asked_at"], condition=Q(state="asked"), name="reduction_inbox")]
        constraints = [
            models.UniqueConstraint(
                fields=["booking"], condition=Q(state__in=["asked", "granted"]), name="one_reduction_a_booking"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", decided_at__isnull=True)
                | (~Q(state="asked") & Q(decided_at__isnull=False, decided_by__isnull=False, document__isnull=False)),
                name="a_decision_has_its_decider",
            ),
            models.CheckConstraint(
                condition=~Q(state="granted") | Q(evidence_at__isnull=False, sheet__isnull=False),
                name="what_is_granted_was_evident",
            ),
            models.CheckConstraint(condition=~Q(state="refused", reason=""), name="a_refused_reduction_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.ground} {self.state}"
