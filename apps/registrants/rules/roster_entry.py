"""A row of a roster (構成員名簿) as it is typed. ``roster_paste`` reads what is pasted from a spreadsheet."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from apps.registrants.rules.entry import EntryError, Fault, read_birth_date
from apps.registrants.rules.roster import OLDEST, OUTSIDE, Member, person_key
from kernel.width import bare, visible

NAME_LIMIT: Final = 80
KANA_LIMIT: Final = 120
MOST_MEMBERS: Final = 200
"""Rows of one roster: so many a page still takes."""
_AGE: Final = re.compile("満?([0-9]{1,3})(歳|才)?")
_RESIDENCES: Final = {
    "resident": ("resident", "市内在住", "在住", "在住者", "市内", "市民", "住"),
    "worker": ("worker", "市内在勤", "在勤", "在勤者", "勤"),
    "student": ("student", "市内在学", "在学", "在学者", "学"),
    OUTSIDE: (OUTSIDE, "市外", "市外在住", "その他", "外"),
}
_BY_WORD: Final = {word: code for code, words in _RESIDENCES.items() for word in words}


@dataclass(frozen=True, slots=True)
class Born:
    """When somebody was born, or how old they say they are; neither where nothing was said."""

    date: dt.date | None = None
    age: int | None = None


@dataclass(frozen=True, slots=True)
class MemberEntry:
    """A row of a roster as read. A telephone makes a contact (連絡担当者)."""

    name: str
    kana: str
    born: Born
    residence: str
    phone: str = ""

    def member(self, told_on: dt.date) -> Member:
        """The row as the rules see it; an age was told on ``told_on``."""
        age, day = self.born.age, None if self.born.age is None else told_on
        return Member(person_key(self.name, self.kana), self.residence, self.born.date, age, day)


def read_born(text: str, today: dt.date) -> Born:
    """A birth date in 西暦 or 和暦, or an age: 「70」「70歳」「満70才」. Raises EntryError."""
    match = _AGE.fullmatch("".join(unicodedata.normalize("NFKC", visible(text)).split()))
    if match is None:
        return Born(date=read_birth_date(text, today))
    age = int(match[1])
    if age > OLDEST:
        raise EntryError(Fault.TOO_LONG_AGO)
    return Born(age=age)


def residence_of(word: str) -> str | None:
    """The code of a 居住区分 as it is written in rosters; empty for none said, None for an unknown word."""
    plain = bare(word)
    return _BY_WORD.get(plain) if plain else ""
