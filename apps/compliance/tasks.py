"""The periodic tasks of oversight."""

from __future__ import annotations

from typing import Final

import structlog

import apps.compliance.monitoring_tasks  # its tasks
import apps.compliance.retention_tasks
import apps.compliance.roster_tasks  # noqa: F401  # brings its own
from apps.compliance.models.handover import HandoverCase
from apps.compliance.queries.exports import waiting_tenants
from apps.compliance.rules.handover import Step
from apps.compliance.services.handover.take_step import close_by_clock
from apps.compliance.services.incidents.evidence import make_package, waiting_packages
from apps.compliance.services.log_alerts import raise_alerts
from apps.compliance.services.log_reviews import make_review
from apps.compliance.services.make_export import make_waiting
from kernel import clock
from tenants.scope import city_scope, unit_of_work
from tenants.tasks import send, task, tenant_task

EXPORT_LIMIT: Final = 1800.0
"""Seconds for the approved exports of one tenant; what is not done then is done anew by the next sweep."""

log = structlog.get_logger(__name__)


@tenant_task(name="compliance.handovers")
def close_handovers(schema: str) -> None:
    """Record the final lists of each term of ``schema`` that has ended, where the facility did not."""
    for case in HandoverCase.objects.filter(last_day__lt=clock.today()).exclude(acts__step=Step.FINAL):
        if close_by_clock(case=case):
            log.info("handover closed by the clock", schema=schema)


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


@task(name="compliance.make_evidence")
def make_evidence() -> None:
    """Make the evidence packages that were ordered for many people. Two workers at once make each one once."""
    with unit_of_work(city_scope()):
        made = sum(make_package(package) for package in waiting_packages())
    if made:
        log.info("evidence made", packages=made)


@tenant_task(name="compliance.watch_log", also_shared=True)
def watch_log(schema: str) -> None:
    """Raise alerts from the audit of ``schema``. What was raised before is not raised again."""
    raise_alerts(schema)


@tenant_task(name="compliance.review_log")
def review_log(schema: str) -> None:
    """Make the sheet of last month's review (ログ点検), once."""
    make_review(schema)
