"""What nobody fetched in time is destroyed."""

from __future__ import annotations

import structlog
from django.db import transaction

from shared.actor import SYSTEM
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together
from shared.vault.keeping import destroy_due
from tenants.tasks import tenant_task

log = structlog.get_logger(__name__)


@tenant_task(name="vault.destroy")
def destroy_files(schema: str) -> None:
    """Destroy the files of ``schema`` whose time is over; each leaves its line in the audit, and its row as proof."""
    with transaction.atomic():
        gone = destroy_due()
        if gone:
            lines = [
                entry(SYSTEM, Action.DELETE, object_type="vault_file", object_id=one.pk, kind=one.kind) for one in gone
            ]
            insert_together(*lines)
    if gone:
        log.info("files destroyed", schema=schema, files=len(gone))
