"""Alerts on the audit, their answers, and the monthly review; of persons nothing but ids."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.compliance.rules.log_alerts import AlertKind, Limits

USUAL: Final = Limits()


class AlertLimits(models.Model):
    """From when on a facility's use is asked about (注意の基準); the city sets it."""

    tenant = models.CharField(max_length=40, primary_key=True)
    persons_an_hour = models.PositiveIntegerField(default=USUAL.persons_an_hour)
    listed_an_hour = models.PositiveIntegerField(default=USUAL.listed_an_hour)
    night_from = models.TimeField(default=USUAL.night_from)
    night_until = models.TimeField(default=USUAL.night_until)
    refused_a_day = models.PositiveIntegerField(default=USUAL.refused_a_day)
    without_work_a_day = models.PositiveIntegerField(default=USUAL.without_work_a_day)
    samples_a_month = models.PositiveIntegerField(default=20)
    changed_at = models.DateTimeField(null=True)
    changed_by = models.UUIDField(null=True)

    def __str__(self) -> str:
        return self.tenant

    def limits(self) -> Limits:
        """As the rules want them."""
        return Limits(
            self.persons_an_hour,
            self.listed_an_hour,
            self.night_from,
            self.night_until,
            self.refused_a_day,
            self.without_work_a_day,
        )


class AlertWord(models.TextChoices):
    """Why an alert was raised, in words."""

    MASS_VIEW = AlertKind.MASS_VIEW, _("短時間に多くの人を閲覧")
    MASS_LIST = AlertKind.MASS_LIST, _("短時間に多くの人を一覧に表示")
    NIGHT = AlertKind.NIGHT, _("時間外の使用")
    REFUSED = AlertKind.REFUSED, _("拒否・ログイン失敗の繰返し")
    WITHOUT_WORK = AlertKind.WITHOUT_WORK, _("業務の記録がない人の閲覧")
    NEW_TERMINAL = AlertKind.NEW_TERMINAL, _("新しい端末・接続元からのログイン")
    TWO_PLACES = AlertKind.TWO_PLACES, _("同時に2か所で使用")


class Outcome(models.TextChoices):
    """What came of an alert (確認の結果)."""

    IN_ORDER = "in_order", _("業務上必要な使用だった")
    MISTAKE = "mistake", _("操作の誤りだった（指導した）")
    IMPROPER = "improper", _("不適切な使用だった（市に報告した）")
    UNDER_INQUIRY = "under_inquiry", _("調査中")


class AuditAlert(models.Model):
    """Something in the audit that somebody has to look into (注意の知らせ)."""

    tenant = models.CharField(max_length=40)
    kind = models.CharField(max_length=14, choices=AlertWord)
    key = models.CharField(max_length=120)
    raised_at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    count = models.PositiveIntegerField()
    limit = models.PositiveIntegerField()
    outcome = models.CharField(max_length=14, choices=Outcome, blank=True, default="")
    note = models.CharField(max_length=300, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    answered_name = models.CharField(max_length=60, blank=True, default="")
    city_note = models.CharField(max_length=300, blank=True, default="")
    city_at = models.DateTimeField(null=True)
    city_by = models.UUIDField(null=True)
    city_name = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "kind", "key"], name="an_alert_is_raised_once"),
            models.CheckConstraint(
                condition=models.Q(answered_at=None, outcome="") | ~models.Q(answered_at=None) & ~models.Q(outcome=""),
                name="an_answered_alert_has_an_outcome",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "-id"], name="alert_by_tenant")]

    def __str__(self) -> str:
        return f"{self.tenant} {self.kind}"


class LogReview(models.Model):
    """The monthly review of a facility's audit (ログ点検): a sheet that is made by itself, signed, and confirmed."""

    tenant = models.CharField(max_length=40)
    month = models.DateField()
    made_at = models.DateTimeField()
    due_on = models.DateField()
    totals = models.JSONField()
    """Act -> how often."""
    alerts = models.PositiveIntegerField()
    seed = models.CharField(max_length=32)
    comment = models.CharField(max_length=300, blank=True, default="")
    signed_at = models.DateTimeField(null=True)
    signed_by = models.UUIDField(null=True)
    signed_name = models.CharField(max_length=60, blank=True, default="")
    city_comment = models.CharField(max_length=300, blank=True, default="")
    city_at = models.DateTimeField(null=True)
    city_by = models.UUIDField(null=True)
    city_name = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        ordering = ["-month", "tenant"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "month"], name="one_review_a_month"),
            models.CheckConstraint(
                condition=models.Q(city_at=None) | ~models.Q(signed_at=None), name="the_city_confirms_what_is_signed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenant} {self.month}"

    def is_late(self, today: dt.date) -> bool:
        """Whether it should have been signed by now, or was signed too late."""
        return (self.signed_at.date() if self.signed_at else today) > self.due_on


class LogSample(models.Model):
    """A view that was drawn for the review, to be explained (抽出)."""

    review = models.ForeignKey(LogReview, on_delete=models.PROTECT, related_name="samples")
    tenant = models.CharField(max_length=40)
    entry = models.BigIntegerField()
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    action = models.CharField(max_length=20)
    object_type = models.CharField(max_length=40, blank=True)
    persons = ArrayField(models.UUIDField(), default=list)
    explanation = models.CharField(max_length=200, blank=True, default="")
    explained_at = models.DateTimeField(null=True)
    explained_by = models.UUIDField(null=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["review", "entry"], name="an_entry_is_drawn_once")]

    def __str__(self) -> str:
        return f"{self.tenant} {self.entry}"


class CityAuditEntry(models.Model):
    """An entry of any facility's audit, as the city reads it (view ``city_audit``)."""

    id = models.BigIntegerField(primary_key=True)
    """Unique within ``tenant`` alone."""
    tenant = models.CharField(max_length=40)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    action = models.CharField(max_length=20)
    object_type = models.CharField(max_length=40)
    object_id = models.CharField(max_length=60)
    purpose = models.CharField(max_length=200)
    detail = models.JSONField()
    address = models.GenericIPAddressField(null=True)
    roles = ArrayField(models.CharField(max_length=20))
    body = models.CharField(max_length=100)
    terminal = models.UUIDField(null=True)
    session = models.CharField(max_length=32)
    persons = ArrayField(models.UUIDField())

    class Meta:
        managed = False
        db_table = "city_audit"

    def __str__(self) -> str:
        return f"{self.tenant} {self.pk}"
