"""Tenants, their hosts, and who operates them from when to when."""

from __future__ import annotations

import datetime as dt

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django_tenants.models import TenantMixin

SCHEMA_NAME = RegexValidator(r"^[a-z][a-z0-9_]{1,39}$", _("英小文字で始まる英小文字・数字・下線で入力してください。"))
NUMBER_PREFIX = RegexValidator(r"^[A-QS-Z][A-Z]{0,3}$", _("R以外で始まる英大文字1〜4字で入力してください。"))
"""R begins the numbers of the 登録証 (``apps.registrants.rules.numbering``)."""


class TenantState(models.TextChoices):
    """State of a tenant (指定単位)."""

    ACTIVE = "active", _("稼働中")
    SUSPENDED = "suspended", _("停止中")
    CLOSED = "closed", _("廃止")


class Tenant(TenantMixin):  # type: ignore[misc]  # django-tenants has no types
    """A facility, or the facilities that are designated together (指定単位). Owns one schema."""

    auto_create_schema = False
    auto_drop_schema = False

    schema_name = models.CharField(max_length=40, unique=True, validators=[SCHEMA_NAME])
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=12, choices=TenantState, default=TenantState.ACTIVE)
    number_prefix = models.CharField(max_length=4, unique=True, validators=[NUMBER_PREFIX])
    """Begins every registration number of this tenant (登録番号の施設記号)."""
    document_symbol = models.CharField(max_length=20)
    """文書記号, e.g. 印総福セ: begins the number of every official document."""
    ordinance_title = models.CharField(max_length=100)
    """設置及び管理に関する条例 of the facility, as cited on its forms."""

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(number_prefix__startswith="R"), name="no_prefix_begins_with_r")
        ]

    def __str__(self) -> str:
        return self.schema_name


class Host(models.Model):
    """A host name of a tenant's desk (窓口のホスト名), without port, lower case."""

    domain = models.CharField(max_length=253, unique=True)
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="hosts")
    is_primary = models.BooleanField(default=True)

    class Meta:
        ordering = ["domain"]
        constraints = [
            models.UniqueConstraint(fields=["tenant"], condition=models.Q(is_primary=True), name="one_primary_host"),
            models.CheckConstraint(condition=models.Q(domain=Lower("domain")), name="a_host_is_lower_case"),
        ]

    def __str__(self) -> str:
        return self.domain


class OperatorKind(models.TextChoices):
    """Who runs a facility: decides the authority and the 教示 on its documents."""

    CITY = "city", _("市直営")
    MANAGER = "manager", _("指定管理者")


class Operator(models.Model):
    """A city department (所管課) or a designated manager (指定管理者)."""

    kind = models.CharField(max_length=8, choices=OperatorKind)
    name = models.CharField(max_length=100, unique=True)
    name_en = models.CharField(max_length=100, blank=True)
    corporate_number = models.CharField(
        max_length=13, blank=True, validators=[RegexValidator(r"^\d{13}$", _("法人番号は13桁の数字です。"))]
    )
    representative_title = models.CharField(max_length=40)
    """職名, e.g. 市長 or 理事長."""
    representative_name = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.name


class ConsortiumMember(models.Model):
    """A body that takes part in a consortium (共同事業体の構成員)."""

    operator = models.ForeignKey(Operator, on_delete=models.CASCADE, related_name="members")
    name = models.CharField(max_length=100)
    corporate_number = models.CharField(max_length=13, blank=True)
    is_lead = models.BooleanField(default=False)

    class Meta:
        ordering = ["-is_lead", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["operator"], condition=models.Q(is_lead=True), name="one_lead_member_a_consortium"
            )
        ]

    def __str__(self) -> str:
        return self.name


class FeeRegime(models.TextChoices):
    """Whose revenue the fee is: decides wording, receipts and 教示."""

    PUBLIC_FEE = "public", _("使用料")
    MANAGER_INCOME = "income", _("利用料金")


class OperatorAssignment(models.Model):
    """From when to when an operator runs a tenant (指定期間). A tenant has one operator at a time."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="assignments")
    operator = models.ForeignKey(Operator, on_delete=models.PROTECT, related_name="assignments")
    during = DateRangeField()
    """Half-open range of days in Asia/Tokyo: access opens at 0:00 of its first day."""
    agreement_number = models.CharField(max_length=60, blank=True)
    fee_regime = models.CharField(max_length=8, choices=FeeRegime, default=FeeRegime.PUBLIC_FEE)
    privacy_officer = models.CharField(max_length=60, blank=True)
    """個人情報保護責任者 (職名)."""
    security_officer = models.CharField(max_length=60, blank=True)
    """情報セキュリティ対策責任者 (職名)."""

    class Meta:
        ordering = ["tenant_id", "during"]
        constraints = [
            ExclusionConstraint(
                name="one_operator_a_tenant_at_a_time",
                expressions=[("tenant", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self) -> str:
        return f"{self.tenant_id}: {self.operator_id}"

    @property
    def last_day(self) -> dt.date | None:
        """The last day of the term, or None when it is open."""
        return self.during.upper - dt.timedelta(days=1) if self.during.upper else None
