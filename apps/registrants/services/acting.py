"""What every act on a registration has in common: find it under lock, change it, leave the trace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F

from apps.registrants.errors import StaleRegistrationError, UnknownRegistrantError
from apps.registrants.models import Act, Registrant, RegistrationAct, StateSpan
from apps.registrants.queries.standing import spans_of
from apps.registrants.rules.standing import USUAL_REASONS, Span, changed, check_act, state_on
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together


def registrant_for(act: Act, *, registrant: UUID, seen_version: int | None = None) -> Registrant:
    """The registrant under lock, if the state of today allows ``act``; two statements. Inside a transaction.

    ``UnknownRegistrantError``, ``StaleRegistrationError`` or ``WrongStateError``.
    """
    found = Registrant.objects.select_for_update(of=("self",)).filter(pk=registrant).first()
    if found is None:
        raise UnknownRegistrantError
    if seen_version is not None and seen_version != found.version:
        raise StaleRegistrationError
    check_act(act, state_on(spans_of(registrant), found.valid_until, clock.today()))
    return found


def write(found: Registrant, **values: Any) -> None:
    """Write ``values`` and count the version up; one statement."""
    for name, value in values.items():
        setattr(found, name, value)
    found.version += 1
    Registrant.objects.filter(pk=found.pk).update(**values, version=F("version") + 1)


def enter_state(found: Registrant, state: str, *, first: dt.date, until: dt.date | None = None, **values: Any) -> None:
    """Let ``state`` hold from ``first`` until ``until`` (not in it), and write further ``values``; four statements."""
    write_spans(found, changed(spans_of(found.pk), state, first, until), **values)


def write_spans(found: Registrant, spans: Sequence[Span], **values: Any) -> None:
    """Let the registration have these ``spans`` and no others, and write further ``values``; three statements."""
    StateSpan.objects.filter(registrant=found).delete()
    StateSpan.objects.bulk_create(
        StateSpan(registrant=found, state=span.state, during=DateRange(span.first, span.until)) for span in spans
    )
    valid_until = values.get("valid_until", found.valid_until)
    write(found, state=state_on(spans, valid_until, clock.today()), **values)


def traces(
    actor: Actor,
    registrant: UUID,
    act: Act,
    *,
    effective_on: dt.date | None = None,
    until: dt.date | None = None,
    cause: str = "",
    reason: str = "",
    changes: dict[str, Any] | None = None,
) -> list[models.Model]:
    """The unsaved act and audit entry of a change. ``until`` is the last day, in it; the audit names fields only.

    Without a ``reason`` the act's usual one is kept.
    """
    detail: dict[str, Any] = {"fields": sorted(changes)} if changes else {}
    return [
        RegistrationAct(
            registrant_id=registrant,
            at=clock.now(),
            act=act,
            effective_on=effective_on or clock.today(),
            until=until,
            actor_kind=actor.kind,
            actor_id=actor.id,
            cause=cause,
            reason=reason or USUAL_REASONS.get(act, ""),
            changes=changes or {},
        ),
        entry(actor, Action.CHANGE, object_type="registrant", object_id=registrant, act=act.value, **detail),
    ]


def leave_trace(actor: Actor, registrant: UUID, act: Act, **told: Any) -> None:
    """Write ``traces``; one statement."""
    insert_together(*traces(actor, registrant, act, **told))
