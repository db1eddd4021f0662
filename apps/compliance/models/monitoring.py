"""月次モニタリング: the checklist, a month's sheet with its items and figures, and the history of acts."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.compliance.rules.monitoring.seed import REQUIRED


class ItemCategory(models.TextChoices):
    """Groups of the checklist (区分), in the order of the sheet."""

    PAPERS = "papers", _("個人情報・書類")
    DEVICES = "devices", _("情報機器")
    ACCOUNTS = "accounts", _("IDと操作記録")
    STAFF = "staff", _("従事者")
    WORK = "work", _("業務")


class ItemSource(models.TextChoices):
    """Who fills an item in (記入者)."""

    AUTO = "auto", _("自動（施設が確認）")
    FACILITY = "facility", _("施設")
    CITY = "city", _("市")


class ItemResult(models.TextChoices):
    """What was found (結果)."""

    FIT = "fit", _("適")
    PARTLY = "partly", _("一部不適")
    UNFIT = "unfit", _("不適")
    NONE = "none", _("該当なし")


class MonthState(models.TextChoices):
    """How far a month has come (状態)."""

    SELF_CHECK = "self_check", _("自己点検")
    REPORTED = "reported", _("市の確認待ち")
    IMPROVING = "improving", _("改善計画待ち")
    PLANNED = "planned", _("改善の確認待ち")
    CLOSED = "closed", _("判定済み")


class MonthGrade(models.TextChoices):
    """総合評価."""

    A = "A", _("A（適正）")
    B = "B", _("B（一部改善を要する）")
    C = "C", _("C（改善を要する）")


class ItemText(models.Model):
    """What an item says: in the checklist, and copied into every month."""

    code = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField()
    category = models.CharField(max_length=10, choices=ItemCategory)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    method = models.CharField(max_length=200, blank=True)
    """確認方法."""
    evidence = models.CharField(max_length=200, blank=True)
    """確認資料の例."""
    filled_by = models.CharField(max_length=10, choices=ItemSource)
    facts = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    """Codes of the figures that stand beside it."""
    is_required = models.BooleanField(default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class MonitoringItem(ItemText):
    """One version of an item of the checklist (点検項目). The newest of a code is in force; none is ever changed."""

    is_on = models.BooleanField(default=True)
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["position", "code", "version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="one_version_of_an_item"),
            models.CheckConstraint(
                condition=~Q(code__in=REQUIRED) | Q(is_on=True, is_required=True, filled_by="facility"),
                name="the_three_items_stay",
            ),
            models.CheckConstraint(
                condition=Q(is_required=False) | Q(code__in=REQUIRED), name="no_other_item_is_required"
            ),
        ]


class MonitoringMonth(models.Model):
    """The sheet of one tenant and month (月次モニタリング). Each side writes its own columns, in its own turn."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.CharField(max_length=40)
    """Schema."""
    month = models.DateField()
    fiscal_year = models.SmallIntegerField()
    operator = models.CharField(max_length=100, blank=True)
    """Who ran the tenant on the month's last day."""
    made_at = models.DateTimeField()
    made_xid = models.BigIntegerField()
    """The transaction that made it: figures are written by this one alone."""
    state = models.CharField(max_length=10, choices=MonthState, default=MonthState.SELF_CHECK)
    version = models.PositiveIntegerField(default=1)

    reported_at = models.DateTimeField(null=True)
    reported_by = models.UUIDField(null=True)
    complaints = models.PositiveIntegerField(null=True)
    complaint_text = models.TextField(blank=True, default="")
    accidents = models.PositiveIntegerField(null=True)
    accident_text = models.TextField(blank=True, default="")
    survey_text = models.TextField(blank=True, default="")
    """利用者アンケート, without personal data."""
    facility_note = models.TextField(blank=True, default="")

    checked_on = models.DateField(null=True)
    """現地確認日."""
    checker = models.CharField(max_length=100, blank=True, default="")
    """確認者（所属・氏名）."""
    city_note = models.TextField(blank=True, default="")
    """総括所見."""
    computed_grade = models.CharField(max_length=1, blank=True, default="")
    grade = models.CharField(max_length=1, choices=MonthGrade, blank=True, default="")
    grade_reasons = models.JSONField(default=list)
    """Pairs of code and number, by ``apps.compliance.rules.monitoring.grading``."""
    override_reason = models.CharField(max_length=400, blank=True, default="")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)

    class Meta:
        ordering = ["-month", "tenant"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "month"], name="one_sheet_a_tenant_and_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="a_sheet_is_of_a_whole_month"),
            models.CheckConstraint(
                condition=~Q(state="closed") | (~Q(grade="") & Q(closed_at__isnull=False)),
                name="a_closed_month_has_a_grade",
            ),
            models.CheckConstraint(
                condition=Q(state="self_check") | Q(reported_at__isnull=False), name="who_is_checked_has_reported"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenant} {self.month:%Y-%m}"


class MonitoringResult(ItemText):
    """An item of a month (点検結果): the facility's own result, then the city's."""

    month = models.ForeignKey(MonitoringMonth, on_delete=models.PROTECT, related_name="results")
    tenant = models.CharField(max_length=40)
    own_result = models.CharField(max_length=10, choices=ItemResult, blank=True, default="")
    own_note = models.TextField(blank=True, default="")
    own_at = models.DateTimeField(null=True)
    own_by = models.UUIDField(null=True)
    city_result = models.CharField(max_length=10, choices=ItemResult, blank=True, default="")
    city_note = models.TextField(blank=True, default="")
    """所見."""
    city_at = models.DateTimeField(null=True)
    city_by = models.UUIDField(null=True)

    class Meta:
        ordering = ["position", "code"]
        constraints = [models.UniqueConstraint(fields=["month", "code"], name="one_result_a_month_and_item")]


class MonitoringFact(models.Model):
    """A figure that the system knows of a month (自動集計), written when the sheet was made and never again."""

    month = models.ForeignKey(MonitoringMonth, on_delete=models.PROTECT, related_name="facts")
    tenant = models.CharField(max_length=40)
    code = models.CharField(max_length=40)
    value = models.IntegerField(null=True)
    sentence = models.CharField(max_length=300)
    sentence_en = models.CharField(max_length=300)
    wants_look = models.BooleanField(default=False)
    """Whether somebody should ask why (要確認)."""

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["month", "code"], name="one_figure_a_month_and_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.value}"


class MonitoringAct(models.Model):
    """What was done to a month (経過): append-only, so that nothing official is lost by being replaced."""

    month = models.ForeignKey(MonitoringMonth, on_delete=models.PROTECT, related_name="acts")
    tenant = models.CharField(max_length=40)
    at = models.DateTimeField()
    side = models.CharField(max_length=8)
    """facility, city or system."""
    by = models.UUIDField(null=True)
    act = models.CharField(max_length=20)
    note = models.TextField(blank=True)
    snapshot = models.JSONField(default=dict)
    """What was handed in or decided, as it stood then."""

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["month", "id"], name="monitoring_acts_of_month")]

    def __str__(self) -> str:
        return f"{self.act} {self.side}"
