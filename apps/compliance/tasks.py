"""The periodic tasks of oversight."""

from __future__ import annotations

import structlog

from apps.compliance.services.incidents.evidence import make_package, waiting_packages
from tenants.scope import city_scope, unit_of_work
from tenants.tasks import task

log = structlog.get_logger(__name__)


@task(name="compliance.make_evidence")
def make_evidence() -> None:
    """Make the evidence packages that were ordered for many people. Two workers at once make each one once."""
    with unit_of_work(city_scope()):
        made = sum(make_package(package) for package in waiting_packages())
    if made:
        log.info("evidence made", packages=made)
