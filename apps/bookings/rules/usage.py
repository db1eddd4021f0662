"""How much of what could be let was let (稼働率; rules, section 9).

Counted by 区分 (slots used of slots that could be let) and by day (days used of days open; once a day is enough).
Closed days and maintenance are in neither; a slot that was used although the house was closed is in both. The city's
own events (主催事業) are uses, and told apart. Of the applications only the permitted ones are uses.

A combination (全面 = A面 + B面) is not counted beside its parts: each part counts in the smallest room that has it,
so whoever uses the combination uses those rooms.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final
from uuid import UUID

from apps.bookings.rules.attendance import ABSENT, CAME
from apps.bookings.rules.availability import Taken
from apps.bookings.rules.days import hits, slots_on, span_of
from apps.bookings.rules.figures import Figures, added
from apps.bookings.rules.listing import Closing, Offer, Slot
from apps.bookings.rules.states import PERMITTED

SHUT: Final = frozenset({"closure", "maintenance"})
CITY_USE: Final = "city_use"
BOOKING: Final = "booking"

TakenThere = dict[tuple[UUID, dt.date], list[Taken]]
"""Part and day -> what occupies it."""
IsClosed = Callable[[tuple[Closing, ...], dt.date], bool]


@dataclass(frozen=True, slots=True)
class Asked:
    """An application (申込み), whatever became of it, without its person."""

    room: UUID
    day: dt.date
    state: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    headcount: int | None
    outcome: str = ""
    """来場・不来場, empty while nothing is entered."""
    people: int = 0
    """実績人数."""
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RoomUsage:
    """A room's figures. A combination has no slots and days: they count in the rooms that it is made of."""

    offer: Offer
    is_combination: bool
    figures: Figures


@dataclass(frozen=True, slots=True)
class FacilityUsage:
    """A facility's figures and its rooms'. A day counts when any of the rooms was open, or used."""

    facility: UUID
    rooms: tuple[RoomUsage, ...]
    figures: Figures


@dataclass(frozen=True, slots=True)
class _Day:
    """A day of one room: slots that could be let, were used, and were used by the city alone."""

    day: dt.date
    slots: int
    used: int
    city: int


def usage(
    offers: Sequence[Offer],
    days: Sequence[dt.date],
    blocks: Mapping[dt.date, Iterable[Taken]],
    asked: Iterable[Asked],
) -> list[FacilityUsage]:
    """The figures over ``days`` of the offers' facilities, in the offers' order.

    ``offers`` are all rooms of their facilities, ``blocks`` what occupies parts on a day without a booking,
    ``asked`` the applications for those days.
    """
    by_room: dict[UUID, list[Asked]] = defaultdict(list)
    for one in asked:
        by_room[one.room].append(one)
    taken = _by_part_and_day(offers, blocks, by_room)
    homes, is_closed = home_parts(offers), cache(_is_closed)
    found: dict[UUID, list[tuple[RoomUsage, list[_Day]]]] = defaultdict(list)
    for offer in offers:
        home = homes[offer.room]
        tallies = [_tally(offer, day, _taken_there(taken, home, day), is_closed) for day in days] if home else []
        figures = _figures(tallies, by_room[offer.room])
        found[offer.facility].append((RoomUsage(offer, not home, figures), tallies))
    return [_facility(facility, rooms) for facility, rooms in found.items()]


def total(usages: Iterable[FacilityUsage]) -> Figures:
    """All facilities together; their days are added up (延べ日数)."""
    return added([one.figures for one in usages])


def home_parts(offers: Iterable[Offer]) -> dict[UUID, tuple[UUID, ...]]:
    """Room -> the parts that count there: each part in the smallest room that has it, the first among equals."""
    smallest_first = sorted(offers, key=lambda offer: (len(offer.parts), offer.position, offer.room))
    home: dict[UUID, UUID] = {}
    return {
        offer.room: tuple(part for part in offer.parts if home.setdefault(part, offer.room) == offer.room)
        for offer in smallest_first
    }


def _by_part_and_day(
    offers: Iterable[Offer], blocks: Mapping[dt.date, Iterable[Taken]], asked: Mapping[UUID, Iterable[Asked]]
) -> TakenThere:
    found: TakenThere = defaultdict(list)
    for day, rows in blocks.items():
        for one in rows:
            found[one.part, day].append(one)
    for offer in offers:
        for use in asked.get(offer.room, ()):
            for part in offer.parts if use.state == PERMITTED else ():
                found[part, use.day].append(Taken(part, BOOKING, use.starts_at, use.ends_at))
    return found


def _taken_there(taken: TakenThere, parts: Iterable[UUID], day: dt.date) -> list[Taken]:
    return [one for part in parts for one in taken.get((part, day), ())]


def _is_closed(closings: tuple[Closing, ...], day: dt.date) -> bool:
    return any(hits(closing, day) for closing in closings)


def _tally(offer: Offer, day: dt.date, taken: Sequence[Taken], is_closed: IsClosed) -> _Day:
    closed = is_closed(offer.closings, day)
    slots = used = city = 0
    for slot in slots_on(offer, day):
        kinds = _kinds(slot, day, taken)
        is_used = BOOKING in kinds or CITY_USE in kinds
        used += is_used
        city += is_used and BOOKING not in kinds
        slots += is_used or not (closed or kinds & SHUT)
    return _Day(day, slots, used, city)


def _kinds(slot: Slot, day: dt.date, taken: Sequence[Taken]) -> set[str]:
    if not taken:
        return set()
    starts_at, ends_at = span_of(slot, day)
    return {one.kind for one in taken if one.starts_at < ends_at and starts_at < one.ends_at}


def _figures(tallies: Sequence[_Day], asked: Sequence[Asked]) -> Figures:
    return Figures(
        slots=sum(one.slots for one in tallies),
        used_slots=sum(one.used for one in tallies),
        city_slots=sum(one.city for one in tallies),
        days=sum(one.slots > 0 for one in tallies),
        used_days=sum(one.used > 0 for one in tallies),
        states=Counter(one.state for one in asked),
        headcount=sum(one.headcount or 0 for one in asked if one.state == PERMITTED),
        came=sum(one.outcome == CAME for one in asked),
        absent=sum(one.outcome == ABSENT for one in asked),
        people=sum(one.people for one in asked),
        counts=_counts(asked),
    )


def _counts(asked: Sequence[Asked]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for one in asked:
        counts.update(one.counts)
    return counts


def _facility(facility: UUID, rooms: Sequence[tuple[RoomUsage, Sequence[_Day]]]) -> FacilityUsage:
    whole = added([room.figures for room, _ in rooms])
    tallies = [tally for _, of_room in rooms for tally in of_room]
    figures = replace(
        whole,
        days=len({one.day for one in tallies if one.slots}),
        used_days=len({one.day for one in tallies if one.used}),
    )
    return FacilityUsage(facility, tuple(room for room, _ in rooms), figures)
