"""The tasks: look which tenants have files waiting, and work off those of one."""

from __future__ import annotations

from typing import Final

import structlog

from shared.intake.queries import waiting_schemas
from shared.intake.services.work import work
from tenants.tasks import send, task, tenant_task

LIMIT: Final = 3600.0
"""Seconds for the files of one tenant; what is not done then is done anew by the next sweep."""

log = structlog.get_logger(__name__)


@task(name="intake.sweep")
def sweep_intake() -> None:
    """Send one task for each tenant that has files waiting."""
    for schema in waiting_schemas():
        send("intake.work", schema=schema)


@tenant_task(name="intake.work", time_limit=LIMIT)
def work_off(schema: str) -> None:
    """Check, or take in, what waits in ``schema``. Which files these are stands in the tenant's own tables."""
    if done := work():
        log.info("files worked off", schema=schema, files=done)
