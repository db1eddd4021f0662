"""What every print job keeps. Its tables stand in the application whose documents it lays together."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import BaseConstraint, Q
from django.utils.translation import gettext_lazy as _


class PrintState(models.TextChoices):
    """State of a print job (一括印刷の状態)."""

    WAITING = "waiting", _("待機中")
    READY = "ready", _("作成済み")
    FETCHED = "fetched", _("受取り済み")
    CALLED_OFF = "called_off", _("取りやめ")
    FAILED = "failed", _("失敗")


class PrintJobBase(models.Model):
    """Many documents as one file, made by a worker; it goes on where it was interrupted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=10, choices=PrintState, default=PrintState.WAITING)
    ordered_at = models.DateTimeField()
    ordered_by = models.UUIDField()
    """The one account that may fetch it."""
    finished_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    file = models.UUIDField(null=True)
    """In the vault."""

    class Meta:
        abstract = True
        ordering = ["-ordered_at", "id"]

    def __str__(self) -> str:
        return f"{self.id}"


def waiting_index(name: str) -> models.Index:
    """What the sweep looks for."""
    return models.Index(fields=["ordered_at"], condition=Q(state="waiting"), name=name)


def job_constraints(*, ends_once: str, has_its_file: str) -> list[BaseConstraint]:
    """What holds of every print job, under the names that its table gives."""
    return [
        models.CheckConstraint(condition=Q(state="waiting") ^ Q(finished_at__isnull=False), name=ends_once),
        models.CheckConstraint(condition=~Q(state__in=["ready", "fetched"]) | Q(file__isnull=False), name=has_its_file),
    ]
