"""Of what a citizen is reminded: chosen on a page, stopped by a link that needs no sign-in."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from uuid import UUID

from django.db import connection, transaction

from kernel import clock
from shared.accounts.errors import DeadLinkError, ReminderTimeError
from shared.accounts.keeping import ReminderWish
from shared.accounts.models import PortalAccount
from shared.accounts.tokens import token_in
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record


@transaction.atomic
def choose_reminders(
    *,
    actor: Actor,
    account: UUID,
    use: Iterable[int],
    tentative: Iterable[int],
    opening: bool,
    quiet: tuple[dt.time, dt.time] | None,
    language: str,
) -> None:
    """Let this hold for the account, and write all its mails in ``language``; links in mails of before are void.

    ``ReminderTimeError``.
    """
    chosen = [sorted(set(use), reverse=True), sorted(set(tentative), reverse=True)]
    if quiet is not None and quiet[0] == quiet[1]:
        raise ReminderTimeError(field="quiet_until")
    starts, ends = quiet or (None, None)
    PortalAccount.objects.filter(pk=account).update(language=language)
    ReminderWish.objects.update_or_create(
        account_id=account,
        defaults={
            "use": chosen[0],
            "tentative": chosen[1],
            "opening": opening,
            "quiet_from": starts,
            "quiet_until": ends,
            "stop": uuid.uuid4(),
            "changed_at": clock.now(),
        },
    )
    record(
        actor, Action.CHANGE, object_type="reminder_wish", object_id=account, kinds=sum(map(bool, [*chosen, opening]))
    )


def wish_of(account: UUID) -> ReminderWish | None:
    """What the account has chosen, if it has."""
    return ReminderWish.objects.filter(account=account).first()


@transaction.atomic
def stop_reminders(*, actor: Actor, link: str) -> None:
    """Stop all reminders of whoever the link was mailed to. Again is the same. ``DeadLinkError``."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT shared.stop_reminders(%s)", [token_in(link)])
        [known] = cursor.fetchone()
    if not known:
        raise DeadLinkError
    record(actor, Action.CHANGE, object_type="reminder_wish", act="stop")
