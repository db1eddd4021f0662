"""Writing audit entries: as a row to insert along with a change, or on its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final
from uuid import UUID

from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action, AuditEntry
from shared.inserts import insert_together

ABOUT_A_PERSON: Final = frozenset({"registrant", "emergency_contact", "roster", "citizen_request", "link_code"})
"""Kinds of object whose id, where it is a UUID, is a registrant's."""
MOST_PERSONS: Final = 1000
"""Of one entry: no page shows more."""
_shown: ContextVar[set[UUID] | None] = ContextVar("shown", default=None)


def entry(
    actor: Actor,
    action: Action,
    *,
    object_type: str = "",
    object_id: object = "",
    purpose: str = "",
    persons: Iterable[UUID | None] = (),
    **detail: Any,
) -> AuditEntry:
    """An unsaved entry, to be inserted with the change itself. ``detail`` holds counts and codes only.

    ``persons`` are the registrants who are shown or concerned, beside the object itself where that is one.
    """
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
        roles=list(actor.roles),
        body=actor.body,
        terminal=actor.terminal,
        session=actor.session,
        persons=_concerned(object_type, object_id, persons),
    )


def record(
    actor: Actor,
    action: Action,
    *,
    object_type: str = "",
    object_id: object = "",
    purpose: str = "",
    persons: Iterable[UUID | None] = (),
    **detail: Any,
) -> None:
    """Write an entry now, into the schema of the unit of work. What cannot be written must not be done: it raises."""
    told = entry(
        actor, action, object_type=object_type, object_id=object_id, purpose=purpose, persons=persons, **detail
    )
    insert_together(told)
    shown = _shown.get()
    if shown is not None and action in {Action.VIEW, Action.SEARCH, Action.PRINT}:
        shown.update(told.persons)


@contextmanager
def shown_meanwhile() -> Iterator[set[UUID]]:
    """Collects the persons of whom something was recorded as shown inside the block."""
    shown: set[UUID] = set()
    token = _shown.set(shown)
    try:
        yield shown
    finally:
        _shown.reset(token)


def _concerned(object_type: str, object_id: object, persons: Iterable[UUID | None]) -> list[UUID]:
    """The persons, each once, in an order that does not tell how the page was sorted."""
    found = {person for person in persons if person is not None}
    if object_type in ABOUT_A_PERSON and isinstance(object_id, UUID):
        found.add(object_id)
    return sorted(found)[:MOST_PERSONS]
