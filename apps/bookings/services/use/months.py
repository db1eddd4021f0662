"""A facility's month is closed and so sent to the city (月締め・月報の提出), or opened again with a reason."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from apps.bookings.errors import StalePageError, UnknownRoomError
from apps.bookings.models import MonthDeed
from apps.bookings.queries.availability import days_of_month
from apps.bookings.queries.counters import CLOSED
from apps.bookings.queries.day_use import days_missing
from apps.bookings.queries.reports import month_reports
from apps.bookings.rules.states import check_reason
from apps.bookings.use_errors import MonthClosedError, MonthNotClosedError, MonthNotOverError, UseMissingError
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together
from tenants.scope import scoped_connection

LOCK: Final = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
"""The trigger ``guard_month`` takes the same lock, shared, for each entry."""


def close_month(*, actor: Actor, facility: UUID, month: dt.date, seen_number: int = 0) -> MonthDeed:
    """Close ``month`` with its figures as they are now. ``seen_number`` is the last deed that the page showed.

    Raises ``UnknownRoomError`` for a facility without rooms, ``MonthNotOverError``, ``MonthClosedError``,
    ``UseMissingError`` and ``StalePageError``.
    """
    following = days_of_month(month)[-1] + dt.timedelta(days=1)
    if following > clock.today():
        raise MonthNotOverError
    with transaction.atomic():
        last = _last(facility, month)
        if last is not None and last.deed == CLOSED:
            raise MonthClosedError(month=f"{month:%Y-%m}")
        missing = sum(days_missing(month, following, facility=facility).values())
        if missing:
            raise UseMissingError(count=missing)
        reports = month_reports(scoped_connection().scope.schema, [month])[month]
        report = next((one for one in reports if one.usage.facility == facility), None)
        if report is None:
            raise UnknownRoomError
        return _deed(actor, facility, month, last, seen_number, deed=CLOSED, figures=report.as_kept())


def reopen_month(*, actor: Actor, facility: UUID, month: dt.date, reason: str, seen_number: int = 0) -> MonthDeed:
    """Open a closed month again. Raises ``MonthNotClosedError``, ``ReasonMissingError`` and ``StalePageError``."""
    cleaned = check_reason(reason)
    with transaction.atomic():
        last = _last(facility, month)
        if last is None or last.deed != CLOSED:
            raise MonthNotClosedError
        return _deed(actor, facility, month, last, seen_number, deed=MonthDeed.Deed.REOPEN, reason=cleaned)


def _last(facility: UUID, month: dt.date) -> MonthDeed | None:
    """What was last done with the month; nothing is entered into it until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [f"month/{facility}/{month:%Y-%m}"])
    return MonthDeed.objects.filter(facility=facility, month=month).order_by("-number").first()


def _deed(
    actor: Actor, facility: UUID, month: dt.date, last: MonthDeed | None, seen_number: int, **values: Any
) -> MonthDeed:
    number = last.number if last else 0
    if number != seen_number:
        raise StalePageError
    made = MonthDeed(facility_id=facility, month=month, number=number + 1, at=clock.now(), by=actor.id, **values)
    told = entry(
        actor, Action.CHANGE, object_type="month", object_id=f"{month:%Y-%m}", act=made.deed, facility=str(facility)
    )
    insert_together(made, told)
    return made
