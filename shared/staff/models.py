"""Staff accounts: a facility's in its own schema, the city's in the shared one. The same table twice."""

from __future__ import annotations

import datetime as dt
import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from kernel import clock
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


class Suspension(models.TextChoices):
    """Why an account is suspended (停止の理由)."""

    LEAVING = "leaving", _("退職・異動")
    EMERGENCY = "emergency", _("緊急停止")
    LEAVE = "leave", _("休職")
    RECOUNT = "recount", _("棚卸で確認されなかった")
    UNUSED = "unused", _("長い間使われていない")
    CITY = "city", _("市による停止")


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
    """Switched off while suspended; ``in_force`` also asks for the dates."""
    created_at = models.DateTimeField()
    body = models.CharField(max_length=100, blank=True, default="")
    """所属法人: of a consortium the member body, else the operator."""
    title = models.CharField(max_length=60, blank=True, default="")
    """職名."""
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    """The last day, in it; None is without end."""
    suspended_at = models.DateTimeField(null=True)
    suspended_why = models.CharField(max_length=12, choices=Suspension, blank=True, default="")
    confirmed_at = models.DateTimeField(null=True)
    """When the facility's 施設管理責任者 last confirmed in a 棚卸 that this person still needs the ID."""
    one_time_until = models.DateTimeField(null=True)
    """Until when the one-time password of the sealed slip lets in; None once the person has set a password."""
    pledge_version = models.PositiveIntegerField(null=True)
    """The version of the 誓約 that this person made last."""
    trained_on = models.DateField(null=True)

    objects = StaffAccountManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(login_id=Lower("login_id")), name="staff_id_is_lower_case"),
            models.CheckConstraint(
                condition=models.Q(starts_on=None)
                | models.Q(ends_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="an_account_ends_after_it_begins",
            ),
        ]

    @property
    def in_force(self) -> bool:
        """Whether the account lets anybody in today: not suspended, begun, and not ended."""
        return self.is_active and self.is_within(clock.today())

    @property
    def may_sign_in(self) -> bool:
        """Whether the account is in force and its password has not lapsed unused."""
        return self.in_force and (self.one_time_until is None or clock.now() < self.one_time_until)

    def is_within(self, day: dt.date) -> bool:
        """Whether ``day`` is one of the account's days."""
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or day <= self.ends_on)


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
