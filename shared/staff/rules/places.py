"""Whether two uses of an ID are of two places: the one rule for what a person is told and what the city looks into."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Whence:
    """From where an ID was used: the address, and the registered terminal if it was one."""

    address: str | None
    terminal: UUID | None = None


def is_elsewhere(one: Whence, other: Whence) -> bool:
    """Registered terminals are told apart by themselves, wherever they are; all else by the address."""
    if one.terminal is not None and other.terminal is not None:
        return one.terminal != other.terminal
    return one.address != other.address
