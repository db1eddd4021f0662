"""Staff accounts: a facility's in its own schema, the city's in the shared one. The same table twice."""

from __future__ import annotations

import datetime as dt
import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from kernel import clock
from shared.sessions import AccountSession
from shared.tries import TriesPair


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
    assignment = models.BigIntegerField(null=True, editable=False)
    """The designation (``OperatorAssignment``) that the account belongs to; the database fills it in at a desk."""
    term = DateRangeField(null=True, editable=False)
    """The days of that designation, kept by the database; empty at a desk that nobody ran. None at the city."""
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
        """Whether the account lets anybody in today: not suspended, begun, not ended, in the operator's term."""
        today = clock.today()
        return self.is_active and self.is_within(today) and (self.term is None or today in self.term)

    @property
    def may_sign_in(self) -> bool:
        """Whether the account is in force and its password has not lapsed unused."""
        return self.in_force and (self.one_time_until is None or clock.now() < self.one_time_until)

    def is_within(self, day: dt.date) -> bool:
        """Whether ``day`` is one of the account's days."""
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or day <= self.ends_on)


class StaffSession(AccountSession):
    """A staff member's session at one site. One that was ended stays until it would have been over, to say why."""

    account = models.ForeignKey(StaffAccount, null=True, on_delete=models.CASCADE, related_name="+")
    began_at = models.DateTimeField(null=True)
    address = models.GenericIPAddressField(null=True)
    terminal = models.UUIDField(null=True)
    """The registered terminal, if it was begun on one."""
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=12, blank=True, default="")
    """``elsewhere``: the same person signed in at another place; ``everywhere``: this person ended all sessions."""


class UsedPassword(models.Model):
    """The hash of a password that an account had since ``at``, so that it does not come again (再利用の禁止)."""

    account = models.ForeignKey(StaffAccount, on_delete=models.CASCADE, related_name="+")
    hash = models.CharField(max_length=128)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.account_id)


class SignInPair(TriesPair):
    """Tries of signing in at this desk, or at the city."""

    class Meta(TriesPair.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["who", "origin"], name="one_count_a_pair")]


class SignInSign(models.TextChoices):
    """What is worth noticing about signing in (ログインの兆候)."""

    LOCKED = "locked", _("失敗が続き、一時的に止めた")
    MANY_ORIGINS = "many_origins", _("多くの接続元から失敗が続いた")
    TWO_PLACES = "two_places", _("使用中のIDで、別の場所からログインした")
    RECOVERY = "recovery", _("予備コードでログインした")
    COPIED = "copied", _("複製された疑いのあるパスキーが使われた")


class SignInEvent(models.Model):
    """Something that the person is told at the next sign-in, and that the city sees of all places."""

    account = models.ForeignKey(StaffAccount, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    sign = models.CharField(max_length=12, choices=SignInSign)
    address = models.GenericIPAddressField(null=True)
    terminal = models.UUIDField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account", "at"], name="sign_in_event_of_account")]

    def __str__(self) -> str:
        return self.sign


class Authenticator(models.Model):
    """An authenticator app (認証アプリ): its secret, sealed with a key that the database does not have."""

    account = models.ForeignKey(StaffAccount, on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    """Set by the first code that fitted; before, it proves nothing."""
    last_step = models.BigIntegerField(default=0)
    """The half-minute of the last code that was taken: none is taken twice."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=models.Q(confirmed_at=None), name="one_authenticator_in_the_making"
            ),
            models.UniqueConstraint(
                fields=["account"], condition=~models.Q(confirmed_at=None), name="one_authenticator_an_account"
            ),
        ]

    def __str__(self) -> str:
        return str(self.account_id)


class RecoveryCode(models.Model):
    """A code for the day when the telephone is away (予備コード), as a keyed hash; good once."""

    account = models.ForeignKey(StaffAccount, on_delete=models.CASCADE, related_name="+")
    hash = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.account_id)


class Passkey(models.Model):
    """A passkey (パスキー) of an account at one host: a public key. What proves it never leaves the person's device."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(StaffAccount, on_delete=models.CASCADE, related_name="+")
    host = models.CharField(max_length=253)
    """The site's host, which the device has signed for; at any other host the passkey is worth nothing."""
    credential = models.BinaryField(max_length=1023, unique=True)
    """Its id, as the device gave it."""
    public_key = models.BinaryField()
    uses = models.BigIntegerField()
    """How often it was used, as the device counts (署名カウンタ); a device that does not count says 0."""
    name = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    copied_at = models.DateTimeField(null=True)
    """When a count that had not gone up showed that it may have been copied; it proves nothing from then on."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(uses__gte=0, uses__lt=2**32), name="a_passkeys_uses_fit"),
            models.CheckConstraint(condition=~models.Q(name=""), name="a_passkey_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
