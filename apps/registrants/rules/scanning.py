"""What a scan at the counter means: whose card it is, and whether it still holds. Domain handbook 5.1."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from apps.registrants.rules.cards import ACTIVE, LAPSED, SUSPENDED
from kernel.birthdays import age_on


class Outcome(StrEnum):
    """What is told after a scan."""

    VALID = "valid"
    OLD_PRINT = "old_print"  # a print that was replaced: 枝番が古い
    UNKNOWN_PRINT = "unknown_print"  # a branch that was never made
    NOT_YET = "not_yet"  # before the birthday
    SUSPENDED = "suspended"
    LAPSED = "lapsed"
    EXPIRED = "expired"
    NOT_IN_FORCE = "not_in_force"  # the card holds, the registration does not
    REGISTRATION = "registration"  # a registration number, of somebody without a card
    FOREIGN_SENIOR = "foreign_senior"  # another facility's 登録証, valid here too
    FOREIGN = "foreign"  # another facility's registration number
    UNKNOWN = "unknown"
    MISTYPED = "mistyped"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Shown:
    """The card that was scanned, as the rules see it. ``branch`` is the valid print's."""

    state: str
    branch: int
    valid_from: dt.date | None
    valid_until: dt.date | None
    holder_in_force: bool


ADMITS: Final = frozenset({Outcome.VALID, Outcome.FOREIGN_SENIOR})
"""With these a visit is recorded."""
OLDEST_BAND: Final = 85
YOUNGEST_BAND: Final = 60


def judged(card: Shown, branch: int | None, day: dt.date) -> Outcome:
    """What a card means whose number was scanned on ``day`` with ``branch``, or without one where it was typed.

    That a card has ended weighs more than that its print was replaced.
    """
    if card.state == LAPSED:
        return Outcome.LAPSED
    if card.state == SUSPENDED:
        return Outcome.SUSPENDED
    if card.state != ACTIVE:
        return Outcome.UNKNOWN
    if branch is not None and branch != card.branch:
        return Outcome.OLD_PRINT if 0 < branch < card.branch else Outcome.UNKNOWN_PRINT
    return _on(card, day)


def _on(card: Shown, day: dt.date) -> Outcome:
    if card.valid_until is not None and day > card.valid_until:
        return Outcome.EXPIRED
    if card.valid_from is not None and day < card.valid_from:
        return Outcome.NOT_YET
    return Outcome.VALID if card.holder_in_force else Outcome.NOT_IN_FORCE


def age_band(birth: dt.date | None, day: dt.date) -> str:
    """The band of five years that statistics count by: its first age, 60 to 85; 0 for all below; empty if unknown."""
    if birth is None:
        return ""
    age = age_on(day, birth)
    return "0" if age < YOUNGEST_BAND else str(min(age // 5 * 5, OLDEST_BAND))
