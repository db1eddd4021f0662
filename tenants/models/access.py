"""From where a tenant's desk may be reached (接続元): kept by the city, read by the entrance, closed to every tenant.

Nothing is deleted: what holds no longer has a day or an instant on which it ended.
"""

from __future__ import annotations

import datetime as dt
import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tenants.access import GRANT_HOURS
from tenants.models.fields import CidrField
from tenants.models.tenancy import Tenant


class AskedWay(models.TextChoices):
    """What a tenant's desk may ask of a request (接続の条件)."""

    NETWORK = "network", _("接続元の範囲")
    TERMINAL = "terminal", _("登録端末")
    CERTIFICATE = "certificate", _("クライアント証明書")


class AccessRule(models.Model):
    """The ways that a tenant's desk asks for (接続の条件). Without a row, or without ways, it is open."""

    tenant = models.OneToOneField(Tenant, primary_key=True, on_delete=models.PROTECT, related_name="access_rule")
    ways = ArrayField(models.CharField(max_length=12, choices=AskedWay), default=list)
    needs_all = models.BooleanField(default=False)
    """Every way must be shown, not one of them."""
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ways__contained_by=[way.value for way in AskedWay]), name="only_known_ways_are_asked"
            )
        ]

    def __str__(self) -> str:
        return ", ".join(self.ways)


class AllowedNetwork(models.Model):
    """An address range from which a tenant's desk is reached (接続元の範囲)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="networks")
    cidr = CidrField()
    note = models.CharField(max_length=100)
    """Whose line it is, e.g. 福祉センター専用回線."""
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    """The last day."""
    added_at = models.DateTimeField()
    added_by = models.UUIDField()
    removed_at = models.DateTimeField(null=True)
    removed_by = models.UUIDField(null=True)

    class Meta:
        ordering = ["added_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="a_network_ends_later"
            ),
            models.UniqueConstraint(
                fields=["tenant", "cidr"], condition=Q(removed_at=None), name="a_network_is_listed_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.cidr)


class Terminal(models.Model):
    """A terminal in the register (端末台帳): what it is, where it stands, and the hash of the token in its cookie."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="terminals")
    name = models.CharField(max_length=60)
    asset_number = models.CharField(max_length=40, blank=True)
    """備品番号."""
    place = models.CharField(max_length=60)
    is_lent = models.BooleanField(default=True)
    """市の貸与端末."""
    is_fixed = models.BooleanField(default=False)
    """Wired down (ワイヤーで固定)."""
    code_hash = models.CharField(max_length=64, blank=True)
    code_until = models.DateTimeField(null=True)
    token_hash = models.CharField(max_length=64, blank=True)
    added_at = models.DateTimeField()
    enrolled_at = models.DateTimeField(null=True)
    seen_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.UUIDField(null=True)

    class Meta:
        ordering = ["added_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["token_hash"], condition=~Q(token_hash=""), name="a_token_is_one_terminals"
            ),
            models.UniqueConstraint(fields=["code_hash"], condition=~Q(code_hash=""), name="a_code_is_one_terminals"),
        ]

    def __str__(self) -> str:
        return self.name


class ClientCertificate(models.Model):
    """A client certificate that opens a tenant's desk (クライアント証明書)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="certificates")
    fingerprint = models.CharField(max_length=64)
    """SHA-256 of the certificate, 64 small hexadecimal figures."""
    name = models.CharField(max_length=60)
    ends_on = models.DateField(null=True)
    """The last day."""
    added_at = models.DateTimeField()
    added_by = models.UUIDField()
    removed_at = models.DateTimeField(null=True)
    removed_by = models.UUIDField(null=True)

    class Meta:
        ordering = ["added_at"]
        constraints = [
            models.CheckConstraint(condition=Q(fingerprint__regex=r"^[0-9a-f]{64}$"), name="a_fingerprint_is_a_sha256"),
            models.UniqueConstraint(
                fields=["tenant", "fingerprint"], condition=Q(removed_at=None), name="a_certificate_is_listed_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class EmergencyGrant(models.Model):
    """The city opens a tenant's desk for a while (緊急許可), whatever is asked else; it ends by itself."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="grants")
    cidr = CidrField(null=True)
    """From where; nothing means from anywhere."""
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=200)
    granted_at = models.DateTimeField()
    granted_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    """Ended by hand before its time."""
    ended_by = models.UUIDField(null=True)

    class Meta:
        ordering = ["-granted_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_grant_ends_later"),
            models.CheckConstraint(
                condition=Q(ends_at__lte=F("starts_at") + dt.timedelta(hours=GRANT_HOURS)),
                name="a_grant_lasts_three_days_at_most",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_grant_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at} – {self.ends_at}"
