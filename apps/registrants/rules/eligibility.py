"""Who may hold a 登録証 (老人福祉センター・老人憩いの家登録証), and from when. Domain handbook 5.1.

資格 is told by ``models.Qualification``. By age: a resident of the city who has reached the age of the ordinance.
A seniors' club member or a holder of a disability certificate is a resident below that age; a companion, or whom the
mayor admits (市長が特に認めた者), need be neither. Whoever is not admitted by age is so for a stated reason.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from apps.registrants.card_errors import (
    HolderNeedsBirthDateError,
    NotResidentError,
    SpecialReasonMissingError,
    TooYoungError,
)
from apps.registrants.errors import ReasonTooLongError
from apps.registrants.rules.policy import Policy
from kernel.birthdays import day_of_age

AGE: Final = "age"
ADMITTED_FROM_ELSEWHERE: Final = frozenset({"companion", "special"})
"""The qualifications that ask for no residence in the city."""
RESIDENT: Final = "resident"
SPECIAL_REASON_LIMIT: Final = 300


@dataclass(frozen=True, slots=True)
class Person:
    """What the rules look at. ``residence`` is the item 居住区分 where the tenant collects it, else empty."""

    birth: dt.date | None
    address: str
    residence: str = ""


def is_resident(person: Person, city: str) -> bool:
    """Whether the person lives in ``city`` (市内在住).

    居住区分 decides where it is collected. Else the address must name the city where an address names it: at its
    beginning, or after prefecture and county, so that 柏市…印西… is not taken for 印西市.
    """
    if person.residence:
        return person.residence == RESIDENT
    return re.match(rf"(?:.{{2,3}}[都道府県])?(?:.{{1,6}}郡)?{re.escape(city)}", person.address) is not None


def eligible_from(birth: dt.date, policy: Policy) -> dt.date:
    """The birthday from which on somebody born on ``birth`` is old enough."""
    return day_of_age(birth, policy.senior_age)


def valid_from(person: Person, qualification: str, *, on: dt.date, policy: Policy) -> dt.date:
    """The first day of a card that is applied for on the day ``on`` (有効開始日): that day, or the birthday to come.

    ``HolderNeedsBirthDateError``; ``TooYoungError`` earlier than so many days before the birthday.
    """
    if qualification != AGE:
        return on
    if person.birth is None:
        raise HolderNeedsBirthDateError
    birthday = eligible_from(person.birth, policy)
    if on < birthday - dt.timedelta(days=policy.senior_ahead_days):
        raise TooYoungError(field="qualification", age=policy.senior_age, days=policy.senior_ahead_days)
    return max(on, birthday)


def check_residence(person: Person, qualification: str, city: str) -> None:
    """``NotResidentError`` for whoever lives elsewhere, where the qualification asks for a resident."""
    if qualification not in ADMITTED_FROM_ELSEWHERE and not is_resident(person, city):
        raise NotResidentError(field="qualification", city=city)


def check_special_reason(qualification: str, reason: str) -> str:
    """特認理由 without surrounding space; none is kept where age is the ground.

    ``SpecialReasonMissingError``, ``ReasonTooLongError``.
    """
    if qualification == AGE:
        return ""
    cleaned = reason.strip()
    if not cleaned:
        raise SpecialReasonMissingError(field="special_reason")
    if len(cleaned) > SPECIAL_REASON_LIMIT:
        raise ReasonTooLongError(field="special_reason", limit=SPECIAL_REASON_LIMIT)
    return cleaned
