"""Links that work once (確認用のリンク), and the codes on a desk's slips.

A link's text is made of the token's id by the server's key whenever a mail is written, so that neither the outbox nor a
copy of the database holds anything that opens an account.
"""

from __future__ import annotations

import binascii
import datetime as dt
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any, Final
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

from kernel import clock
from kernel.width import bare
from shared.accounts.errors import DeadLinkError, WrongSlipError
from shared.accounts.models import AccountToken, PortalAccount, TokenPurpose

LIFETIME: Final = dt.timedelta(hours=24)
ID_BYTES: Final = 16
MAC_BYTES: Final = 20
LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""What a slip's code is made of: nothing that is read for something else (0 O, 1 I L)."""
GROUP: Final = 4


def new_token(purpose: TokenPurpose, **values: Any) -> AccountToken:
    """An unsaved token that lives for ``LIFETIME``."""
    now = clock.now()
    return AccountToken(purpose=purpose, made_at=now, expires_at=now + LIFETIME, **values)


def text_of(token: UUID) -> str:
    """What stands in the link for ``token``: 48 letters."""
    return urlsafe_b64encode(token.bytes + _mac(token)).decode()


def token_in(text: str) -> UUID:
    """The id of the token that ``text`` stands for; ``DeadLinkError`` for a text that this server never made."""
    try:
        raw = urlsafe_b64decode(text.encode("ascii"))
    except (UnicodeEncodeError, binascii.Error):
        raise DeadLinkError from None
    if len(raw) != ID_BYTES + MAC_BYTES:
        raise DeadLinkError
    token = UUID(bytes=raw[:ID_BYTES])
    if not constant_time_compare(raw[ID_BYTES:].hex(), _mac(token).hex()):
        raise DeadLinkError
    return token


def shown(text: str, purpose: TokenPurpose) -> AccountToken:
    """The usable token of a link, to show its page; ``DeadLinkError``."""
    return _usable(AccountToken.objects.select_related("account"), pk=token_in(text), purpose=purpose)


def taken(text: str, purpose: TokenPurpose) -> AccountToken:
    """The usable token of a link, used up by this very call. Inside a transaction. ``DeadLinkError``."""
    return _used(pk=token_in(text), purpose=purpose)


def taken_by_slip(code: str) -> AccountToken:
    """The usable token of a slip's code, used up by this very call. Inside a transaction. ``WrongSlipError``."""
    try:
        return _used(code_hash=hash_of(code), purpose=TokenPurpose.RESET)
    except DeadLinkError:
        raise WrongSlipError(field="code") from None


def locked_account(token: AccountToken) -> PortalAccount:
    """The account that the token is about, under lock. ``DeadLinkError`` if there is none."""
    account = PortalAccount.objects.select_for_update().filter(pk__in=[token.account_id]).first()
    if account is None:
        raise DeadLinkError
    return account


def new_code(groups: int) -> str:
    """A code to be typed off paper, of so many groups of four: 7KQM-2WXB."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(groups))


def hash_of(code: str, *about: object) -> str:
    """What is kept of a code, however it was typed: a hash under the server's key, bound to what it is about."""
    text = "\n".join([bare(code).upper(), *map(str, about)])
    return salted_hmac("shared.accounts.code", text, algorithm="sha256").hexdigest()


def _used(**wanted: object) -> AccountToken:
    token = _usable(AccountToken.objects.select_for_update(), **wanted)
    token.used_at = clock.now()
    token.save(update_fields=["used_at"])
    return token


def _usable(tokens: Any, **wanted: object) -> AccountToken:
    token: AccountToken | None = tokens.filter(**wanted, used_at=None, expires_at__gt=clock.now()).first()
    if token is None:
        raise DeadLinkError
    return token


def _mac(token: UUID) -> bytes:
    return salted_hmac("shared.accounts.token", token.bytes, algorithm="sha256").digest()[:MAC_BYTES]
