"""Citizens' portal accounts (shared schema): a login and an e-mail address, never a name or an address."""

from __future__ import annotations

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from shared.sessions import AccountSession
from tenants.models import Tenant


class PortalAccountManager(BaseUserManager["PortalAccount"]):
    """Finds accounts by login id, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> PortalAccount:
        return self.get(login_id=(username or "").lower())


class PortalAccount(AbstractBaseUser):
    """A citizen's login at the portal (市民アカウント). Registrations are linked by opaque ids."""

    USERNAME_FIELD = "login_id"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    login_id = models.CharField(max_length=60, unique=True)
    email = models.EmailField(max_length=254, blank=True)
    language = models.CharField(max_length=5, default="ja")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects = PortalAccountManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(login_id=Lower("login_id")), name="login_id_is_lower_case")
        ]


class PortalLink(models.Model):
    """A portal account holds a registration (利用者登録) at a tenant; the tenant learns of no other."""

    account = models.ForeignKey(PortalAccount, on_delete=models.CASCADE, related_name="links")
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    registration = models.UUIDField(unique=True)

    def __str__(self) -> str:
        return str(self.registration)


class PortalSession(AccountSession):
    """A citizen's session at the portal."""

    account = models.ForeignKey(PortalAccount, null=True, on_delete=models.CASCADE, related_name="+")
