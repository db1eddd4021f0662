"""月次モニタリング, the city's side: findings, photographs, reminders, mailboxes, the year's summary."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.compliance.models.monitoring import MonitoringMonth, MonitoringResult, MonthGrade


class FindingState(models.TextChoices):
    """How far a finding has come."""

    ASKED = "asked", _("改善計画待ち")
    PLANNED = "planned", _("改善の確認待ち")
    RETURNED = "returned", _("計画の再提出待ち")
    CONFIRMED = "confirmed", _("改善を確認")
    WITHDRAWN = "withdrawn", _("取下げ")


class MonitoringFinding(models.Model):
    """What the facility has to improve (指摘), with its number, deadline and improvement plan (改善計画)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    month = models.ForeignKey(MonitoringMonth, on_delete=models.PROTECT, related_name="findings")
    tenant = models.CharField(max_length=40)
    result = models.ForeignKey(MonitoringResult, null=True, on_delete=models.PROTECT, related_name="findings")
    fiscal_year = models.SmallIntegerField()
    number = models.PositiveSmallIntegerField()
    """Of the tenant's fiscal year, from 1."""
    text = models.TextField()
    deadline = models.DateField()
    state = models.CharField(max_length=10, choices=FindingState, default=FindingState.ASKED)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    plan_text = models.TextField(blank=True, default="")
    plan_until = models.DateField(null=True)
    """改善の完了予定日."""
    planned_at = models.DateTimeField(null=True)
    planned_by = models.UUIDField(null=True)
    answer = models.TextField(blank=True, default="")
    """What the city says to the plan, or why it takes the finding back."""
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)

    class Meta:
        ordering = ["fiscal_year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "fiscal_year", "number"], name="one_number_a_finding"),
            models.CheckConstraint(
                condition=~Q(state__in=["planned", "confirmed"]) | ~Q(plan_text=""), name="a_plan_before_confirmation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year}-{self.number}"


class MonitoringOrder(models.Model):
    """An order to improve as it was issued (改善指示書). It is never changed; a reprint says so."""

    month = models.ForeignKey(MonitoringMonth, on_delete=models.PROTECT, related_name="orders")
    tenant = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField()
    """Of the month, from 1; the department's own register gives the number on the paper."""
    issued_on = models.DateField()
    issued_at = models.DateTimeField()
    issued_by = models.UUIDField(null=True)
    layout = models.PositiveSmallIntegerField()
    """The version of the paper's fixed text (``monitoring_order_<layout>.typ``)."""
    paper = models.JSONField()
    """All that is filled into it (``apps.compliance.documents.monitoring.OrderPaper``)."""

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["month", "number"], name="one_number_an_order"),
            models.CheckConstraint(condition=Q(number__gte=1, layout__gte=1), name="an_order_has_number_and_layout"),
        ]

    def __str__(self) -> str:
        return f"{self.month_id} {self.number}"


class MonitoringPhoto(models.Model):
    """A photograph of the on-site check (現地確認の写真): drawn anew, so that it holds nothing but the picture."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    month = models.ForeignKey(MonitoringMonth, on_delete=models.PROTECT, related_name="photos")
    tenant = models.CharField(max_length=40)
    result = models.ForeignKey(MonitoringResult, null=True, on_delete=models.PROTECT, related_name="photos")
    caption = models.CharField(max_length=100, blank=True)
    content = models.BinaryField()
    """PNG; empty once it was taken away."""
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    added_at = models.DateTimeField()
    added_by = models.UUIDField(null=True)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.UUIDField(null=True)
    removal_reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | (Q(content=b"") & ~Q(removal_reason="")),
                name="a_removed_photo_is_empty",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class MonitoringReminder(models.Model):
    """That somebody was reminded (督促): once a step of what was due on a day."""

    month = models.ForeignKey(MonitoringMonth, on_delete=models.PROTECT, related_name="reminders")
    state = models.CharField(max_length=10)
    due_on = models.DateField()
    step = models.CharField(max_length=10)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["month", "state", "due_on", "step"], name="one_reminder_a_step")]

    def __str__(self) -> str:
        return f"{self.state} {self.step}"


class MailboxSide(models.TextChoices):
    """Whose mailbox it is (通知先)."""

    OPERATOR = "operator", _("運営者")
    DEPARTMENT = "department", _("所管課")
    GENERAL = "general", _("総括")


class MonitoringMailbox(models.Model):
    """A functional mailbox (役職の共有メール) for reminders; never a person's own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.CharField(max_length=40, blank=True)
    """Schema; empty for 総括."""
    side = models.CharField(max_length=10, choices=MailboxSide)
    address = models.EmailField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "side"], name="one_mailbox_a_tenant_and_side"),
            models.CheckConstraint(
                condition=Q(side="general", tenant="") | (~Q(side="general") & ~Q(tenant="")),
                name="the_general_mailbox_is_of_no_tenant",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenant} {self.side}"


class MonitoringYear(models.Model):
    """The year's summary of a tenant (年度評価). A correction is one more version."""

    tenant = models.CharField(max_length=40)
    fiscal_year = models.SmallIntegerField()
    version = models.PositiveSmallIntegerField()
    grade = models.CharField(max_length=1, choices=MonthGrade)
    computed_grade = models.CharField(max_length=1, blank=True)
    comment = models.TextField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Meta:
        ordering = ["tenant", "fiscal_year", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "fiscal_year", "version"], name="one_version_of_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.tenant} {self.fiscal_year}"
