"""Who acts: carried from the request or task into every service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """``kind`` is staff, city, citizen, visitor or system; ``id`` is the account's.

    What staff are at this moment stands in every entry of the audit, since it changes: ``roles``, and ``body``, their
    employer (所属法人). ``terminal`` is the registered terminal, ``session`` a keyed hash of the session's
    key, also a visitor's who has one.
    """

    kind: str
    id: UUID | None = None
    address: str | None = None
    request_id: str = ""
    roles: tuple[str, ...] = ()
    body: str = ""
    terminal: UUID | None = None
    session: str = ""


SYSTEM: Final = Actor(kind="system")
"""The scheduler and its tasks."""
