"""What an agreement (協定) said from which day on, and how a designation ended before its time."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.models import OperatorAssignment


class AgreementVersion(models.Model):
    """What was agreed about a designation (協定の版) from ``in_force_from`` on. Append-only, in the database too.

    The operator's representative and bodies stand here as they were then; ``members`` holds name, number and lead.
    """

    assignment = models.ForeignKey(OperatorAssignment, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    in_force_from = models.DateField()
    agreement_number = models.CharField(max_length=60)
    personal_version = models.PositiveIntegerField()
    """Version of 個人情報取扱特記事項."""
    security_version = models.PositiveIntegerField()
    """Version of 情報セキュリティ特記事項."""
    privacy_officer = models.CharField(max_length=60)
    security_officer = models.CharField(max_length=60)
    representative_title = models.CharField(max_length=40)
    representative_name = models.CharField(max_length=60)
    members = models.JSONField(default=list)
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    why = models.CharField(max_length=200)

    class Meta:
        ordering = ["assignment_id", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "version"], name="one_agreement_a_version"),
            models.CheckConstraint(condition=models.Q(version__gt=0), name="versions_of_agreements_begin_with_one"),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.version}"


class EndKind(models.TextChoices):
    """Why a designation ends before its last day."""

    REVOKED = "revoked", _("指定の取消し")
    RETURNED = "returned", _("指定管理者の辞退・解散")
    OTHER = "other", _("その他（直営への変更など）")


class AssignmentEnding(models.Model):
    """A designation was ended early (指定の取消しなど). Append-only; the term itself is cut in the same transaction."""

    assignment = models.ForeignKey(OperatorAssignment, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=EndKind)
    last_day = models.DateField()
    reason = models.CharField(max_length=500)
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.kind}"
