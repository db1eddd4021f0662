"""The founding of a tenant (開設): asked for on a page of the city, performed by a process with the owner's rights.

The web may write a row that asks, and ask again or withdraw; everything else of a row is the performer's.
"""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.compliance.rules.founding import RESERVED_LABELS, RESERVED_SCHEMAS
from tenants.models import FeeRegime, Operator, Tenant


class FoundingState(models.TextChoices):
    """How far a founding has come (開設の状況)."""

    ASKED = "asked", _("受付")
    UNDER_WAY = "under_way", _("作業中")
    DONE = "done", _("開設済み")
    FAILED = "failed", _("失敗")
    DROPPED = "dropped", _("取下げ")


OPEN_STATES = (FoundingState.ASKED, FoundingState.UNDER_WAY)


class Founding(models.Model):
    """One founding, with all that the new tenant needs."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField()
    """The city's officer."""
    schema_name = models.CharField(max_length=40)
    host = models.CharField(max_length=63)
    """The first label of the desk's host; the domain is the installation's."""
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100, blank=True)
    number_prefix = models.CharField(max_length=4)
    document_symbol = models.CharField(max_length=20)
    ordinance_title = models.CharField(max_length=100)
    facilities = ArrayField(models.UUIDField())
    """Of the catalogue."""
    operator = models.ForeignKey(Operator, null=True, on_delete=models.PROTECT, related_name="+")
    new_operator = models.JSONField(default=dict, blank=True)
    """What ``save_operator`` takes, when the operator is not known yet."""
    first = models.DateField()
    last = models.DateField(null=True)
    """The last day, in it."""
    fee_regime = models.CharField(max_length=8, choices=FeeRegime)
    agreement_number = models.CharField(max_length=60)
    personal_version = models.PositiveIntegerField()
    security_version = models.PositiveIntegerField()
    privacy_officer = models.CharField(max_length=60)
    security_officer = models.CharField(max_length=60)
    networks = ArrayField(models.CharField(max_length=43))
    roster = models.JSONField(default=list, blank=True)
    """The people of the first 使用者名簿; emptied once they stand on the roster itself."""
    state = models.CharField(max_length=10, choices=FoundingState, default=FoundingState.ASKED)
    step = models.CharField(max_length=10, blank=True, default="")
    percent = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=20, blank=True, default="")
    """Why it failed, as a code; never an error's own words."""
    tries = models.PositiveSmallIntegerField(default=0)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    tenant = models.ForeignKey(Tenant, null=True, on_delete=models.PROTECT, related_name="+")
    """What came of it."""

    class Meta:
        ordering = ["-asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(schema_name__regex=r"^[a-z][a-z0-9_]{1,39}$")
                & ~Q(schema_name__startswith="pg_")
                & ~Q(schema_name__in=sorted(RESERVED_SCHEMAS)),
                name="a_founding_names_a_schema",
            ),
            models.CheckConstraint(
                condition=Q(host__regex=r"^[a-z]([a-z0-9-]*[a-z0-9])?$")
                & ~Q(host__startswith="xn--")
                & ~Q(host__in=sorted(RESERVED_LABELS)),
                name="a_founding_names_a_host",
            ),
            models.CheckConstraint(
                condition=Q(number_prefix__regex=r"^[A-QS-Z][A-Z]{0,3}$"), name="a_founding_names_a_prefix"
            ),
            models.CheckConstraint(condition=Q(last=None) | Q(last__gte=F("first")), name="a_founded_term_ends_later"),
            models.CheckConstraint(
                condition=Q(operator__isnull=False, new_operator={}) | Q(operator=None) & ~Q(new_operator={}),
                name="a_founding_has_one_operator",
            ),
            models.CheckConstraint(
                condition=Q(state="done", tenant__isnull=False) | ~Q(state="done") & Q(tenant=None),
                name="a_founding_that_is_done_has_a_tenant",
            ),
            models.CheckConstraint(
                condition=Q(state="failed") & ~Q(failure="") | ~Q(state="failed"), name="a_failure_says_why"
            ),
            models.UniqueConstraint(
                fields=["schema_name"], condition=Q(state__in=OPEN_STATES), name="a_schema_is_founded_once"
            ),
            models.UniqueConstraint(fields=["host"], condition=Q(state__in=OPEN_STATES), name="a_host_is_founded_once"),
            models.UniqueConstraint(
                fields=["number_prefix"], condition=Q(state__in=OPEN_STATES), name="a_prefix_is_founded_once"
            ),
        ]

    def __str__(self) -> str:
        return self.schema_name

    @property
    def is_open(self) -> bool:
        """Whether it waits or is under way."""
        return self.state in OPEN_STATES
