"""Which state a registration is in on a day."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from apps.registrants.models import Registrant, RegistrantState, StateSpan
from apps.registrants.rules.standing import Span


def spans_of(registrant: UUID) -> list[Span]:
    """The spans of a registration, in order; one statement."""
    rows = StateSpan.objects.filter(registrant=registrant).order_by("during")
    return [Span(row.during.lower, row.during.upper, row.state) for row in rows]


def in_force(day: dt.date, *, until: dt.date | None = None) -> QuerySet[Registrant]:
    """Registrants who may reserve on ``day``, and whose registration lasts until the day of use ``until``."""
    active = StateSpan.objects.filter(registrant=OuterRef("pk"), state=RegistrantState.ACTIVE, during__contains=day)
    last = max(day, until) if until else day
    return Registrant.objects.filter(Q(valid_until=None) | Q(valid_until__gte=last)).filter(Exists(active))


def with_state(found: QuerySet[Registrant], day: dt.date) -> QuerySet[Registrant]:
    """``found``, each with ``state_now``: the state on ``day`` by its spans and its last day."""
    span = StateSpan.objects.filter(registrant=OuterRef("pk"), during__contains=day).values("state")[:1]
    spanned = found.annotate(spanned=Coalesce(Subquery(span), F("state")))
    is_over = When(Q(spanned=RegistrantState.ACTIVE, valid_until__lt=day), then=Value(RegistrantState.EXPIRED.value))
    return spanned.annotate(state_now=Case(is_over, default=F("spanned"), output_field=CharField()))
