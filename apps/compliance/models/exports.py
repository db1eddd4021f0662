"""Requests to take persons' data out of the system (持出しの申請). Who is in one stands in the tenant's own schema."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class ExportRequest(models.Model):
    """What a facility asks for, what the city decided, and what became of it. Two hands write it, each its columns."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.CharField(max_length=63)
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField()
    asked_login = models.CharField(max_length=60)
    asked_name = models.CharField(max_length=60)
    """The clerk's, as a roster has it."""
    purpose = models.CharField(max_length=12)
    note = models.CharField(max_length=140)
    kind = models.CharField(max_length=10, blank=True)
    """individual, group or both."""
    states = ArrayField(models.CharField(max_length=14), default=list, blank=True)
    until_from = models.DateField(null=True, blank=True)
    until_to = models.DateField(null=True, blank=True)
    fields = ArrayField(models.CharField(max_length=30))
    sensitive_reason = models.CharField(max_length=140, blank=True)
    encoding = models.CharField(max_length=5)
    expected = models.PositiveIntegerField()
    """People that fitted when it was asked, counted by the system."""
    decision = models.CharField(max_length=8, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    decided_login = models.CharField(max_length=60, blank=True)
    decided_name = models.CharField(max_length=60, blank=True)
    condition = models.CharField(max_length=200, blank=True)
    """承認の条件, or the reason of a refusal."""
    margin = models.PositiveSmallIntegerField(default=0)
    """By how many people the number may have changed."""
    fiscal_year = models.PositiveSmallIntegerField(null=True)
    serial = models.PositiveIntegerField(null=True)
    outcome = models.CharField(max_length=9, blank=True)
    rows_done = models.PositiveIntegerField(default=0)
    made_count = models.PositiveIntegerField(null=True)
    file = models.UUIDField(null=True)
    """In the tenant's vault."""
    made_at = models.DateTimeField(null=True)
    fetch_by = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "id"]
        indexes = [
            models.Index(fields=["tenant", "asked_at"], name="exports_of_a_tenant"),
            models.Index(
                fields=["tenant"], condition=Q(decision="approved", outcome__in=["", "making"]), name="exports_to_make"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="") | ~Q(decided_login=F("asked_login")) & ~Q(decided_name=F("asked_name")),
                name="nobody_decides_their_own_export",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True)
                | Q(decision__in=["approved", "refused"], decided_at__isnull=False, decided_by__isnull=False),
                name="a_decision_has_its_hand",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", "withdrawn"])
                | Q(decision="approved", outcome__in=["making", "made", "differs", "failed", "fetched"]),
                name="nothing_leaves_without_approval",
            ),
            models.CheckConstraint(
                condition=Q(decision="approved") ^ Q(serial__isnull=True), name="an_approved_export_has_a_number"
            ),
            models.CheckConstraint(
                condition=~Q(decision="refused") | ~Q(condition=""), name="a_refused_export_has_its_reason"
            ),
            models.UniqueConstraint(fields=["fiscal_year", "serial"], name="one_export_a_number"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ExportSeries(models.Model):
    """The last 管理番号 of a fiscal year: its row's lock keeps the series without gaps."""

    fiscal_year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField()

    def __str__(self) -> str:
        return str(self.fiscal_year)
