"""Periods of keeping, and disposals with what they list (保存期間、廃棄); by identifiers and numbers only."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q


class RetentionPeriod(models.Model):
    """From when on records of a kind are kept for how long; added by the city, never changed."""

    kind = models.CharField(max_length=20)
    tenant = models.CharField(max_length=40, blank=True)
    """Empty for all facilities."""
    valid_from = models.DateField()
    months = models.PositiveSmallIntegerField(null=True)
    """None: the facility follows what holds for all from this day on."""
    reason = models.CharField(max_length=200)
    set_at = models.DateTimeField()
    set_by = models.UUIDField()
    set_name = models.CharField(max_length=60)

    class Meta:
        ordering = ["kind", "tenant", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "tenant", "valid_from"], name="one_period_a_day"),
            models.CheckConstraint(condition=Q(months__gte=1) | Q(months=None) & ~Q(tenant=""), name="a_period_lasts"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.tenant} {self.valid_from}"


class Disposal(models.Model):
    """What is to be disposed of (廃棄): asked for, listed, confirmed by somebody else, carried out.

    The columns after ``execute_on`` are written by the database's own functions alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.CharField(max_length=40)
    """A tenant's schema; the shared one for what the city keeps itself."""
    kind = models.CharField(max_length=20)
    fiscal_year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    """番号, gapless in the tenant's fiscal year."""
    due_on = models.DateField()
    """The day for which it was asked whose period is over."""
    asked_at = models.DateTimeField()
    asked_kind = models.CharField(max_length=5)
    """staff or city."""
    asked_by = models.UUIDField()
    asked_login = models.CharField(max_length=60)
    asked_name = models.CharField(max_length=60)
    decision = models.CharField(max_length=9, blank=True)
    """confirmed, refused or withdrawn."""
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    decided_login = models.CharField(max_length=60, blank=True)
    decided_name = models.CharField(max_length=60, blank=True)
    decision_note = models.CharField(max_length=200, blank=True)
    execute_on = models.DateField(null=True)
    """From which day on it is carried out."""
    listed_at = models.DateTimeField(null=True)
    months = models.PositiveSmallIntegerField(null=True)
    """The period that held."""
    listed = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    """Records whose period is over and that stay all the same."""
    started_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    dropped = models.PositiveIntegerField(default=0)
    """Listed, and not disposed of: they no longer qualified."""
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "id"]
        indexes = [models.Index(fields=["tenant", "asked_at"], name="disposals_of_a_tenant")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "fiscal_year", "serial"], name="one_disposal_a_number"),
            models.UniqueConstraint(fields=["id", "tenant"], name="a_disposal_with_its_tenant"),
            models.UniqueConstraint(
                fields=["tenant", "kind"],
                condition=Q(decision__in=["", "confirmed"], done_at__isnull=True),
                name="one_open_disposal_a_kind",
            ),
            models.CheckConstraint(
                condition=~Q(decision="confirmed")
                | (
                    ~Q(decided_by=F("asked_by")) & ~Q(decided_login=F("asked_login")) & ~Q(decided_name=F("asked_name"))
                ),
                name="nobody_confirms_their_own_disposal",
            ),
            models.CheckConstraint(
                condition=~Q(decision="confirmed") | Q(listed_at__isnull=False, execute_on__isnull=False),
                name="only_what_is_listed_is_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True, decided_by__isnull=True)
                | Q(
                    decision__in=["confirmed", "refused", "withdrawn"],
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                ),
                name="a_disposal_is_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(decision="refused") | ~Q(decision_note=""), name="a_refused_disposal_has_its_reason"
            ),
            models.CheckConstraint(
                condition=Q(started_at__isnull=True) | Q(decision="confirmed"), name="nothing_goes_unconfirmed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenant} {self.fiscal_year}-{self.serial}"


class DisposalItem(models.Model):
    """A record of the list, frozen when the list was made. Written by the database's own functions alone."""

    disposal = models.ForeignKey(Disposal, on_delete=models.PROTECT, related_name="items")
    tenant = models.CharField(max_length=40)
    object = models.CharField(max_length=40)
    number = models.CharField(max_length=40, blank=True)
    """The record's own number, e.g. 登録番号."""
    since = models.DateField()
    """From when on the period counted."""
    held = models.CharField(max_length=20, blank=True)
    """Code of what keeps it, as of the list."""
    outcome = models.CharField(max_length=7, blank=True)
    """done, or dropped."""
    why = models.CharField(max_length=20, blank=True)
    """Why it was dropped: the code of what keeps it, or ``gone``."""

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["disposal", "id"], condition=Q(held="", outcome=""), name="disposal_items_to_do")
        ]
        constraints = [models.UniqueConstraint(fields=["disposal", "object"], name="a_record_once_a_disposal")]

    def __str__(self) -> str:
        return self.number or self.object
