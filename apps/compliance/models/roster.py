"""使用者名簿: what a facility submits, and what the city decided about it. Names of staff stand here, no citizen's.

A facility reaches its own rows alone, and writes them only while they are a draft or were returned (``ROSTER_RIGHTS``).
"""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from shared.staff.models import Role


class SubmissionKind(models.TextChoices):
    """What a facility submits (提出の種類)."""

    FIRST = "first", _("使用者名簿（初回）")
    ADDITION = "addition", _("使用者の追加")
    CHANGE = "change", _("変更届")
    LEAVING = "leaving", _("退職届")
    EMERGENCY = "emergency", _("緊急停止の届出")
    PASSWORD = "password", _("パスワードの再発行の依頼")


class SubmissionState(models.TextChoices):
    """How far a submission has come; what follows the approval is read from its rows."""

    DRAFT = "draft", _("作成中")
    SUBMITTED = "submitted", _("市の審査待ち")
    RETURNED = "returned", _("差戻し")
    APPROVED = "approved", _("承認")


class RosterChange(models.TextChoices):
    """What a 変更届 changes."""

    NONE = "", _("－")
    TRANSFER = "transfer", _("異動（職名・所属法人）")
    ROLE = "role", _("担当業務の変更")
    LEAVE = "leave", _("休職")
    RETURN = "return", _("復職・停止の解除")


class RosterSubmission(models.Model):
    """A submission of one facility (名簿の提出)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.CharField(max_length=40)
    """The schema of the facility."""
    kind = models.CharField(max_length=10, choices=SubmissionKind)
    state = models.CharField(max_length=10, choices=SubmissionState, default=SubmissionState.DRAFT)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    """The account at the facility."""
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    """The account at the city."""
    decision_note = models.CharField(max_length=300, blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-made_at", "id"]
        indexes = [models.Index(fields=["tenant", "-made_at"], name="roster_by_tenant")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="draft") | models.Q(submitted_at__isnull=False),
                name="what_left_the_draft_was_submitted",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "submitted"]) | models.Q(decided_by__isnull=False),
                name="what_was_decided_names_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenant} {self.kind}"


class RosterRow(models.Model):
    """A person on a submission (名簿の行)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(RosterSubmission, on_delete=models.CASCADE, related_name="rows")
    tenant = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    account = models.UUIDField(null=True)
    """The account that it is about; of a new person None until the ID is given."""
    login_id = models.CharField(max_length=60, blank=True, default="")
    name = models.CharField(max_length=60)
    kana = models.CharField(max_length=60, blank=True, default="")
    title = models.CharField(max_length=60, blank=True, default="")
    body = models.CharField(max_length=100, blank=True, default="")
    """所属法人, by its name: a member of the consortium, or the operator itself."""
    roles = ArrayField(models.CharField(max_length=20, choices=Role), default=list, blank=True)
    terminal = models.CharField(max_length=60, blank=True, default="")
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    trained_on = models.DateField(null=True)
    change = models.CharField(max_length=10, choices=RosterChange, blank=True, default="")
    reason = models.CharField(max_length=200, blank=True, default="")
    fault = models.CharField(max_length=200, blank=True, default="")
    """Why the city returned this row."""
    granted_at = models.DateTimeField(null=True)
    granted_by = models.UUIDField(null=True)
    prints = models.PositiveSmallIntegerField(default=0)
    """How many sealed slips were printed; each new one voids the one before."""
    received_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["submission_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "position"], name="a_roster_row_has_its_place"),
            models.CheckConstraint(
                condition=models.Q(granted_at=None) | models.Q(account__isnull=False),
                name="what_was_granted_names_the_account",
            ),
        ]
        indexes = [models.Index(fields=["account"], name="roster_by_account")]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.position}"

    def shown_roles(self) -> list[Any]:
        """The roles in words."""
        return [Role(role).label for role in self.roles if role in Role.values]


class LoginSeries(models.Model):
    """The last number given to an ID of a tenant: none is given twice."""

    tenant = models.CharField(max_length=40, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.tenant} {self.last}"
