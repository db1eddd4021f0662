"""Citizens' portal accounts (shared schema): a login and an e-mail address, never a name or an address."""

from __future__ import annotations

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from shared.accounts.keeping import FavouriteRoom, OpeningReminder, ReminderWish, SavedSearch
from shared.sessions import AccountSession
from shared.tries import TriesPair
from tenants.models import Tenant

__all__ = [
    "AccountToken",
    "CalendarLink",
    "FavouriteRoom",
    "OpeningReminder",
    "PortalAccount",
    "PortalLink",
    "PortalSession",
    "PortalSignInPair",
    "ReminderWish",
    "SavedSearch",
    "TokenPurpose",
]


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
    language = models.CharField(max_length=10, default="ja")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects = PortalAccountManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(login_id=Lower("login_id")), name="login_id_is_lower_case"),
            models.UniqueConstraint(Lower("email"), condition=~models.Q(email=""), name="one_account_an_address"),
        ]

    @property
    def in_force(self) -> bool:
        """Whether the account lets its holder in."""
        return self.is_active

    may_sign_in = in_force


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


class PortalSignInPair(TriesPair):
    """Tries of signing in at the portal."""

    class Meta(TriesPair.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["who", "origin"], name="one_count_a_portal_pair")]


class TokenPurpose(models.TextChoices):
    """What whoever shows a token may do."""

    SIGN_UP = "sign_up"
    """Open an account for the address (新規登録の確認)."""
    RESET = "reset"
    """Choose a new password: by a link in a mail, or by the slip of a desk (パスワードの再設定)."""
    CHANGE_MAIL = "change_mail"
    """Let the address be the account's (メールアドレスの変更)."""
    NOTICE = "notice"
    """Nothing. It keeps an address that has just left an account, until the mail that tells so is sent."""


class AccountToken(models.Model):
    """A right to do one thing once (確認用の番号). What is shown for it is never kept.

    A link carries ``shared.accounts.tokens.text_of`` of the id, which the server's own key makes; a slip carries a code
    of which only the keyed hash stands here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=12, choices=TokenPurpose)
    account = models.ForeignKey(PortalAccount, null=True, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField(max_length=254, blank=True)
    """The address to be confirmed or told, where it is not the account's."""
    language = models.CharField(max_length=10, default="ja")
    code_hash = models.CharField(max_length=64, null=True, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(purpose__in=["sign_up", "notice"]) ^ models.Q(account__isnull=False),
                name="a_token_is_an_accounts_or_an_addresss",
            )
        ]

    def __str__(self) -> str:
        return self.purpose


class CalendarLink(models.Model):
    """A citizen's own bookings for a calendar program (iCalの配信): one address an account, void when it is renewed.

    The address opens nothing but the times and places of bookings. Of its secret only the hash stands here.
    """

    account = models.OneToOneField(PortalAccount, on_delete=models.CASCADE, related_name="+", primary_key=True)
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"
