"""Opening an account (新規登録): an address is asked for, confirmed by a mail, and only then anything exists."""

from __future__ import annotations

import re
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import get_language

from kernel import clock
from shared.accounts.errors import DeadLinkError, LoginRefusedError, LoginTakenError
from shared.accounts.logins import looks_like_a_number, normal_login
from shared.accounts.models import AccountToken, PortalAccount, TokenPurpose
from shared.accounts.passwords import check_password
from shared.accounts.tokens import new_token, taken
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together
from shared.outbox.messages import message
from shared.outbox.models import Message
from shared.throttle import Limit

LOGIN: Final = re.compile(r"[a-z0-9][a-z0-9._-]{3,29}")
MAILS_AN_ADDRESS: Final = Limit("mails-to-an-address", tries=5, minutes=60)
"""Beyond it no further mail is written, and nobody is told: those before still work."""


def ask_to_sign_up(*, actor: Actor, email: str) -> None:
    """Mail to ``email`` how to go on. Whether the address is known is told in the mail alone."""
    if not MAILS_AN_ADDRESS.allows(email.lower()):
        return
    holder = holder_of(email)
    token = new_notice(holder.email) if holder else new_token(TokenPurpose.SIGN_UP, email=email, language=language())
    told = entry(actor, Action.CREATE, object_type="account_token", object_id=token.pk, kind=token.purpose)
    insert_together(token, link_mail(token, "known" if holder else "sign_up"), told)


def open_account(*, actor: Actor, link: str, login_id: str, password: str) -> PortalAccount:
    """Open the account that ``link`` was mailed for; the link is used up.

    ``DeadLinkError``, ``LoginRefusedError``, ``LoginTakenError`` or an error of ``check_password``.
    """
    with transaction.atomic():
        token = taken(link, TokenPurpose.SIGN_UP)
        account = PortalAccount(
            login_id=readable_login(login_id), email=token.email, language=token.language, created_at=clock.now()
        )
        check_password(password, account)
        if PortalAccount.objects.filter(login_id=account.login_id).exists():
            raise LoginTakenError(field="login_id")
        if holder_of(token.email):
            raise DeadLinkError
        account.set_password(password)
        opened = Actor("citizen", account.pk, actor.address, actor.request_id)
        try:
            insert_together(account, entry(opened, Action.CREATE, object_type="account", object_id=account.pk))
        except IntegrityError:  # somebody was quicker by a moment
            raise LoginTakenError(field="login_id") from None
    return account


def readable_login(text: str) -> str:
    """The ID in half width and lower case; ``LoginRefusedError``, ``LoginTakenError`` for what cannot be one."""
    login = normal_login(text)
    if not LOGIN.fullmatch(login):
        raise LoginRefusedError(field="login_id")
    if looks_like_a_number(login):  # whoever has that number signs in by it
        raise LoginTakenError(field="login_id")
    return login


def holder_of(email: str) -> PortalAccount | None:
    """Whose address it is."""
    return PortalAccount.objects.filter(email__iexact=email).first() if email else None


def new_notice(email: str) -> AccountToken:
    """An unsaved token that opens nothing: it holds an address until the mail that tells something is sent."""
    return new_token(TokenPurpose.NOTICE, email=email, language=language())


def mail_for(account: PortalAccount, template: str, **context: str) -> Message:
    """An unsaved mail to an account."""
    return message(template=f"accounts/mail/{template}", recipient=account.pk, context=context)


def link_mail(token: AccountToken, template: str) -> Message:
    """An unsaved mail with the token's link, to the token's own address, or else to its account's."""
    context = {"token": str(token.pk)}
    recipient = token.account_id if token.account_id and not token.email else token.pk
    return message(template=f"accounts/mail/{template}", recipient=recipient, context=context)


def language() -> str:
    """The language of the request, for the mail."""
    return get_language() or "ja"
