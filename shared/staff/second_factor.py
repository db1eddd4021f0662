"""The second factor (第二要素): an authenticator app's codes (TOTP, RFC 6238) and recovery codes.

The other kind are passkeys (``shared.staff.passkeys``).
"""

from __future__ import annotations

import secrets
import unicodedata
from typing import Final

import pyotp
from django.db import transaction
from django.utils.crypto import constant_time_compare

from kernel import clock
from shared.actor import Actor
from shared.at_rest import seal, unseal
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together
from shared.staff.errors import NotBegunError, WrongCodeError, WrongCurrentError
from shared.staff.models import Authenticator, Passkey, RecoveryCode, StaffAccount
from shared.throttle import keyed, keyed_with_each

STEP: Final = 30
"""Seconds for which a code is shown."""
DRIFT: Final = 1
"""Steps by which the telephone's clock may differ."""
CODES: Final = 10
LETTERS: Final = "23456789abcdefghjkmnpqrstuvwxyz"
PURPOSE: Final = "authenticator"
ISSUER: Final = "公共施設予約"


def has_second_factor(account: StaffAccount) -> bool:
    """Whether signing in asks ``account`` for more than the password: also where a passkey is of another host."""
    return has_app(account) or Passkey.objects.filter(account=account).exists()


def has_app(account: StaffAccount) -> bool:
    """Whether ``account`` has an authenticator app that has proved itself."""
    return Authenticator.objects.filter(account=account, confirmed_at__isnull=False).exists()


def begin_authenticator(*, account: StaffAccount, current: str | None = None) -> None:
    """Make a secret that counts when its first code was entered. ``WrongCurrentError`` where one is replaced."""
    with transaction.atomic():
        if has_second_factor(account) and not account.check_password(current or ""):
            raise WrongCurrentError(field="current")
        Authenticator.objects.filter(account=account, confirmed_at=None).delete()
        sealed = seal(pyotp.random_base32().encode(), purpose=PURPOSE, bound=str(account.pk))
        Authenticator.objects.create(account=account, sealed=sealed, made_at=clock.now())


def secret_in_the_making(account: StaffAccount) -> str:
    """The secret (base32) to be shown while it is set up; empty when none is."""
    found = Authenticator.objects.filter(account=account, confirmed_at=None).first()
    return _secret(found) if found else ""


def provisioning_address(account: StaffAccount, secret: str, place: str) -> str:
    """What the QR code says to the app."""
    return pyotp.TOTP(secret).provisioning_uri(name=f"{account.login_id}@{place}", issuer_name=ISSUER)


def confirm_authenticator(*, actor: Actor, account: StaffAccount, code: str) -> list[str]:
    """Take the new secret into use with its first code; the recovery codes, shown this once.

    ``NotBegunError``, ``WrongCodeError``.
    """
    with transaction.atomic():
        new = Authenticator.objects.select_for_update().filter(account=account, confirmed_at=None).first()
        if new is None:
            raise NotBegunError
        if not _takes(new, _typed(code)):
            raise WrongCodeError(field="code")
        Authenticator.objects.filter(account=account).exclude(pk=new.pk).delete()
        Authenticator.objects.filter(pk=new.pk).update(confirmed_at=clock.now())
        told = entry(actor, Action.CHANGE, object_type="account", object_id=account.pk, fields=["second_factor"])
        insert_together(told)
        return new_codes(account)


def renew_codes(*, actor: Actor, account: StaffAccount, current: str) -> list[str]:
    """Ten new recovery codes; the ones before are worth nothing. ``WrongCurrentError``."""
    if not account.check_password(current):
        raise WrongCurrentError(field="current")
    with transaction.atomic():
        told = entry(actor, Action.CHANGE, object_type="account", object_id=account.pk, fields=["recovery_codes"])
        insert_together(told)
        return new_codes(account)


def prove(account: StaffAccount, code: str) -> str:
    """``app`` or ``recovery``: what ``code`` was, and it is used up. ``WrongCodeError``."""
    typed = _typed(code)
    app = Authenticator.objects.filter(account=account, confirmed_at__isnull=False).first()
    if app is not None and _takes(app, typed):
        return "app"
    hashes = keyed_with_each("recovery", account.pk, typed)
    unused = RecoveryCode.objects.filter(account=account, hash__in=hashes, used_at=None)
    if unused.update(used_at=clock.now()):
        return "recovery"
    raise WrongCodeError(field="code")


def codes_left(account: StaffAccount) -> int:
    """How many recovery codes are unused."""
    return RecoveryCode.objects.filter(account=account, used_at=None).count()


def _takes(app: Authenticator, typed: str) -> bool:
    """Whether ``typed`` is a code of about now that was not taken before; it is taken by this very statement."""
    totp, now = pyotp.TOTP(_secret(app)), int(clock.now().timestamp()) // STEP
    fitting = [
        step for step in range(now - DRIFT, now + DRIFT + 1) if constant_time_compare(totp.at(step * STEP), typed)
    ]
    unused = Authenticator.objects.filter(pk=app.pk, last_step__lt=max(fitting, default=0))
    return bool(fitting) and unused.update(last_step=max(fitting)) == 1


def _secret(app: Authenticator) -> str:
    return unseal(bytes(app.sealed), purpose=PURPOSE, bound=str(app.account_id)).decode()


def new_codes(account: StaffAccount) -> list[str]:
    """Ten recovery codes in place of those before."""
    codes = ["-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(2)) for _ in range(CODES)]
    RecoveryCode.objects.filter(account=account).delete()
    hashes = [keyed("recovery", account.pk, _typed(one)) for one in codes]
    RecoveryCode.objects.bulk_create(RecoveryCode(account=account, hash=one) for one in hashes)
    return codes


def _typed(code: str) -> str:
    """What was typed, in one width, without spaces and hyphens."""
    return "".join(one for one in unicodedata.normalize("NFKC", code).lower() if one.isalnum())
