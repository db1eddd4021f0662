"""What a facility's staff have promised and learnt (誓約・研修), in the facility's own schema."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from shared.staff.models import StaffAccount


class Pledge(models.Model):
    """Somebody promised to keep to a version of the text (誓約)."""

    account = models.ForeignKey(StaffAccount, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    body = models.CharField(max_length=100, blank=True, default="")
    """The employer at that time (所属法人)."""

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["account", "version"], name="one_pledge_a_version")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.version}"


class TrainingKind(models.TextChoices):
    """How somebody learnt."""

    READING = "reading", _("資料の確認（ログイン時）")
    SESSION = "session", _("研修会")


class Training(models.Model):
    """A training (研修): a session that was held, or the material that somebody read."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8, choices=TrainingKind)
    held_on = models.DateField()
    content = models.CharField(max_length=200)
    materials = models.CharField(max_length=200)
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField()

    class Meta:
        ordering = ["-held_on", "-entered_at"]

    def __str__(self) -> str:
        return f"{self.held_on} {self.content}"


class Attendance(models.Model):
    """Somebody took part in a training (受講)."""

    training = models.ForeignKey(Training, on_delete=models.PROTECT, related_name="attendances")
    account = models.ForeignKey(StaffAccount, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["training", "account"], name="once_in_a_training")]

    def __str__(self) -> str:
        return f"{self.training_id} {self.account_id}"
