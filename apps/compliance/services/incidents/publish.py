"""公表: whether an incident is made public by itself or with the half-year's, when and where; the newest holds."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from apps.compliance.incident_errors import AfterNowError, ReasonMissingError
from apps.compliance.incident_texts import Publishing
from apps.compliance.models.incidents import IncidentPublication
from apps.compliance.services.incidents.parts import Signer, signed, taken
from kernel import clock
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together


def publish(
    *, signer: Signer, incident: UUID, how: Publishing, published_on: dt.date | None, where: str, reason: str
) -> None:
    """Record the decision, and the publication once it was done. Raises ``UnknownIncidentError``,
    ``AfterNowError``, ``ReasonMissingError`` where it is not to be published and nobody says why.
    """
    if published_on is not None and published_on > clock.today():
        raise AfterNowError(field="published_on")
    if how is Publishing.NEVER and not reason.strip():
        raise ReasonMissingError(field="reason")
    with transaction.atomic():
        found = taken(incident)
        insert_together(
            IncidentPublication(
                **signed(signer, found),
                how=how,
                published_on=None if how is Publishing.NEVER else published_on,
                where=where.strip(),
                reason=reason.strip(),
            ),
            entry(signer.actor, Action.CHANGE, object_type="incident", object_id=found.pk, act="publish", how=how),
        )
