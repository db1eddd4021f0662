"""Staff accounts: a facility's in its own schema, the city's in the shared one. The same table twice."""

from __future__ import annotations

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from shared.sessions import AccountSession


class Role(models.TextChoices):
    """What an account is for (役割): the first five at a desk, the others at the city. Domain handbook 7.3."""

    RECEPTION = "reception", _("窓口")
    ACCOUNTING = "accounting", _("会計")
    FACILITY_MANAGER = "facility_manager", _("施設管理責任者")
    CARD_OFFICER = "card_officer", _("登録証担当")
    PRIVACY_OFFICER = "privacy_officer", _("個人情報保護責任者")
    DEPARTMENT = "department", _("所管課")
    GENERAL = "general", _("総括")
    SYSTEMS = "systems", _("情報政策")
    AUDITOR = "auditor", _("監査")


class StaffAccountManager(BaseUserManager["StaffAccount"]):
    """Finds accounts by their personal ID, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> StaffAccount:
        return self.get(login_id=(username or "").lower())


class StaffAccount(AbstractBaseUser):
    """One person's ID (個々のID) at one facility's desk, or at the city."""

    USERNAME_FIELD = "login_id"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    login_id = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    """氏名, shown beside what this person did."""
    roles = ArrayField(models.CharField(max_length=20, choices=Role), default=list, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    one_time_until = models.DateTimeField(null=True)
    """Until when the one-time password of the sealed slip lets in; None once the person has set a password."""

    objects = StaffAccountManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(login_id=Lower("login_id")), name="staff_id_is_lower_case")
        ]


class StaffSession(AccountSession):
    """A staff member's session at one site."""

    account = models.ForeignKey(StaffAccount, null=True, on_delete=models.CASCADE, related_name="+")


class UsedPassword(models.Model):
    """The hash of a password that an account had since ``at``, so that it does not come again (再利用の禁止)."""

    account = models.ForeignKey(StaffAccount, on_delete=models.CASCADE, related_name="+")
    hash = models.CharField(max_length=128)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.account_id)
