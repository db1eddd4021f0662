"""Another address for an account (メールアドレスの変更): it counts when somebody has answered from there."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from shared.accounts.errors import DeadLinkError
from shared.accounts.models import PortalAccount, TokenPurpose
from shared.accounts.signing_up import MAILS_AN_ADDRESS, holder_of, language, link_mail, new_notice
from shared.accounts.tokens import locked_account, new_token, taken
from shared.accounts.trying import check_current
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together


def ask_to_change_address(*, actor: Actor, account: PortalAccount, current: str, email: str) -> None:
    """Mail a link to the new address; the same answer where it is another account's. Errors of ``check_current``."""
    check_current(actor, account, current)
    if not MAILS_AN_ADDRESS.allows(email.lower()):
        return
    holder = holder_of(email)
    if holder:
        token = new_notice(holder.email)
    else:
        token = new_token(TokenPurpose.CHANGE_MAIL, account=account, email=email, language=language())
    told = entry(actor, Action.CREATE, object_type="account_token", object_id=token.pk, kind=token.purpose)
    insert_together(token, link_mail(token, "known" if holder else "change_mail"), told)


def confirm_address(*, actor: Actor, link: str) -> PortalAccount:
    """Let the address be the account's, and tell the old one. ``DeadLinkError``."""
    with transaction.atomic():
        token = taken(link, TokenPurpose.CHANGE_MAIL)
        account = locked_account(token)
        notice = new_token(TokenPurpose.NOTICE, email=account.email, language=account.language)
        account.email = token.email
        try:
            account.save(update_fields=["email"])
        except IntegrityError:  # meanwhile another account's
            raise DeadLinkError from None
        changed = Actor("citizen", account.pk, actor.address, actor.request_id)
        told = entry(changed, Action.CHANGE, object_type="account", object_id=account.pk, fields=["email"])
        insert_together(*([notice, link_mail(notice, "address_changed")] if notice.email else []), told)
    return account
