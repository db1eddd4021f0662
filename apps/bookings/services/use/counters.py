"""A facility sets its headcount categories (人数の区分) from a day on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from apps.bookings.errors import UnknownRoomError
from apps.bookings.models import Counter, CounterSet, Facility
from apps.bookings.rules.attendance import check_categories, coded
from apps.bookings.use_errors import CountersInPastError
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record


def set_counters(*, actor: Actor, facility: UUID, valid_from: dt.date, names: Sequence[tuple[str, str]]) -> CounterSet:
    """Set categories of ``names`` (Japanese, English); none means that people are counted as a whole.

    Raises ``CountersInPastError``, also where a set begins on that day already, and ``CountersTwiceError``.
    """
    check_categories(valid_from, [name for name, _ in names], today=clock.today())
    with transaction.atomic():
        if not Facility.objects.select_for_update().filter(pk=facility).exists():
            raise UnknownRoomError
        sets = CounterSet.objects.filter(facility=facility)
        if sets.filter(valid_from__gte=valid_from).exists():
            raise CountersInPastError(field="valid_from")
        known = dict(Counter.objects.filter(counter_set__in=sets).order_by("pk").values_list("name", "code"))
        made = CounterSet.objects.create(
            facility_id=facility, valid_from=valid_from, decided_at=clock.now(), decided_by=actor.id
        )
        Counter.objects.bulk_create(
            Counter(counter_set=made, code=one.code, name=one.name, name_en=one.name_en, position=place)
            for place, one in enumerate(coded(names, known))
        )
        record(actor, Action.CHANGE, object_type="counters", object_id=valid_from, count=len(names))
    return made
