"""Who comes when for what: clubs and regulars on their weekday, other individuals as it falls."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

from config.demo_city.chance import chance
from config.demo_city.plans.shape import FacilityPlan, RoomPlan, TenantPlan
from config.demo_city.registrants import (
    FIRST_GROUP,
    NOT_IN_FORCE,
    group_names,
    numbers_of_groups,
    numbers_of_individuals,
)

COMES: Final = 0.75
"""How often clubs and regulars take their usual day."""
REGULARS: Final = 6
"""So many individuals come as regularly as clubs do."""
OTHERS: Final = (0, 1, 1, 2, 3, 4)
"""Bookings of other individuals a day, by chance."""
LONGER: Final = 0.2
"""Share of the clubs that take two slots."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What a registrant, known by number, takes of a room."""

    number: int
    facility: FacilityPlan
    room: RoomPlan
    slots: tuple[int, ...]
    weekday: int
    purpose: str
    headcount: int
    event_name: str


def habits(plan: TenantPlan, share: float) -> list[Visit]:
    """The usual visits of clubs and regulars."""
    people = [number for number in numbers_of_individuals(share) if number not in NOT_IN_FORCE][:REGULARS]
    clubs = zip(numbers_of_groups(share), group_names(plan), strict=False)
    return [_person(plan, number, chance(plan.schema, "regular", number)) for number in people] + [
        _club(plan, number, name) for number, (name, _kana) in clubs
    ]


def visits(plan: TenantPlan, usual: list[Visit], day: dt.date, share: float) -> Iterator[tuple[Visit, Random]]:
    """The visits of ``day``, each with the chance that goes on with it."""
    for habit in usual:
        luck = chance(plan.schema, "visit", habit.number, day)
        if habit.weekday == day.isoweekday() and luck.random() < COMES:
            yield habit, luck
    luck = chance(plan.schema, "visits", day)
    others = [number for number in numbers_of_individuals(share) if number not in NOT_IN_FORCE][REGULARS:]
    for number in luck.sample(others, min(luck.choice(OTHERS), len(others))):
        yield _person(plan, number, luck), luck


def _person(plan: TenantPlan, number: int, luck: Random) -> Visit:
    places = [(facility, room) for facility in plan.facilities for room in facility.rooms]
    small_first = [1 / len(room.parts) / (1 + room.capacity / 100) for _, room in places]
    facility, room = luck.choices(places, small_first)[0]
    purpose = luck.choice(room.purposes)
    return Visit(
        number=number,
        facility=facility,
        room=room,
        slots=(luck.randint(1, len(room.slots)),),
        weekday=_weekday(facility, luck),
        purpose=purpose,
        headcount=luck.randint(2, min(room.capacity, 12)),
        event_name=plan.purposes[purpose][0],
    )


def _club(plan: TenantPlan, number: int, name: str) -> Visit:
    luck = chance(plan.schema, "habit", number)
    purpose = next(purpose for club, (_kana, purpose) in plan.clubs.items() if name.endswith(club))
    facility, room = luck.choice(
        [(facility, room) for facility in plan.facilities for room in facility.rooms if purpose in room.purposes]
    )
    first = luck.randint(1, len(room.slots))
    longer = first < len(room.slots) and luck.random() < LONGER
    return Visit(
        number=number,
        facility=facility,
        room=room,
        slots=(first, first + 1) if longer else (first,),
        weekday=_weekday(facility, luck),
        purpose=purpose,
        headcount=luck.randint(min(6, room.capacity), min(room.capacity, 45)),
        event_name="例会・練習" if number < FIRST_GROUP + 20 else "発表会",
    )


def _weekday(facility: FacilityPlan, luck: Random) -> int:
    """A day of the week on which the facility is open, weekends twice as often as other days."""
    return luck.choice([day for day in (1, 2, 3, 4, 5, 6, 6, 7, 7) if day not in facility.closed_weekdays])
