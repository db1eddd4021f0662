"""The tasks of the monthly monitoring; ``apps.compliance.tasks`` makes them known."""

from __future__ import annotations

import structlog

from apps.compliance.services.monitoring.make import make_months
from tenants.tasks import tenant_task

log = structlog.get_logger(__name__)


@tenant_task(name="compliance.make_months")
def make_monitoring_months(schema: str) -> None:
    """Make the sheets of ``schema`` that are missing: none on most days, one on the first of a month."""
    if made := make_months(schema):
        log.info("monitoring months made", schema=schema, months=len(made))
