"""What the portal keeps beside the bookings: which reminders went out."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from apps.bookings.models.booking import Booking
from shared.described import Described, plain


class Reminder(models.Model):
    """That a citizen was reminded of a booking: once a kind, lead and moment, so that a moved booking is told anew."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=10)
    minutes = models.PositiveIntegerField()
    """So long before."""
    target = models.DateTimeField()
    """What it was before: the start of the use, the end of the 仮予約."""
    sent_at = models.DateTimeField()

    describes: ClassVar[Described] = Described(file="registrants", plain=plain("kind minutes target sent_at"))

    class Meta:
        ordering = ["booking", "target", "minutes"]
        constraints = [
            models.UniqueConstraint(fields=["booking", "kind", "minutes", "target"], name="a_reminder_once"),
            models.CheckConstraint(condition=models.Q(kind__in=["use", "tentative"]), name="a_reminder_is_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.minutes}"
