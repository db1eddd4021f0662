"""What was typed of a first report is kept before anything is judged, so that no draft is lost."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from apps.compliance.models.incidents import IncidentDraft
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record

MOST: int = 4000
"""Characters of one answer that are kept."""


def keep_draft(*, actor: Actor, tenant: str, draft: UUID, typed: Mapping[str, str]) -> None:
    """Keep ``typed`` as it is, anew or again."""
    now = clock.now()
    values = {"saved_at": now, "typed": {name: text[:MOST].replace("\x00", "") for name, text in typed.items()}}
    IncidentDraft.objects.update_or_create(
        key=draft,
        tenant=tenant,
        defaults=values,
        create_defaults={**values, "clerk": actor.id, "started_at": now},
    )


def discard_draft(*, actor: Actor, draft: UUID) -> None:
    """Throw a draft away that somebody began by mistake; that it was there stays in the audit."""
    with transaction.atomic():
        if IncidentDraft.objects.filter(key=draft).delete()[0]:
            record(actor, Action.DELETE, object_type="incident_draft", object_id=draft)
