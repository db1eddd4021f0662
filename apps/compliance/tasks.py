"""The periodic tasks of oversight."""

from __future__ import annotations

from typing import Final

import structlog

from apps.compliance.queries.exports import waiting_tenants
from apps.compliance.services.log_alerts import raise_alerts
from apps.compliance.services.log_reviews import make_review
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


@tenant_task(name="compliance.watch_log", also_shared=True)
def watch_log(schema: str) -> None:
    """Raise alerts from the audit of ``schema``. What was raised before is not raised again."""
    raise_alerts(schema)


@tenant_task(name="compliance.review_log")
def review_log(schema: str) -> None:
    """Make the sheet of last month's review (ログ点検), once."""
    make_review(schema)
