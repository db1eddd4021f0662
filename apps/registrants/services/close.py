"""A registration is closed, and the closing taken back (抹消・抹消の取消し)."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from apps.registrants.errors import MergedRecordError
from apps.registrants.models import Act, CloseCause, RegistrantState
from apps.registrants.queries.standing import spans_of
from apps.registrants.rules.closing import check_closing_day, check_obstacles
from apps.registrants.rules.standing import check_reason, reopened
from apps.registrants.services.acting import enter_state, leave_trace, registrant_for, write_spans
from apps.registrants.services.hooks import Closing, closing_obstacles, run_at_closing
from kernel import clock
from shared.actor import Actor


def close(
    *,
    actor: Actor,
    registrant: UUID,
    cause: CloseCause,
    reason: str,
    effective_on: dt.date,
    seen_version: int | None = None,
) -> None:
    """Close from ``effective_on`` on. If that day has come the cards lapse at once, else when it comes.

    Raises the errors of ``registrant_for`` and ``check_reason``, ``ActInPastError``, ``BeforeRegistrationError``, and
    ``ClosingObstructedError`` with what must be settled first.
    """
    cleaned = check_reason(reason)
    today = clock.today()
    with transaction.atomic():
        found = registrant_for(Act.CLOSE, registrant=registrant, seen_version=seen_version)
        check_closing_day(cause, effective_on, registered_on=found.registered_on, today=today)
        check_obstacles(closing_obstacles(registrant), effective_on)
        enter_state(found, RegistrantState.CLOSED, first=effective_on)
        leave_trace(actor, registrant, Act.CLOSE, effective_on=effective_on, cause=cause, reason=cleaned)
        if effective_on <= today:
            run_at_closing(Closing(registrant, cause, effective_on, actor))


def reopen(*, actor: Actor, registrant: UUID, reason: str, seen_version: int | None = None) -> None:
    """Take back a closing that holds or is to come; what held before it holds again from today. Cards stay lapsed.

    Raises the errors of ``registrant_for`` and ``check_reason``, ``MergedRecordError``.
    """
    cleaned = check_reason(reason)
    with transaction.atomic():
        found = registrant_for(Act.REOPEN, registrant=registrant, seen_version=seen_version)
        if found.merged_into_id is not None:
            raise MergedRecordError
        write_spans(found, reopened(spans_of(registrant), clock.today()))
        leave_trace(actor, registrant, Act.REOPEN, reason=cleaned)
