"""棚卸: each quarter every ID of a facility is confirmed, or suspended at its end."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class RecountAnswer(models.TextChoices):
    """What the facility says of an ID."""

    NONE = "", _("未回答")
    KEEP = "keep", _("引き続き必要")
    STOP = "stop", _("不要")


class Recount(models.Model):
    """One quarter's recount of one facility (棚卸)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.CharField(max_length=40)
    quarter_on = models.DateField()
    """The first day of the quarter."""
    opened_at = models.DateTimeField()
    closes_on = models.DateField()
    """The last day for answers."""
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-quarter_on", "tenant"]
        constraints = [models.UniqueConstraint(fields=["tenant", "quarter_on"], name="one_recount_a_quarter")]

    def __str__(self) -> str:
        return f"{self.tenant} {self.quarter_on}"


class RecountEntry(models.Model):
    """An ID in a recount (棚卸の行)."""

    recount = models.ForeignKey(Recount, on_delete=models.CASCADE, related_name="entries")
    tenant = models.CharField(max_length=40)
    account = models.UUIDField()
    login_id = models.CharField(max_length=60)
    name = models.CharField(max_length=60)
    answer = models.CharField(max_length=4, choices=RecountAnswer, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    suspended_at = models.DateTimeField(null=True)
    """When it was suspended for want of a confirmation."""

    class Meta:
        ordering = ["recount_id", "login_id"]
        constraints = [models.UniqueConstraint(fields=["recount", "account"], name="once_in_a_recount")]

    def __str__(self) -> str:
        return f"{self.recount_id} {self.login_id}"
