"""What became of the bookings on the day: who came, and how many (利用実績; rules, section 9)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.bookings.models.booking import Booking
from apps.bookings.models.room import Facility
from shared.described import Described, plain


class CounterSet(models.Model):
    """The headcount categories (人数の区分) of a facility from a day on. The newest that has begun holds."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="counter_sets")
    valid_from = models.DateField()
    decided_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)

    class Meta:
        ordering = ["facility", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["facility", "valid_from"], name="one_set_of_counters_a_first_day")
        ]

    def __str__(self) -> str:
        return f"{self.facility_id} {self.valid_from}"


class Counter(models.Model):
    """One category of people (人数の区分): 60歳以上, 男性 …"""

    counter_set = models.ForeignKey(CounterSet, on_delete=models.CASCADE, related_name="counters")
    code = models.SlugField(max_length=30)
    """The same code in two sets is the same category, also under another name."""
    name = models.CharField(max_length=30)
    name_en = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["counter_set", "position"]
        constraints = [models.UniqueConstraint(fields=["counter_set", "code"], name="a_counter_once_a_set")]

    def __str__(self) -> str:
        return self.name


class Outcome(models.TextChoices):
    """Whether they came (来場・不来場)."""

    CAME = "came", _("来場")
    ABSENT = "absent", _("不来場")


class UseRecord(models.Model):
    """What became of a permitted booking on its day (利用実績). It counts people and names nobody."""

    booking = models.OneToOneField(Booking, on_delete=models.PROTECT, related_name="use_record")
    day = models.DateField()
    """The booking's day of use: the month that it counts in."""
    outcome = models.CharField(max_length=6, choices=Outcome)
    headcount = models.PositiveIntegerField()
    """実績人数: the sum of ``counts``, or the number itself where the facility has no categories."""
    counts = models.JSONField(default=dict)
    """Counter's code -> persons."""
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField(null=True)
    version = models.PositiveIntegerField(default=1)

    describes: ClassVar[Described] = Described(
        file="registrants",
        personal={"outcome": _("来場・不来場"), "headcount": _("実際の利用人数")},
        plain=plain("day counts entered_at entered_by version"),
    )

    class Meta:
        ordering = ["day", "id"]
        indexes = [models.Index(fields=["day"], name="use_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="came", headcount__gte=1) | Q(outcome="absent", headcount=0),
                name="whoever_came_is_counted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.outcome}"


class DayCount(models.Model):
    """Individuals' use of a facility on a day, counted without their persons (個人利用の人数)."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="day_counts")
    day = models.DateField()
    counts = models.JSONField(default=dict)
    """Counter's code -> persons; without categories the whole under an empty code."""
    headcount = models.PositiveIntegerField()
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["facility", "day"]
        constraints = [models.UniqueConstraint(fields=["facility", "day"], name="one_count_a_day")]

    def __str__(self) -> str:
        return f"{self.facility_id} {self.day}"


class MonthDeed(models.Model):
    """A facility's month is closed (月締め), or opened again with a reason. Rows are only added; the newest holds."""

    class Deed(models.TextChoices):
        """What was done."""

        CLOSE = "close", _("締め")
        REOPEN = "reopen", _("締めの取消し")

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="month_deeds")
    month = models.DateField()
    """Its first day."""
    number = models.PositiveSmallIntegerField()
    """1, 2, 3 … of the month: closing and opening again take turns."""
    deed = models.CharField(max_length=6, choices=Deed)
    reason = models.CharField(max_length=500, blank=True)
    figures = models.JSONField(default=dict)
    """The month as it was sent to the city; without any person."""
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Meta:
        ordering = ["facility", "month", "number"]
        constraints = [
            models.UniqueConstraint(fields=["facility", "month", "number"], name="one_deed_a_turn"),
            models.CheckConstraint(condition=Q(month__day=1), name="a_month_is_named_by_its_first_day"),
            models.CheckConstraint(
                condition=Q(deed="close", reason="") | (Q(deed="reopen") & ~Q(reason="")),
                name="reopening_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.deed}"
