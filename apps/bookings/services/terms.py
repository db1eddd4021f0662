"""Setting a facility's terms from a day on (予約の定め)."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from apps.bookings.life_errors import TermsDayOverError, UnknownTermsError
from apps.bookings.models import BookingTerms, Facility
from apps.bookings.queries.terms import terms_on
from apps.bookings.rules.terms import Terms, as_json, check_terms, differences
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record


@transaction.atomic
def set_terms(*, actor: Actor, facility: UUID, valid_from: dt.date, terms: Terms) -> None:
    """Let ``terms`` hold from ``valid_from`` on, today at the earliest; what begins on that day already is replaced.

    ``TermsDayOverError``, ``TermsValueError``, ``UnknownTermsError`` for a facility that is not here.
    """
    check_terms(terms)
    if valid_from < clock.today():
        raise TermsDayOverError(field="valid_from")
    if not Facility.objects.filter(pk=facility).exists():
        raise UnknownTermsError
    changed = [path for path, _before, _after in differences(terms_on(facility, valid_from), terms)]
    values = {"content": as_json(terms), "decided_at": clock.now(), "decided_by": actor.id}
    BookingTerms.objects.update_or_create(facility_id=facility, valid_from=valid_from, defaults=values)
    record(
        actor,
        Action.CHANGE,
        object_type="booking_terms",
        object_id=f"{facility}/{valid_from.isoformat()}",
        changes=changed,
    )


@transaction.atomic
def withdraw_terms(*, actor: Actor, facility: UUID, valid_from: dt.date) -> None:
    """Take back terms that have not begun; ``UnknownTermsError`` when there are none."""
    held = BookingTerms.objects.filter(facility=facility, valid_from=valid_from)
    if valid_from <= clock.today() or not held.delete()[0]:
        raise UnknownTermsError
    record(
        actor,
        Action.CHANGE,
        object_type="booking_terms",
        object_id=f"{facility}/{valid_from.isoformat()}",
        withdrawn=True,
    )
