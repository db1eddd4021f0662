"""What every act on a displacement has in common: find it under lock, change it, leave the trace."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from apps.bookings.displacement_errors import DisplacementStateError, UnknownDisplacementError
from apps.bookings.errors import StalePageError
from apps.bookings.models import Displacement
from shared.actor import Actor
from shared.audit.models import Action, AuditEntry
from shared.audit.record import entry
from shared.publicuse.models import Place


def displacement_for(pk: UUID, states: Collection[str], *, seen_version: int | None = None) -> Displacement:
    """The displacement under lock, with its facility, if it is in one of ``states``; one statement.

    ``UnknownDisplacementError``, ``DisplacementStateError``, ``StalePageError``.
    """
    rows = Displacement.objects.select_for_update(of=("self",)).select_related("facility")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise UnknownDisplacementError
    if found.state not in states:
        raise DisplacementStateError
    if seen_version is not None and seen_version != found.version:
        raise StalePageError
    return found


def change(found: Displacement, **values: Any) -> None:
    """Write ``values`` and count the version up; one statement."""
    vars(found).update(values)
    found.version += 1
    Displacement.objects.filter(pk=found.pk).update(**values, version=found.version)


def tell_city(found: Displacement, *, states: Collection[str], **values: Any) -> bool:
    """Tell the city, in states and numbers, how far this facility has come with its order; one statement, or none.

    False where the order is in none of ``states`` any more.
    """
    return found.place is None or bool(Place.objects.filter(pk=found.place, state__in=states).update(**values))


def trace(actor: Actor, found: Displacement, act: str, action: Action = Action.CHANGE, **detail: Any) -> AuditEntry:
    """The unsaved audit entry of an act."""
    return entry(actor, action, object_type="displacement", object_id=found.pk, act=act, **detail)
