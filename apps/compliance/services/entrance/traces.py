"""What every change of who may come in has in common: the audit row, and that this process knows it at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction

from apps.compliance.access_errors import ListedAlreadyError
from apps.compliance.access_texts import AccessAct
from shared.actor import Actor
from shared.audit.models import Action, AuditEntry
from shared.audit.record import entry
from tenants import directory


@contextmanager
def changing(*, field: str = "") -> Iterator[None]:
    """One transaction, after which this process reads the directory anew; others do within seconds.

    ``ListedAlreadyError`` beside ``field`` for what is listed already.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "listed_once" in str(error):
            raise ListedAlreadyError(field=field) from None
        raise
    directory.forget()


def trace(actor: Actor, schema: str, act: AccessAct, **detail: Any) -> AuditEntry:
    """The audit row of ``act``. ``detail`` says what is in force, and names nobody."""
    return entry(actor, Action.PERMISSION, object_type="access", object_id=schema, act=act.value, **detail)


def officer(actor: Actor) -> Any:
    """The account of the city's officer who acts."""
    if actor.id is None:
        raise TypeError("who may come in is changed by somebody")
    return actor.id
