"""Requests of persons about their own data, by identifiers only, with acts that nobody changes."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from apps.compliance.person_request_texts import Claimant, DecisionWord, Ground, RequestKind, StepWord
from apps.registrants.models.standing import IdentityDocument


class PersonRequest(models.Model):
    """開示・訂正・利用停止の請求. What was shown of identity is kept, neither number nor copy."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.CharField(max_length=40)
    fiscal_year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=RequestKind)
    registrant = models.UUIDField()
    claimant = models.CharField(max_length=5, choices=Claimant)
    document = models.CharField(max_length=20, choices=IdentityDocument)
    received_on = models.DateField()
    days = models.PositiveSmallIntegerField()
    """The period that held when it came: 15 or 30."""
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-received_on", "-serial"]
        indexes = [models.Index(fields=["tenant", "received_on"], name="person_requests_of_tenant")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "fiscal_year", "serial"], name="one_request_a_number"),
            models.UniqueConstraint(fields=["id", "tenant"], name="a_request_with_its_tenant"),
            models.CheckConstraint(condition=Q(days__in=[15, 30]), name="a_request_has_its_period"),
        ]

    def __str__(self) -> str:
        return f"{self.tenant} {self.fiscal_year}-{self.serial}"


class PersonRequestAct(models.Model):
    """What was done with a request (請求の経過), each step once."""

    request = models.ForeignKey(PersonRequest, on_delete=models.PROTECT, related_name="acts")
    tenant = models.CharField(max_length=40)
    step = models.CharField(max_length=12, choices=StepWord)
    on = models.DateField()
    at = models.DateTimeField()
    by_kind = models.CharField(max_length=10)
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=60, blank=True)
    decision = models.CharField(max_length=8, choices=DecisionWord, blank=True)
    note = models.CharField(max_length=500, blank=True)
    granted = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    """The sections that are disclosed, where a part is."""
    ground = models.CharField(max_length=1, choices=Ground, blank=True)
    """Why the others are not."""

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["request", "step"], name="one_act_a_request_and_step"),
            models.CheckConstraint(condition=Q(step="decided") ^ Q(decision=""), name="a_decision_and_only_it_decides"),
            models.CheckConstraint(
                condition=Q(granted=[], ground="") | (Q(decision="partly") & ~Q(granted=[]) & ~Q(ground="")),
                name="a_part_is_granted_with_the_ground_for_the_rest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenant} {self.step}"


class PersonRequestPeriod(models.Model):
    """From when on the city decides within how many days (決定の期限)."""

    valid_from = models.DateField(unique=True)
    days = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["-valid_from"]
        constraints = [models.CheckConstraint(condition=Q(days__in=[15, 30]), name="a_period_that_the_law_knows")]

    def __str__(self) -> str:
        return f"{self.valid_from} {self.days}"
