"""What is offered when: timetables and closing rules."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.bookings.models.room import Facility, Room


class Timetable(models.Model):
    """The slots of a room from a day on (時間割). The newest that has begun holds."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="timetables")
    valid_from = models.DateField()

    class Meta:
        ordering = ["room", "valid_from"]
        constraints = [models.UniqueConstraint(fields=["room", "valid_from"], name="one_timetable_a_first_day")]

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

    WEEKLY = "weekly", _("毎週")
    HOLIDAY = "holiday", _("祝日")
    YEARLY = "yearly", _("毎年の期間")


class ClosingRule(models.Model):
    """Days on which a facility, or one of its rooms, is closed by rule (休館日)."""

    facility = models.ForeignKey(Facility, on_delete=models.CASCADE, related_name="closing_rules")
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.CASCADE, related_name="closing_rules")
    kind = models.CharField(max_length=8, choices=ClosingKind)
    weekday = models.PositiveSmallIntegerField(null=True, blank=True)
    """1 Monday … 7 Sunday, for the weekly kind."""
    first_day = models.CharField(max_length=5, blank=True)
    """MM-DD, for the yearly kind; the period may pass the turn of the year."""
    last_day = models.CharField(max_length=5, blank=True)
    label = models.CharField(max_length=20, default="休館")
    label_en = models.CharField(max_length=20, default="Closed")

    class Meta:
        ordering = ["facility", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ClosingKind.WEEKLY, weekday__range=(1, 7))
                | Q(kind=ClosingKind.HOLIDAY)
                | Q(kind=ClosingKind.YEARLY, first_day__regex=r"^\d\d-\d\d$", last_day__regex=r"^\d\d-\d\d$"),
                name="a_closing_rule_is_complete",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.label}"
