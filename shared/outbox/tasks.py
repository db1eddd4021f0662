"""The outbox's tasks: look which schemas have mails to send, and send those of one."""

from __future__ import annotations

import structlog

from shared.outbox.drain import drain
from shared.outbox.queries import waiting_schemas
from tenants.tasks import send, task, tenant_task

log = structlog.get_logger(__name__)


@task(name="outbox.sweep")
def sweep_outbox() -> None:
    """Send one drain for each schema that has mails waiting."""
    for schema in waiting_schemas():
        send("outbox.drain", schema=schema)


@tenant_task(name="outbox.drain", also_shared=True)
def drain_outbox(schema: str) -> None:
    """Send what waits in ``schema``."""
    if done := drain():
        log.info("outbox drained", schema=schema, **{state.value: count for state, count in done.items()})
