"""The bookings' periodic tasks."""

from __future__ import annotations

from typing import Final

import structlog

from apps.bookings.queries.prints import waiting_schemas
from apps.bookings.services.expire import expire_tentative, remind_tentative
from apps.bookings.services.penalties import note_events
from apps.bookings.services.print_jobs import make_waiting
from apps.bookings.services.sweep import sweep_expired_holds
from apps.bookings.services.waits import serve_lines
from tenants.tasks import send, task, tenant_task

PRINT_LIMIT: Final = 600.0
"""Seconds for the print jobs of one tenant; what is not done then is gone on with by the next sweep."""

log = structlog.get_logger(__name__)


@tenant_task(name="bookings.forget_holds")
def forget_holds(schema: str) -> None:
    """Delete the holds of ``schema`` that have been over for a while, batch by batch."""
    while deleted := sweep_expired_holds():
        log.info("holds forgotten", schema=schema, holds=deleted)


@tenant_task(name="bookings.keep_states")
def keep_states(schema: str) -> None:
    """Let what is due in ``schema`` come about: reminders, expiry of 仮予約, points and proposals, waiting lists.

    Every batch is committed by itself; run again, it goes on, and what is done is not done twice.
    """
    done = {"reminded": remind_tentative(), "expired": 0, "points": note_events()}
    while expired := expire_tentative():
        done["expired"] += expired
    done["served"] = serve_lines()
    if any(done.values()):
        log.info("bookings kept", schema=schema, **done)


@task(name="bookings.sweep_prints")
def sweep_prints() -> None:
    """Send one task for each tenant that has permits to lay together."""
    for schema in waiting_schemas():
        send("bookings.make_prints", schema=schema)


@tenant_task(name="bookings.make_prints", time_limit=PRINT_LIMIT)
def make_prints(schema: str) -> None:
    """Make the files of permits that wait in ``schema``. Which these are stands in the tenant's own tables."""
    if done := make_waiting():
        log.info("prints made", schema=schema, files=done)
