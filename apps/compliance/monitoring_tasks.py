"""The tasks of the monthly monitoring; ``apps.compliance.tasks`` makes them known."""

from __future__ import annotations

import structlog

from apps.compliance.services.monitoring.make import make_months
from apps.compliance.services.monitoring.remind import remind
from tenants.scope import city_scope, unit_of_work
from tenants.tasks import task, tenant_task

log = structlog.get_logger(__name__)


@tenant_task(name="compliance.make_months")
def make_monitoring_months(schema: str) -> None:
    """Make the sheets of ``schema`` that are missing: none on most days, one on the first of a month."""
    if made := make_months(schema):
        log.info("monitoring months made", schema=schema, months=len(made))


@task(name="compliance.remind_of_months")
def remind_of_monitoring() -> None:
    """Remind of what is due; each step once."""
    with unit_of_work(city_scope()):
        told = remind()
    if told:
        log.info("reminded of monitoring", months=told)
