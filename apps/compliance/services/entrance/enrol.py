"""A terminal enrols itself with a one-time code, at its tenant's desk."""

from __future__ import annotations

from django.db import connection, transaction

from apps.compliance.access_errors import WrongTerminalCodeError
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from shared.terminals import hash_of_code, hash_of_token, new_token
from shared.throttle import Limit
from tenants import directory

TRIES = Limit("terminal-codes-of-a-client", tries=10, minutes=15)


def enrol_terminal(*, actor: Actor, code: str) -> str:
    """The token for the cookie of the terminal that ``code`` was made for; the code is used up.

    Raises ``WrongTerminalCodeError``, ``TooOftenError``.
    """
    TRIES.count(actor.address)
    token = new_token()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT shared.enrol_terminal(%s, %s)", [hash_of_code(code), hash_of_token(token)])
            row = cursor.fetchone()
        enrolled = row[0] if row else None
        if enrolled is not None:
            record(actor, Action.PERMISSION, object_type="terminal", object_id=enrolled, act="enrolled")
    if enrolled is None:
        record(actor, Action.DENIED, object_type="terminal", why="wrong code")
        raise WrongTerminalCodeError(field="code")
    directory.forget()
    return token
