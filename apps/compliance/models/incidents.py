"""Incidents (漏えい等の事故): what a facility reported and what was done, by identifiers only, never overwritten.

``tenant`` stands on every row, and a foreign key of both columns keeps a part with its own incident (see the
migration), so that a row rule on it is enough. Where an incident stands follows from its acts.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from apps.compliance.incident_texts import Encrypted, Kind, Medium, Publishing, Recovered, Sending


class IncidentDraft(models.Model):
    """What a clerk has typed and not yet sent (一次報告の下書き), as it was typed."""

    key = models.UUIDField()
    """Made with the page, so that what is typed has a place from the first letter on."""
    tenant = models.CharField(max_length=40)
    clerk = models.UUIDField(null=True)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    typed = models.JSONField(default=dict)

    class Meta:
        ordering = ["-saved_at"]
        constraints = [models.UniqueConstraint(fields=["tenant", "key"], name="one_draft_a_page")]

    def __str__(self) -> str:
        return str(self.key)


class Incident(models.Model):
    """One incident, as the first report (一次報告) told it. What is learned later stands in its versions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.CharField(max_length=40)
    fiscal_year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    """第1号 and so on, of the facility and 年度."""
    kind = models.CharField(max_length=8, choices=Kind)
    occurred_at = models.DateTimeField(null=True)
    """発生日時, None where nobody knows."""
    noticed_at = models.DateTimeField()
    """発覚日時: its day is day 1 of every clock."""
    phoned_at = models.DateTimeField(null=True)
    """When the city was told by telephone."""
    reported_at = models.DateTimeField()
    what = models.TextField()
    persons_about = models.PositiveIntegerField(null=True)
    """About how many persons, the most it may be; None where nobody can tell."""
    medium = models.CharField(max_length=8, choices=Medium)
    encrypted = models.CharField(max_length=8, choices=Encrypted)
    recovered = models.CharField(max_length=8, choices=Recovered)

    class Meta:
        ordering = ["-noticed_at", "-reported_at"]
        indexes = [models.Index(fields=["tenant", "noticed_at"], name="incidents_of_tenant")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "fiscal_year", "serial"], name="one_incident_a_number"),
            models.UniqueConstraint(fields=["id", "tenant"], name="an_incident_with_its_tenant"),
            models.CheckConstraint(
                condition=Q(occurred_at__isnull=True) | Q(occurred_at__lte=models.F("noticed_at")),
                name="an_incident_is_noticed_after_it_happened",
            ),
            models.CheckConstraint(
                condition=Q(reported_at__gte=models.F("noticed_at")),
                name="an_incident_is_reported_after_it_was_noticed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenant} {self.fiscal_year}-{self.serial}"


class Part(models.Model):
    """What belongs to an incident: added once, changed by nobody."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT)
    tenant = models.CharField(max_length=40)
    at = models.DateTimeField()
    by_kind = models.CharField(max_length=10)
    """staff, city or system."""
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=60, blank=True)
    """The staff member's name, as it was then."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.tenant} {self.at}"


class IncidentAct(Part):
    """A step that was taken (経過), with the day that it bears and a note."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="acts")
    step = models.CharField(max_length=10)
    """One of ``rules.incidents.Step``."""
    on = models.DateField()
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["incident", "step"], name="one_act_a_step")]


class IncidentVersion(Part):
    """The nine items and the facts of the duty test as they stood (報告事項の版)."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    items = models.JSONField(default=dict)
    """Code of ``rules.incident_items.Item`` -> text."""
    persons = models.PositiveIntegerField(null=True)
    sensitive = models.BooleanField(default=False)
    property = models.BooleanField(default=False)
    unlawful = models.BooleanField(default=False)
    ordinance = models.BooleanField(default=False)
    is_protected = models.BooleanField(default=False)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["incident", "number"], name="one_version_a_number")]


class AffectedPerson(Part):
    """A registrant of the tenant whose data are concerned (対象者), by id; taken out again with a reason."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="affected")
    registrant = models.UUIDField()
    source = models.CharField(max_length=12)
    """number: typed in; audit: shown in the audit's rows; export: in an export."""
    is_excluded = models.BooleanField(default=False)
    excluded_at = models.DateTimeField(null=True)
    excluded_by = models.UUIDField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["incident", "registrant"], name="a_person_once_an_incident")]


class IncidentLetter(Part):
    """That a letter to a person (本人通知) was printed, sent, or came back."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="letters")
    registrant = models.UUIDField()
    act = models.CharField(max_length=8)
    """printed, or one of ``Sending``."""
    on = models.DateField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(act__in=["printed", *Sending.values]), name="a_letters_act_is_known"),
        ]


class IncidentPublication(Part):
    """What the city decided about making it public (公表), and when it was done; the newest holds."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="publications")
    how = models.CharField(max_length=10, choices=Publishing)
    published_on = models.DateField(null=True)
    where = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-id"]


class EvidencePackage(Part):
    """Who saw, printed or exported which of the persons concerned, in a span (証拠資料), as the audit had it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="packages")
    since = models.DateTimeField()
    until = models.DateTimeField()
    persons = models.PositiveIntegerField()
    made_at = models.DateTimeField(null=True)
    lines = models.PositiveIntegerField(null=True)
    sheet = models.BinaryField(null=True)
    """The lines as CSV in UTF-8: identifiers alone."""
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-at"]
        indexes = [
            models.Index(fields=["at"], condition=Q(made_at__isnull=True), name="evidence_packages_to_make"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(since__lt=models.F("until")), name="evidence_has_a_span"),
        ]
