"""Permit several applications at once (一括許可): each for itself, so that one that cannot be hinders no other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from apps.bookings.models import Booking
from apps.bookings.services.decide import permit
from kernel.errors import DomainError
from shared.actor import Actor

MOST: Final = 100
"""So many are permitted by one request."""


@dataclass(frozen=True, slots=True)
class Permitted:
    """What became of one: the permitted booking, or why it could not be permitted."""

    id: UUID
    booking: Booking | None = None
    problem: DomainError | None = None


def permit_many(*, actor: Actor, chosen: Sequence[tuple[UUID, int]]) -> list[Permitted]:
    """Permit the bookings, each if it is still of the version that was seen; in the order given, each once."""
    return [_permitted(actor, booking, seen) for booking, seen in dict(chosen).items()]


def _permitted(actor: Actor, booking: UUID, seen: int) -> Permitted:
    try:
        return Permitted(booking, booking=permit(actor=actor, booking=booking, seen_version=seen))
    except DomainError as error:
        return Permitted(booking, problem=error)
