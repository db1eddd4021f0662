"""The end of an account (退会): every link is taken away, each facility told of its own, and nothing is kept."""

from __future__ import annotations

from django.db import connection, transaction

from shared.accounts.models import PortalAccount, TokenPurpose
from shared.accounts.signing_up import link_mail
from shared.accounts.tokens import new_token
from shared.accounts.trying import check_current
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together


def end_account(*, actor: Actor, account: PortalAccount, current: str) -> None:
    """Delete the account of the unit of work; registrations and bookings stay. Errors of ``check_current``."""
    check_current(actor, account, current)
    notice = new_token(TokenPurpose.NOTICE, email=account.email, language=account.language)
    told = entry(actor, Action.CHANGE, object_type="account", object_id=account.pk, ended=True)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT shared.end_account()")
        insert_together(*([notice, link_mail(notice, "ended")] if notice.email else []), told)
