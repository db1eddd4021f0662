"""Advisory locks of the write path: of parts, and of registrants whose bookings are counted."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from uuid import UUID


def lock_keys(schema: str, things: Iterable[UUID]) -> list[int]:
    """Advisory lock keys of parts and registrants, tenant-hashed and sorted, so that nobody waits in a ring."""
    return sorted(_key(f"{schema}/{thing}") for thing in things)


def _key(name: str) -> int:
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), signed=True)
