"""Which state a registration is in on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from apps.registrants.models import Registrant, RegistrantState, StateSpan
from apps.registrants.rules.standing import CLOSED, Span, held_on, possible_acts, state_told


def active_throughout(days: str = "%(days)s::date[]", until: str = "%(until)s") -> str:
    """``in_force`` for a statement that is written by hand: of a registrant ``r`` on all ``days``, ``until`` the last.

    Both are SQL of the statement's own author.
    """
    return f"""
(r.valid_until IS NULL OR r.valid_until >= {until})
AND NOT EXISTS (SELECT FROM unnest({days}) day WHERE NOT EXISTS (
    SELECT FROM registrants_statespan s WHERE s.registrant_id = r.id AND s.state = 'active' AND s.during @> day))
"""  # noqa: S608  # constants


@dataclass(frozen=True, slots=True)
class Standing:
    """How a registration stands on a day: its state, what is to come, and what may be done with it."""

    state: str
    """As pages tell it."""
    coming: tuple[Span, ...]
    """The spans that have not begun, in order, and a closing that has begun and was not carried out."""
    acts: frozenset[str]
    awaits_closing: bool
    """Whether the day of a closing has come, and it is yet to be seen whether something stands in its way."""


def standing_of(found: Registrant, day: dt.date) -> Standing:
    """How ``found`` stands on ``day``; one statement."""
    spans = spans_of(found.pk)
    spanned = held_on(spans, day)
    awaits_closing = spanned == CLOSED != found.state
    coming = tuple(span for span in spans if span.first > day or (awaits_closing and span.holds_on(day)))
    acts = possible_acts(spans, found.valid_until, day)
    return Standing(
        state=state_told(spanned, found.state, found.valid_until, day),
        coming=coming,
        awaits_closing=awaits_closing,
        acts=acts
        - ({"reopen"} if found.merged_into_id else {"unmerge"})
        - ({"stop_online"} if found.is_counter_only else {"allow_online"}),
    )


def spans_of(registrant: UUID) -> list[Span]:
    """The spans of a registration, in order; one statement."""
    rows = StateSpan.objects.filter(registrant=registrant).order_by("during")
    return [Span(row.during.lower, row.during.upper, row.state) for row in rows]


def in_force(day: dt.date, *, until: dt.date | None = None) -> QuerySet[Registrant]:
    """Registrants who may reserve on ``day`` for the day of use ``until``: the registration is active on both."""
    last = max(day, until) if until else day
    found = Registrant.objects.filter(Q(valid_until=None) | Q(valid_until__gte=last))
    return found.filter(*(Exists(_active_on(one)) for one in {day, last}))


def _active_on(day: dt.date) -> QuerySet[StateSpan]:
    return StateSpan.objects.filter(registrant=OuterRef("pk"), state=RegistrantState.ACTIVE, during__contains=day)


def with_state(found: QuerySet[Registrant], day: dt.date) -> QuerySet[Registrant]:
    """``found``, each with ``state_now``: the state on ``day`` by its spans and its last day."""
    span = StateSpan.objects.filter(registrant=OuterRef("pk"), during__contains=day).values("state")[:1]
    spanned = found.annotate(spanned=Coalesce(Subquery(span), F("state")))
    is_over = When(Q(spanned=RegistrantState.ACTIVE, valid_until__lt=day), then=Value(RegistrantState.EXPIRED.value))
    return spanned.annotate(state_now=Case(is_over, default=F("spanned"), output_field=CharField()))
