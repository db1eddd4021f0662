"""A new password (パスワードの再設定・変更): by a mailed link, by a desk's slip, or by whoever knows the old one.

Whoever was signed in elsewhere is signed out by it.
"""

from __future__ import annotations

from django.db import transaction

from shared.accounts.errors import WrongPasswordError
from shared.accounts.models import AccountToken, PortalAccount, PortalSession, TokenPurpose
from shared.accounts.passwords import check_password
from shared.accounts.signing_up import MAILS_AN_ADDRESS, holder_of, link_mail, mail_for, new_notice
from shared.accounts.tokens import locked_account, new_token, taken, taken_by_slip
from shared.accounts.trying import check_current
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together


def ask_to_reset(*, actor: Actor, email: str) -> None:
    """Mail a link to the account with this address, or that there is none: who asks learns nothing, in no time less."""
    if not MAILS_AN_ADDRESS.allows(email.lower()):
        return
    holder = holder_of(email)
    token = new_token(TokenPurpose.RESET, account=holder) if holder else new_notice(email)
    told = entry(actor, Action.CREATE, object_type="account_token", object_id=token.pk, kind=token.purpose)
    insert_together(token, link_mail(token, "reset" if holder else "unknown"), told)


def reset_by_link(*, actor: Actor, link: str, password: str) -> PortalAccount:
    """A new password for whoever got the mail. ``DeadLinkError`` or an error of ``check_password``."""
    with transaction.atomic():
        return _replaced(actor, taken(link, TokenPurpose.RESET), password, by="mail")


def reset_by_slip(*, actor: Actor, code: str, password: str) -> PortalAccount:
    """A new password for whoever holds a desk's slip. ``WrongSlipError`` or an error of ``check_password``."""
    with transaction.atomic():
        return _replaced(actor, taken_by_slip(code), password, by="slip")


def change_password(*, actor: Actor, account: PortalAccount, current: str, password: str) -> PortalAccount:
    """A new password for whoever is signed in. The errors of ``check_current`` or of ``check_password``."""
    check_current(actor, account, current)
    with transaction.atomic():
        locked = PortalAccount.objects.select_for_update().get(pk=account.pk)
        if locked.password != account.password:  # somebody else set a new one meanwhile
            raise WrongPasswordError(field="current")
        return _with_password(actor, locked, password, by="password")


def _replaced(actor: Actor, token: AccountToken, password: str, *, by: str) -> PortalAccount:
    return _with_password(actor, locked_account(token), password, by=by)


def _with_password(actor: Actor, account: PortalAccount, password: str, *, by: str) -> PortalAccount:
    check_password(password, account)
    account.set_password(password)
    account.save(update_fields=["password"])
    AccountToken.objects.filter(account=account, purpose=TokenPurpose.RESET).delete()
    PortalSession.objects.filter(account=account).delete()
    changed = Actor("citizen", account.pk, actor.address, actor.request_id)
    told = entry(changed, Action.CHANGE, object_type="account", object_id=account.pk, fields=["password"], by=by)
    insert_together(told, mail_for(account, "password_changed"))
    return account
