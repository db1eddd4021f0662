"""The city resets somebody's second factor at any place (第二要素の解除): the telephone is lost, and the codes too."""

from __future__ import annotations

from uuid import UUID

from django.db import connection, transaction

from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together
from shared.policies.errors import NothingToResetError


def reset_second_factor(*, actor: Actor, place: str, account: UUID, reason: str) -> None:
    """Take the app and the codes of ``account`` away, and end its sessions. Audited there and at the city.

    The database asks again whether ``actor`` gives accounts out. ``NothingToResetError``.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT shared.reset_second_factor(%s, %s, %s, %s, %s)",
                [place, account, actor.id, actor.address, actor.request_id],
            )
            [(was_there,)] = cursor.fetchall()
        if not was_there:
            raise NothingToResetError
        insert_together(
            entry(
                actor,
                Action.PERMISSION,
                object_type="account",
                object_id=account,
                purpose=reason,
                fields=["second_factor"],
                place=place,
            )
        )
