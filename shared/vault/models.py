"""Files with personal data, each fetched once and destroyed on time, and whose data an export held."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Destruction(models.TextChoices):
    """Why a file's content is gone (廃棄の理由)."""

    FETCHED = "fetched", _("受取りと同時に廃棄")
    LAPSED = "lapsed", _("期限切れで廃棄")
    WITHDRAWN = "withdrawn", _("取りやめで廃棄")


class VaultFile(models.Model):
    """A file (保管ファイル) in the tenant's own schema. Its content goes; the row stays as proof."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20)
    """What it is, e.g. ``export``."""
    subject = models.UUIDField(null=True)
    """The request or case that it was made for."""
    name = models.CharField(max_length=80)
    """As it is saved. Nothing personal stands in it."""
    media_type = models.CharField(max_length=60)
    content = models.BinaryField(null=True)
    """None once it was fetched, or its time was over."""
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    remarks = models.JSONField(default=dict)
    """What whoever fetches it has to know, e.g. characters that could not be written."""
    made_at = models.DateTimeField()
    made_for = models.UUIDField()
    """The one account that may fetch it."""
    fetch_by = models.DateTimeField()
    fetched_at = models.DateTimeField(null=True)
    fetched_terminal = models.UUIDField(null=True)
    destroyed_at = models.DateTimeField(null=True)
    destroyed_why = models.CharField(max_length=10, choices=Destruction, blank=True)

    class Meta:
        ordering = ["-made_at", "id"]
        indexes = [models.Index(fields=["fetch_by"], condition=Q(destroyed_at__isnull=True), name="vault_to_destroy")]
        constraints = [
            models.CheckConstraint(
                condition=Q(content__isnull=False) ^ Q(destroyed_at__isnull=False), name="a_destroyed_file_is_empty"
            ),
            models.CheckConstraint(
                condition=Q(destroyed_at__isnull=True) ^ ~Q(destroyed_why=""), name="a_destruction_has_its_reason"
            ),
            models.CheckConstraint(
                condition=Q(fetched_at__isnull=True) | Q(destroyed_why=Destruction.FETCHED),
                name="what_was_fetched_is_destroyed",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ExportedPerson(models.Model):
    """That a person's data were in an export (持ち出された人): answers "who exported me"."""

    request = models.UUIDField()
    person = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "at"], name="exports_of_a_person")]
        constraints = [models.UniqueConstraint(fields=["request", "person"], name="a_person_is_once_in_an_export")]

    def __str__(self) -> str:
        return str(self.request)
