"""The bookings' periodic task."""

from __future__ import annotations

import structlog

from apps.bookings.services.sweep import sweep_expired_holds
from tenants.tasks import tenant_task

log = structlog.get_logger(__name__)


@tenant_task(name="bookings.forget_holds")
def forget_holds(schema: str) -> None:
    """Delete the holds of ``schema`` that have been over for a while, batch by batch."""
    while deleted := sweep_expired_holds():
        log.info("holds forgotten", schema=schema, holds=deleted)
