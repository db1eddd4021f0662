"""A group's people (構成員) as the rules see them: by keys and figures, never by name."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kernel.birthdays import age_on
from kernel.name_keys import folded_key
from kernel.width import visible

OUTSIDE: Final = "outside"
KEY_LENGTH: Final = 160
"""Characters of ``GroupMember.name_key``."""
OLDEST: Final = 129
"""No age above it is believed."""
OLDEST_BAND: Final = 90
"""Ages from here on are one band, since few people are so old that a count would tell who they are."""


def person_key(name: str, kana: str) -> str:
    """What finds the same person on another roster: the folded key of the kana, else the name without spaces."""
    written = "".join(unicodedata.normalize("NFKC", visible(name)).split())
    return (folded_key(kana) or written)[:KEY_LENGTH]


@dataclass(frozen=True, slots=True)
class Member:
    """A member: birth date, or the age as told on a day, or neither; and how they belong to the city (居住区分)."""

    key: str
    residence: str
    birth_date: dt.date | None = None
    age: int | None = None
    told_on: dt.date | None = None

    def age_by(self, day: dt.date) -> int | None:
        """満年齢 on ``day``; as told where the birth date is unknown; None where both are."""
        return age_on(day, self.birth_date) if self.birth_date else self.age

    def births(self) -> tuple[dt.date, dt.date] | None:
        """The first and last day on which they may be born, as far as it is known."""
        if self.birth_date:
            return self.birth_date, self.birth_date
        if self.age is None or self.told_on is None:
            return None
        return births_of(self.age, self.told_on)


def births_of(age: int, day: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last birth date of those who are ``age`` years old on ``day``."""
    last = _born_by(day, age)
    return _born_by(day, age + 1) + dt.timedelta(days=1), last


def _born_by(day: dt.date, age: int) -> dt.date:
    """The last birth date of those who are ``age`` by ``day``: who was born on a 29th comes of age on 1 March."""
    try:
        return day.replace(year=day.year - age)
    except ValueError:
        return dt.date(day.year - age, 2, 28)


def may_be_one(one: Member, other: Member) -> bool:
    """Whether two members may be one person: the same key, and no birth that says otherwise."""
    births, others = one.births(), other.births()
    if one.key != other.key or births is None or others is None:
        return one.key == other.key
    return births[0] <= others[1] and others[0] <= births[1]


def is_surely_one(one: Member, other: Member) -> bool:
    """Whether two members are taken for one person: the same key, and births that are known and agree."""
    return one.births() is not None and other.births() is not None and may_be_one(one, other)


def everybody(representative: Member, members: tuple[Member, ...]) -> tuple[Member, ...]:
    """The representative first, from the roster if they stand on it, then the other members."""
    on_roster = next((one for one in members if one.key == representative.key), None)
    others = tuple(one for one in members if one is not on_roster)
    return (_completed(representative, on_roster), *others)


def _completed(representative: Member, on_roster: Member | None) -> Member:
    """The representative with what only the form knows (the birth date) and what only the roster does."""
    if on_roster is None:
        return representative
    return replace(on_roster, birth_date=on_roster.birth_date or representative.birth_date)


def repeated(members: Sequence[Member]) -> dict[int, int]:
    """The places of members who may be one with somebody before them, each with that one's place."""
    found: dict[int, int] = {}
    for place, member in enumerate(members):
        earlier = (before for before in range(place) if may_be_one(members[before], member))
        if (first := next(earlier, None)) is not None:
            found[place] = first
    return found


@dataclass(frozen=True, slots=True)
class Summary:
    """Figures of a roster (人数, 市内割合, 平均年齢); no person can be told from them by name."""

    count: int
    in_city: int
    by_residence: Mapping[str, int]
    by_age_band: Mapping[int, int]
    """First age of a band of ten years -> how many."""
    mean_age: float | None
    """To one decimal, of those whose age is known."""
    without_age: int

    @property
    def city_percent(self) -> int:
        """市内割合, rounded down: 66 of 100 are no two thirds."""
        return self.in_city * 100 // self.count if self.count else 0


def summary_of(people: Iterable[Member], day: dt.date) -> Summary:
    """The figures of ``people`` on ``day``."""
    people = list(people)
    residences = Counter(one.residence for one in people)
    ages = [age for one in people if (age := one.age_by(day)) is not None]
    bands = Counter(min(age // 10 * 10, OLDEST_BAND) for age in ages)
    return Summary(
        count=len(people),
        in_city=len([one for one in people if is_of_the_city(one)]),
        by_residence=dict(residences),
        by_age_band=dict(sorted(bands.items())),
        mean_age=round(sum(ages) / len(ages), 1) if ages else None,
        without_age=len(people) - len(ages),
    )


def is_of_the_city(member: Member) -> bool:
    """Whether the member lives, works or studies in the city (在住・在勤・在学)."""
    return member.residence not in ("", OUTSIDE)
