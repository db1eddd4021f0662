"""What the city did with a tenant: suspended, resumed, closed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.models import Tenant


class TenantDeed(models.TextChoices):
    """Kinds of what the city does with a tenant (施設の停止・再開・廃止)."""

    SUSPEND = "suspend", _("停止")
    RESUME = "resume", _("再開")
    CLOSE = "close", _("廃止")


class TenantAct(models.Model):
    """One act with its reason. Append-only, in the database too."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    deed = models.CharField(max_length=8, choices=TenantDeed)
    reason = models.CharField(max_length=300)
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"{self.tenant_id} {self.deed}"
