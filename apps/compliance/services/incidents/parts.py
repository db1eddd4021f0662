"""What all use cases of an incident share: finding it, taking it for oneself, signing what is added."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from apps.compliance.incident_errors import UnknownIncidentError
from apps.compliance.models.incidents import Incident
from kernel import clock
from shared.actor import Actor


@dataclass(frozen=True, slots=True)
class Signer:
    """Who acts, with the name that the record keeps."""

    actor: Actor
    name: str


def taken(incident: UUID) -> Incident:
    """The incident, for this transaction alone. ``UnknownIncidentError``, also for another facility's."""
    lock(f"incident {incident}")
    found = Incident.objects.filter(pk=incident).first()
    if found is None:
        raise UnknownIncidentError
    return found


def lock(key: str) -> None:
    """Wait until nobody else holds ``key``; until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def signed(signer: Signer, incident: Incident) -> dict[str, Any]:
    """The columns that every part of an incident has."""
    return {
        "incident": incident,
        "tenant": incident.tenant,
        "at": clock.now(),
        "by_kind": signer.actor.kind,
        "by": signer.actor.id,
        "by_name": signer.name,
    }
