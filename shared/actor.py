"""Who acts: carried from the request or task into every service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """``kind`` is staff, city, citizen, visitor or system; ``id`` is the account's."""

    kind: str
    id: UUID | None = None
    address: str | None = None
    request_id: str = ""


SYSTEM: Final = Actor(kind="system")
"""The scheduler and its tasks."""
