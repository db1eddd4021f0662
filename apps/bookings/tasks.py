"""The bookings' periodic tasks."""

from __future__ import annotations

import structlog

from apps.bookings.queries.online import waiting_schemas
from apps.bookings.services.expire import expire_tentative, remind_tentative
from apps.bookings.services.fees.online.asking import ask_providers
from apps.bookings.services.fees.online.refund import send_refunds
from apps.bookings.services.fees.online.settling import settle_events
from apps.bookings.services.fees.overdue import cancel_overdue, remind_due
from apps.bookings.services.openings import remind_of_openings
from apps.bookings.services.penalties import note_events
from apps.bookings.services.reminding import remind_of_bookings
from apps.bookings.services.sweep import sweep_expired_holds
from apps.bookings.services.waits import serve_lines
from tenants.scope import portal_scope, unit_of_work
from tenants.tasks import send, task, tenant_task

log = structlog.get_logger(__name__)


@tenant_task(name="bookings.forget_holds")
def forget_holds(schema: str) -> None:
    """Delete the holds of ``schema`` that have been over for a while, batch by batch."""
    while deleted := sweep_expired_holds():
        log.info("holds forgotten", schema=schema, holds=deleted)


@tenant_task(name="bookings.keep_states")
def keep_states(schema: str) -> None:
    """Let what is due in ``schema`` come about.

    Reminders, the expiry of 仮予約 and of what is not paid, points and proposals, waiting lists.
    Every batch is committed by itself; run again, it goes on, and what is done is not done twice.
    """
    done = {"reminded": remind_tentative(), "expired": 0, "points": note_events()}
    while expired := expire_tentative():
        done["expired"] += expired
    done["payment_reminded"] = remind_due()
    done["unpaid_cancelled"] = cancel_overdue()
    done["served"] = serve_lines()
    if any(done.values()):
        log.info("bookings kept", schema=schema, **done)


@task(name="payments.sweep")
def sweep_payments() -> None:
    """Send one task for each tenant for whom something about payments is to be done."""
    for schema in waiting_schemas():
        send("payments.work", schema=schema)


@tenant_task(name="payments.work")
def work_payments(schema: str) -> None:
    """Ask for what was not told, let what was told come about, and send refunds; each may be done twice and is once."""
    done = {"asked": ask_providers(), "settled": settle_events(), "refunded": send_refunds()}
    if any(done.values()):
        log.info("payments worked off", schema=schema, **done)


@tenant_task(name="bookings.remind")
def remind(schema: str) -> None:
    """Write the reminders of bookings of ``schema`` that are due."""
    if mails := remind_of_bookings():
        log.info("reminders written", schema=schema, mails=mails)


@task(name="bookings.remind_of_openings")
def remind_of_openings_anywhere() -> None:
    """Write to whoever waits for the opening of a favourite room, of any facility."""
    with unit_of_work(portal_scope()):
        if mails := remind_of_openings():
            log.info("openings told", mails=mails)
