"""The city ends a lock of signing in before its time (一時停止の解除): somebody is known to have mistyped."""

from __future__ import annotations

from uuid import UUID

from django.db import connection, transaction

from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together
from shared.policies.errors import NoLockError


def clear_lock(*, actor: Actor, place: str, pair: int, account: UUID | None, reason: str) -> None:
    """Let the count ``pair`` at ``place`` begin anew; ``account`` is whose ID it is, where that is known.

    The database asks again whether ``actor`` gives accounts out. Audited there and at the city. ``NoLockError``.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT shared.clear_sign_in_lock(%s, %s, %s, %s, %s, %s)",
                [place, pair, actor.id, reason, actor.address, actor.request_id],
            )
            [(was_there,)] = cursor.fetchall()
        if not was_there:
            raise NoLockError
        told = {"place": place, "pair": pair, "account": str(account or "")}
        insert_together(
            entry(
                actor, Action.PERMISSION, object_type="sign_in_lock", object_id=pair, purpose=reason, persons=(), **told
            )
        )
