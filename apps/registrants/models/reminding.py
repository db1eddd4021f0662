"""That somebody was reminded of the end of a registration (更新のお知らせ)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.registrants.models.registrant import Registrant
from shared.described import Described, plain


class RenewalReminder(models.Model):
    """A reminder that was sent, so many days before the end, once for each end (更新のお知らせの控え)."""

    registrant = models.ForeignKey(Registrant, on_delete=models.CASCADE, related_name="reminders")
    ends_on = models.DateField()
    days = models.PositiveSmallIntegerField()
    """The step of the policy: 60, 30 or 7 days before."""
    at = models.DateTimeField()

    describes: ClassVar[Described] = Described(
        file="registrants",
        personal={
            "at": _("更新の案内を送った日時"),
        },
        plain=plain("ends_on days"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["registrant", "ends_on", "days"], name="one_reminder_a_step_and_end")
        ]

    def __str__(self) -> str:
        return f"{self.registrant_id} {self.days}"
