"""A registration is closed, the closing put off or taken back (抹消・抹消の見合わせ・抹消の取消し)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.db import transaction

from apps.registrants.errors import ClosingObstructedError
from apps.registrants.merging_errors import MergedRecordError
from apps.registrants.models import Act, CloseCause, Registrant, RegistrantState, RegistrationAct
from apps.registrants.queries.standing import spans_of
from apps.registrants.rules.closing import check_closing_day, check_obstacles
from apps.registrants.rules.standing import DAY, check_reason, put_off, reopened
from apps.registrants.services.acting import enter_state, leave_trace, registrant_for, traces, write, write_spans
from apps.registrants.services.hooks import Closing, closing_obstacles, run_at_closing
from apps.registrants.services.telling import tell
from kernel import clock
from shared.actor import SYSTEM, Actor
from shared.inserts import insert_together

BY_OFFICE: Final = frozenset({CloseCause.EX_OFFICIO, CloseCause.EXPIRED})
"""Causes that nobody asked for: the registrant is told."""
TOLD_OF_DELAY: Final = frozenset(CloseCause) - {CloseCause.DIED, CloseCause.MERGED}
"""Causes of a closing whose delay, and end of the delay, is told: it came otherwise than was said."""
NOT_SETTLED: Final = "{what}があるため"
"""Why a closing is put off."""


def close(
    *,
    actor: Actor,
    registrant: UUID,
    cause: CloseCause,
    reason: str,
    effective_on: dt.date,
    seen_version: int | None = None,
    is_told: bool = True,
) -> None:
    """Close from ``effective_on`` on. If that day has come the cards lapse at once, else when it comes.

    A closing by the office ``is_told`` to the registrant by mail, unless whoever calls does that.

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
        if is_told and cause in BY_OFFICE:
            tell(found, Act.CLOSE, first=effective_on, reason=cleaned)
        if effective_on <= today:
            run_at_closing(Closing(registrant, cause, effective_on, actor))


def carry_out(found: Registrant) -> None:
    """Let a closing take effect whose day has come, or put it off if something stands in its way now.

    ``found`` is under lock, its span has begun, and what the closing was checked for when it was planned may have
    changed: a fee that came to be owed since. Put off day by day, it takes effect once all is settled.
    """
    closing = next(span for span in spans_of(found.pk) if span.holds_on(clock.today()))
    try:
        check_obstacles(closing_obstacles(found.pk), closing.first)
    except ClosingObstructedError as error:
        _put_off(found, dict.fromkeys(one.what for one in error.obstacles))
        return
    write(found, state=RegistrantState.CLOSED)
    act = _last(found, Act.CLOSE)
    if act is not None:
        if _is_put_off(found) and act.cause in TOLD_OF_DELAY:
            tell(found, Act.CLOSE, first=closing.first, reason=act.reason)
        run_at_closing(Closing(found.pk, act.cause, closing.first, SYSTEM))


def _put_off(found: Registrant, what: Iterable[str]) -> None:
    """Close tomorrow at the earliest. The history and a mail say so once, the audit log each time."""
    write_spans(found, put_off(spans_of(found.pk), clock.today() + DAY))
    reason = NOT_SETTLED.format(what="・".join(what))
    act, told = traces(SYSTEM, found.pk, Act.PUT_OFF, reason=reason)
    if _is_put_off(found):
        insert_together(told)
        return
    closing = _last(found, Act.CLOSE)
    insert_together(act, told)
    if closing is not None and closing.cause in TOLD_OF_DELAY:
        tell(found, Act.PUT_OFF, reason=reason)


def _is_put_off(found: Registrant) -> bool:
    last = _last(found, Act.CLOSE, Act.PUT_OFF)
    return last is not None and last.act == Act.PUT_OFF


def _last(found: Registrant, *acts: Act) -> RegistrationAct | None:
    return RegistrationAct.objects.filter(registrant=found.pk, act__in=acts).order_by("-at", "-id").first()


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
        tell(found, Act.REOPEN)
