"""Changes of operator (引継ぎ): a case, and the steps that were taken. Nothing is written over."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from tenants.models import OperatorAssignment


class HandoverCase(models.Model):
    """The end of an operator's term at a tenant, and who follows, if that is known."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.CharField(max_length=63)
    """The tenant's schema."""
    outgoing = models.ForeignKey(OperatorAssignment, on_delete=models.PROTECT, related_name="+")
    last_day = models.DateField()
    """指定期間の末日: at its 24:00 the old operator's staff are out."""
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()

    class Meta:
        ordering = ["-last_day", "tenant"]
        constraints = [models.UniqueConstraint(fields=["outgoing"], name="one_handover_a_term")]

    def __str__(self) -> str:
        return f"{self.tenant} {self.last_day}"


class HandoverAct(models.Model):
    """A step that was taken: by the facility, by the city, or by the clock. Counts and digests, never people."""

    case = models.ForeignKey(HandoverCase, on_delete=models.PROTECT, related_name="acts")
    step = models.CharField(max_length=14)
    side = models.CharField(max_length=8)
    """facility, city or system."""
    at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    name = models.CharField(max_length=60, blank=True)
    """Who it was, as the roster names them."""
    note = models.CharField(max_length=2000, blank=True)
    lists = models.JSONField(default=list)
    """Of each list of open things: code, count, digest."""
    lines = models.JSONField(default=list)
    """Of a 返還・廃棄証明書: item, medium, quantity, method, day, witness."""

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "step"], condition=~Q(step="lists"), name="a_step_of_a_handover_is_taken_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.side}"
