"""What the audit says of an incident's persons, through the functions that trace it in the tenant's own audit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import connection

SHOWN: Final = "SELECT * FROM shared.incident_shown(%s, %s, %s, %s, %s, %s)"
EVIDENCE: Final = "SELECT * FROM shared.incident_evidence(%s, %s, %s, %s)"


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One person in one act: identifiers alone."""

    entry: int
    site: str
    at: dt.datetime
    actor_kind: str
    actor: UUID | None
    login: str | None
    roles: str
    action: str
    object_type: str
    object_id: str
    registrant: UUID
    number: str
    address: str | None
    terminal: UUID | None
    session: str


def shown_to(
    *, officer: UUID | None, incident: UUID, since: dt.datetime, until: dt.datetime, clerk: str, entry: str
) -> list[UUID]:
    """Registrants whom the audit's rows of the span name: of one clerk's, or of one object's, if given."""
    with connection.cursor() as cursor:
        cursor.execute(SHOWN, [officer, incident, since, until, clerk, entry])
        return [found for (found,) in cursor.fetchall()]


def evidence(*, officer: UUID | None, incident: UUID, since: dt.datetime, until: dt.datetime) -> list[EvidenceLine]:
    """Who saw, printed, exported or changed which of the persons concerned, in order."""
    with connection.cursor() as cursor:
        cursor.execute(EVIDENCE, [officer, incident, since, until])
        return [EvidenceLine(*row) for row in cursor.fetchall()]
