"""What is offered when: timetables and closing rules."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.bookings.models.room import Facility, Room

ALWAYS: Final = dt.date(1989, 1, 8)
"""The first day of what has always held."""
MONTH_DAY: Final = r"^\d\d-\d\d$"


class TimetableKind(models.TextChoices):
    """How a day is cut (時間割の種類)."""

    UNITS = "units", _("一定のコマ")
    FREE = "free", _("任意のコマ")
    PARTS = "parts", _("午前・午後・夜間の区分")


class Timetable(models.Model):
    """The slots of a room from a day on (時間割), perhaps in one season of each year.

    Of those that hold on a day, a season's comes before the whole year's, and the newest that has begun holds.
    """

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="timetables")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    kind = models.CharField(max_length=8, choices=TimetableKind, default=TimetableKind.PARTS)
    first_day = models.CharField(max_length=5, blank=True)
    """MM-DD of the season; empty: the whole year."""
    last_day = models.CharField(max_length=5, blank=True)
    unit_minutes = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["room", "valid_from", "first_day"]
        constraints = [
            models.UniqueConstraint(fields=["room", "valid_from", "first_day"], name="one_timetable_a_first_day"),
            models.CheckConstraint(
                condition=Q(first_day="", last_day="") | Q(first_day__regex=MONTH_DAY, last_day__regex=MONTH_DAY),
                name="a_season_has_both_ends",
            ),
            models.CheckConstraint(
                condition=Q(kind=TimetableKind.UNITS, unit_minutes__in=[30, 60])
                | (~Q(kind=TimetableKind.UNITS) & Q(unit_minutes__isnull=True)),
                name="units_have_a_length",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="a_timetable_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.room_id} {self.valid_from}"


class TimetableSlot(models.Model):
    """A slot (区分・コマ) of a day, in local time; an end of 0:00 is midnight after the day."""

    timetable = models.ForeignKey(Timetable, on_delete=models.CASCADE, related_name="slots")
    number = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=20)
    label_en = models.CharField(max_length=20, blank=True)
    starts = models.TimeField()
    ends = models.TimeField()

    class Meta:
        ordering = ["timetable", "number"]
        constraints = [
            models.UniqueConstraint(fields=["timetable", "number"], name="one_slot_a_number"),
            models.CheckConstraint(
                condition=Q(starts__lt=F("ends")) | Q(ends="00:00"), name="a_slot_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class ClosingKind(models.TextChoices):
    """Kind of closing rule (休館日の定め)."""

    WEEKLY = "weekly", _("曜日")
    MONTHLY = "monthly", _("毎月の日")
    HOLIDAY = "holiday", _("祝日")
    YEARLY = "yearly", _("毎年の期間")
    PERIOD = "period", _("期間を決めて")


class ClosingEffect(models.TextChoices):
    """Whether the rule closes, or opens what others close (例外開館)."""

    CLOSES = "closes", _("休館する")
    OPENS = "opens", _("特別に開館する")


class ClosingBlock(models.TextChoices):
    """What a closed day is called and counted as."""

    CLOSURE = "closure", _("休館")
    MAINTENANCE = "maintenance", _("点検・保守")
    WORKS = "works", _("工事")


class ClosingShift(models.TextChoices):
    """What becomes of a closed day that is a holiday (振替)."""

    STAY = "stay", _("そのまま休館する")
    OFF = "off", _("開館する")
    NEXT_DAY = "next_day", _("翌日に休館する")
    NEXT_NON_HOLIDAY = "next_non_holiday", _("次の祝日でない日に休館する")
    PREVIOUS_WEEK = "previous_week", _("前の週の同じ曜日に休館する")


class ClosingRule(models.Model):
    """Days on which a facility, or one of its rooms, is closed by rule (休館日), or opened in spite of the rules."""

    facility = models.ForeignKey(Facility, on_delete=models.CASCADE, related_name="closing_rules")
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.CASCADE, related_name="closing_rules")
    kind = models.CharField(max_length=8, choices=ClosingKind)
    effect = models.CharField(max_length=8, choices=ClosingEffect, default=ClosingEffect.CLOSES)
    block = models.CharField(max_length=12, choices=ClosingBlock, default=ClosingBlock.CLOSURE)
    weekday = models.PositiveSmallIntegerField(null=True, blank=True)
    """1 Monday … 7 Sunday, for the weekly kind."""
    ordinals = ArrayField(models.SmallIntegerField(), default=list, blank=True)
    """1 to 5, -1 the last, of the weekly kind; none: every week."""
    month_days = ArrayField(models.SmallIntegerField(), default=list, blank=True)
    """1 to 31, -1 the last, of the monthly kind."""
    first_day = models.CharField(max_length=5, blank=True)
    """MM-DD, for the yearly kind; the period may pass the turn of the year."""
    last_day = models.CharField(max_length=5, blank=True)
    shift = models.CharField(max_length=16, choices=ClosingShift, default=ClosingShift.STAY)
    valid_from = models.DateField(default=ALWAYS)
    """The first day that it may close."""
    valid_until = models.DateField(null=True, blank=True)
    label = models.CharField(max_length=20, default="休館")
    label_en = models.CharField(max_length=20, default="Closed")

    class Meta:
        ordering = ["facility", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ClosingKind.WEEKLY, weekday__range=(1, 7))
                | Q(kind=ClosingKind.HOLIDAY)
                | Q(kind=ClosingKind.MONTHLY, month_days__len__gte=1)
                | Q(kind=ClosingKind.PERIOD, valid_until__isnull=False)
                | Q(kind=ClosingKind.YEARLY, first_day__regex=MONTH_DAY, last_day__regex=MONTH_DAY),
                name="a_closing_rule_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(ordinals__contained_by=[1, 2, 3, 4, 5, -1])
                & Q(month_days__contained_by=[*range(1, 32), -1]),
                name="a_closing_rule_names_days_that_are",
            ),
            models.CheckConstraint(
                condition=Q(shift=ClosingShift.STAY)
                | Q(kind__in=[ClosingKind.WEEKLY, ClosingKind.MONTHLY])
                | Q(kind=ClosingKind.HOLIDAY, shift__in=[ClosingShift.NEXT_DAY, ClosingShift.NEXT_NON_HOLIDAY]),
                name="only_single_days_are_shifted",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="a_closing_rule_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.label}"
