"""Who must report a leak to the 個人情報保護委員会, and why (domain handbook 7.4).

The city's duty is that of 法68条 with the threshold of 規則43条 (本人100人超); the operator's, where it is a private
body, that of 法26条 with 規則7条 (1,000人超). An おそれ counts as the thing itself in both.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Body(StrEnum):
    """Whose duty it is."""

    CITY = "city"
    OPERATOR = "operator"


class Ground(StrEnum):
    """Why there is a duty: the numbers of 規則7条 and 43条."""

    SENSITIVE = "sensitive"
    """① 要配慮個人情報"""
    PROPERTY = "property"
    """② 財産的被害のおそれ"""
    UNLAWFUL = "unlawful"
    """③ 不正の目的によるおそれ"""
    MANY = "many"
    """④ 本人の数"""
    ORDINANCE = "ordinance"
    """⑤ 条例要配慮個人情報 (the city's alone)"""


MOST_UNREPORTED: Final = {Body.CITY: 100, Body.OPERATOR: 1000}
"""Up to so many persons ④ gives no duty; one more does (を超える)."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known. A fear (おそれ) is told as True. ``persons`` is the most it may be; None: nobody can tell yet.

    ``is_protected``: 高度な暗号化その他の権利利益を保護するために必要な措置, the key not being lost with the data.
    """

    persons: int | None = None
    sensitive: bool = False
    property: bool = False
    unlawful: bool = False
    ordinance: bool = False
    is_protected: bool = False


@dataclass(frozen=True, slots=True)
class Duty:
    """One body's duty: ``grounds`` are why; ``is_exempt`` if it need not report itself although they hold."""

    body: Body
    grounds: tuple[Ground, ...]
    is_exempt: bool = False

    @property
    def is_owed(self) -> bool:
        """Whether this body itself must report."""
        return bool(self.grounds) and not self.is_exempt

    @property
    def most_unreported(self) -> int:
        """The number of persons beyond which ④ holds."""
        return MOST_UNREPORTED[self.body]


def city_duty(facts: Facts) -> Duty:
    """The city's duty (法68条)."""
    return Duty(Body.CITY, _grounds(facts, Body.CITY))


def operator_duty(facts: Facts, *, has_told_the_city: bool) -> Duty:
    """A private operator's duty (法26条): none of its own once it has told the city, whose data they are."""
    grounds = _grounds(facts, Body.OPERATOR)
    return Duty(Body.OPERATOR, grounds, is_exempt=bool(grounds) and has_told_the_city)


def _grounds(facts: Facts, body: Body) -> tuple[Ground, ...]:
    if facts.is_protected:
        return ()
    holds = {
        Ground.SENSITIVE: facts.sensitive,
        Ground.PROPERTY: facts.property,
        Ground.UNLAWFUL: facts.unlawful,
        Ground.MANY: _may_exceed(facts.persons, MOST_UNREPORTED[body]),
        Ground.ORDINANCE: facts.ordinance and body is Body.CITY,
    }
    return tuple(ground for ground, is_met in holds.items() if is_met)


def _may_exceed(persons: int | None, most: int) -> bool:
    """While the number is not known it may be any: the おそれ counts."""
    return persons is None or persons > most
