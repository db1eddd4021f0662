"""The periodic tasks of oversight."""

from __future__ import annotations

from typing import Final

import structlog

import apps.compliance.roster_tasks  # noqa: F401  # brings its own
from apps.compliance.queries.exports import waiting_tenants
from apps.compliance.services.make_export import make_waiting
from tenants.scope import city_scope, unit_of_work
from tenants.tasks import send, task, tenant_task

EXPORT_LIMIT: Final = 1800.0
"""Seconds for the approved exports of one tenant; what is not done then is done anew by the next sweep."""

log = structlog.get_logger(__name__)


@task(name="exports.sweep")
def sweep_exports() -> None:
    """Send one task for each tenant whose export the city has approved."""
    with unit_of_work(city_scope()):
        waiting = waiting_tenants()
    for schema in waiting:
        send("exports.make", schema=schema)


@tenant_task(name="exports.make", time_limit=EXPORT_LIMIT)
def make_exports(schema: str) -> None:
    """Make the approved files of ``schema``. Which these are stands in the shared schema's own rows of the tenant."""
    if done := make_waiting():
        log.info("exports made", schema=schema, files=done)
