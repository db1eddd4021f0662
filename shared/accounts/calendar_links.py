"""The address at which a calendar program finds a citizen's bookings (iCalの配信): made, made anew, switched off."""

from __future__ import annotations

import hashlib
import secrets
from typing import Final
from uuid import UUID

from django.db import transaction

from kernel import clock
from shared.accounts.models import CalendarLink, PortalAccount
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record

BYTES: Final = 32


def make_link(*, actor: Actor, account: UUID) -> str:
    """The secret of a new address; the one before is void. It is told once, and only its hash is kept."""
    secret = secrets.token_urlsafe(BYTES)
    with transaction.atomic():
        CalendarLink.objects.update_or_create(
            account_id=account, defaults={"secret_hash": _hash(secret), "made_at": clock.now()}
        )
        record(actor, Action.CHANGE, object_type="calendar_link", object_id=account, act="make")
    return secret


def drop_link(*, actor: Actor, account: UUID) -> None:
    """Make the address void. Nothing happens where there is none."""
    with transaction.atomic():
        dropped, _ = CalendarLink.objects.filter(account=account).delete()
        if dropped:
            record(actor, Action.CHANGE, object_type="calendar_link", object_id=account, act="drop")


def link_of(account: UUID) -> CalendarLink | None:
    """When the account's address was made, or None."""
    return CalendarLink.objects.filter(account=account).first()


def account_at(secret: str) -> PortalAccount | None:
    """Whose bookings the address with ``secret`` tells, while the account is in force; one statement."""
    found = CalendarLink.objects.select_related("account").filter(secret_hash=_hash(secret)).first()
    return found.account if found and found.account.in_force else None


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
