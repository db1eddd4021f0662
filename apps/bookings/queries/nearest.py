"""What is nearest to a search that found nothing: another day, other hours, another area, a smaller room.

One statement, sent only then.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.db import connection

from apps.bookings.queries.availability import TakenByDay
from apps.bookings.queries.search import LENDABLE, Criteria, Listed, Place, listed, parameters, with_equipment
from apps.bookings.rules.availability import Taken
from apps.bookings.rules.lending import Lendable, lendable
from apps.bookings.rules.listing import Offer
from apps.bookings.rules.searching import MOST_DAYS, Stretch, Times, next_stretches, wanted_days
from kernel import clock

OTHER_DAY, OTHER_TIME, OTHER_AREA, SMALLER, OTHER_NAME = "day", "time", "area", "people", "word"
OF_EACH: Final = 2
ROOMS: Final = 40
"""So many rooms are looked at: those that lack least."""
NEAREST: Final = """
SELECT c.id, c.slug, c.name, c.name_en, c.address, c.area, true, {lendable}, l.room, l.tenant, l.position, l.capacity,
       l.parts, l.details, near.fits_word, near.fits_area, l.capacity >= %(people)s,
       (SELECT jsonb_agg(jsonb_build_array(o.day, o.part, o.kind, o.starts_at, o.ends_at)) FROM occupancy_occupancy o
        WHERE o.facility = l.facility AND o.part = ANY (l.parts) AND o.day BETWEEN %(first)s AND %(last)s
          AND (o.expires_at IS NULL OR o.expires_at > %(now)s))
FROM occupancy_roomlisting l
JOIN catalogue_cataloguefacility c ON c.id = l.facility
JOIN tenants_tenant t ON t.id = c.tenant_id AND t.state = 'active'
CROSS JOIN LATERAL (SELECT
    %(word)s = '' OR concat_ws(E'\n', c.name, c.name_kana, c.common_name, c.name_en) ILIKE %(like)s AS fits_word,
    %(area)s = '' OR c.area = %(area)s AS fits_area) near
WHERE l.is_public AND (%(category)s = '' OR c.category = %(category)s)
  AND (%(purpose)s = '' OR l.purposes @> ARRAY[%(purpose)s]::varchar[])
  AND (%(group)s = '' OR l.details->'purposes' @> jsonb_build_array(jsonb_build_object('group', %(group)s)))
  AND (%(equipment)s = '' OR EXISTS (SELECT FROM occupancy_equipmentlisting e
                                     WHERE e.facility = c.id AND e.name = %(equipment)s))
ORDER BY near.fits_word::int + near.fits_area::int + (l.capacity >= %(people)s)::int DESC,
         l.capacity DESC, c.name_kana, l.room
LIMIT %(rooms)s
"""


@dataclass(frozen=True, slots=True)
class Nearest:
    """A room that is free, and in what it differs from what was asked for."""

    differs: str
    place: Place
    offer: Offer
    stretch: Stretch


@dataclass(frozen=True, slots=True)
class _Candidate:
    place: Place
    kinds: list[Lendable]
    offer: Offer
    lacks: list[str]
    taken: TakenByDay


def nearest(criteria: Criteria) -> list[Nearest]:
    """The rooms that come nearest, a few of each kind of difference; one statement."""
    first = criteria.day or clock.today()
    last = max(criteria.days, default=first) + dt.timedelta(days=MOST_DAYS)
    found: dict[str, list[Nearest]] = defaultdict(list)
    for one in _candidates(criteria, first, last):
        near = _nearest(one, criteria, first, last)
        if near is not None and len(found[near.differs]) < OF_EACH:
            found[near.differs].append(near)
    return [near for differs in (OTHER_TIME, OTHER_DAY, OTHER_AREA, SMALLER, OTHER_NAME) for near in found[differs]]


def _nearest(one: _Candidate, criteria: Criteria, first: dt.date, last: dt.date) -> Nearest | None:
    """What of the room comes nearest: it may differ in one thing alone."""
    if len(one.lacks) > 1:
        return None
    [differs] = one.lacks or [OTHER_DAY]
    later = wanted_days(first, last)
    looked = list(criteria.days) or later if one.lacks else later
    stretch = _first(one, criteria, looked, criteria.times)
    if not one.lacks and criteria.times.are_told:
        same_day = _first(one, criteria, list(criteria.days), replace(criteria.times, part="", starts=None, ends=None))
        differs, stretch = (OTHER_TIME, same_day) if same_day else (differs, stretch)
    return Nearest(differs, one.place, one.offer, stretch) if stretch else None


def _first(one: _Candidate, criteria: Criteria, days: list[dt.date], times: Times) -> Stretch | None:
    free = next_stretches(one.offer, days, one.taken, clock.now(), times, who=criteria.who)
    return next((stretch for stretch, _ in islice(with_equipment(free, one.kinds, criteria), 1)), None)


def _candidates(criteria: Criteria, first: dt.date, last: dt.date) -> Iterator[_Candidate]:
    values = parameters(criteria) | {"first": first, "last": last, "rooms": ROOMS}
    with connection.cursor() as cursor:
        cursor.execute(NEAREST.format(lendable=LENDABLE if criteria.equipment else "NULL"), values)
        rows = cursor.fetchall()
    for *place, kinds, room, tenant, position, capacity, parts, details, by_word, by_area, by_people, taken in rows:
        offer = listed(place[0], Listed(room, tenant, position, capacity, tuple(parts), details))
        fits = {OTHER_NAME: by_word, OTHER_AREA: by_area, SMALLER: by_people}
        lacks = [name for name, is_met in fits.items() if not is_met]
        lent = [lendable(kind) for kind in json.loads(kinds or "[]")]
        yield _Candidate(Place(*place), lent, offer, lacks, _taken(json.loads(taken or "[]")))


def _taken(rows: list[list[Any]]) -> TakenByDay:
    found: TakenByDay = defaultdict(list)
    for day, part, kind, starts_at, ends_at in rows:
        span = dt.datetime.fromisoformat(starts_at), dt.datetime.fromisoformat(ends_at)
        found[dt.date.fromisoformat(day)].append(Taken(UUID(part), kind, *span))
    return found
