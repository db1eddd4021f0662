"""The nine items grow by versions (報告事項の版): each says who wrote it and when, and none is overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from apps.compliance.incident_errors import IncidentClosedError, NothingChangedError, StaleItemsError
from apps.compliance.models.incidents import IncidentVersion
from apps.compliance.queries.incidents import facts_of, seen_of
from apps.compliance.rules.incident_duty import Facts
from apps.compliance.rules.incident_items import changed
from apps.compliance.services.incidents.parts import Signer, signed, taken
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together


def amend(
    *, signer: Signer, incident: UUID, seen_number: int, items: Mapping[str, str], facts: Facts | None = None
) -> None:
    """Write the next version. ``facts`` are the city's to judge; None leaves them as they are.

    Raises ``UnknownIncidentError``, ``IncidentClosedError``, ``StaleItemsError``, ``NothingChangedError``.
    """
    with transaction.atomic():
        found = taken(incident)
        seen = seen_of(found)
        before = facts_of(seen.version)
        if seen.course.is_closed:
            raise IncidentClosedError
        if seen.version.number != seen_number:
            raise StaleItemsError
        said = {code: text.strip() for code, text in items.items()}
        told, judged = changed(seen.version.items, said), facts or before
        if not told and judged == before:
            raise NothingChangedError
        insert_together(
            IncidentVersion(**signed(signer, found), number=seen_number + 1, items=said, **_columns(judged)),
            entry(
                signer.actor,
                Action.CHANGE,
                object_type="incident",
                object_id=found.pk,
                version=seen_number + 1,
                items=[item.value for item in told],
            ),
        )


def _columns(facts: Facts) -> dict[str, object]:
    return {name: getattr(facts, name) for name in Facts.__slots__}
