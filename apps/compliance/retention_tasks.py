"""The tasks of disposals; ``apps.compliance.tasks`` makes them known."""

from __future__ import annotations

from typing import Final

import structlog

from apps.compliance.queries.retention import waiting_places
from apps.compliance.services.dispose import carry_out, list_waiting
from kernel import clock
from tenants.scope import city_scope, unit_of_work
from tenants.tasks import send, task, tenant_task

LIMIT: Final = 1800.0
"""Seconds for one facility; what is not done then is done by the next sweep."""

log = structlog.get_logger(__name__)


@task(name="disposals.sweep")
def sweep_disposals() -> None:
    """Send one task for each facility that has a list to make, or a disposal to carry out."""
    with unit_of_work(city_scope()):
        waiting = waiting_places(clock.today())
    for schema in waiting:
        send("disposals.work", schema=schema)


@tenant_task(name="disposals.work", also_shared=True, time_limit=LIMIT)
def work_disposals(schema: str) -> None:
    """Make the lists, and carry out what is confirmed, of ``schema``. Killed, it goes on with the next sweep."""
    list_waiting(schema)
    if done := carry_out(schema):
        log.info("records disposed of", schema=schema, records=done)
