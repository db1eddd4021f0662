"""Writing audit entries: as a row to insert along with a change, or on its own."""

from __future__ import annotations

from typing import Any

from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action, AuditEntry
from shared.inserts import insert_together


def entry(
    actor: Actor,
    action: Action,
    *,
    object_type: str = "",
    object_id: object = "",
    purpose: str = "",
    **detail: Any,
) -> AuditEntry:
    """An unsaved entry, to be inserted with the change itself. ``detail`` holds counts and codes only."""
    return AuditEntry(
        at=clock.now(),
        actor_kind=actor.kind,
        actor_id=actor.id,
        action=action,
        object_type=object_type,
        object_id=str(object_id),
        purpose=purpose,
        detail=detail,
        address=actor.address,
        request_id=actor.request_id,
    )


def record(
    actor: Actor, action: Action, *, object_type: str = "", object_id: object = "", purpose: str = "", **detail: Any
) -> None:
    """Write an entry now, into the schema of the unit of work."""
    insert_together(entry(actor, action, object_type=object_type, object_id=object_id, purpose=purpose, **detail))
