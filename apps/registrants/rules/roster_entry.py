"""Reading a roster (構成員名簿) as it is typed or pasted from a spreadsheet, row by row."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from apps.registrants.rules.entry import EntryError, Fault, read_birth_date
from apps.registrants.rules.roster import OLDEST, OUTSIDE, Member, person_key
from kernel.width import bare, visible

NAME_LIMIT: Final = 80
KANA_LIMIT: Final = 120
MOST_MEMBERS: Final = 200
"""Rows of one roster: so many a page still takes."""
COLUMNS: Final = 5
"""氏名, フリガナ, 生年月日又は年齢, 居住区分, 電話番号."""
_AGE: Final = re.compile("満?([0-9]{1,3})(歳|才)?")
_HEADINGS: Final = frozenset({"氏名", "名前", "構成員氏名", "会員氏名", "会員名", "構成員"})
_NUMBERINGS: Final = frozenset({"番号", "NO", "NO.", "#"})
_RESIDENCES: Final = {
    "resident": ("resident", "市内在住", "在住", "市内", "住"),
    "worker": ("worker", "市内在勤", "在勤", "勤"),
    "student": ("student", "市内在学", "在学", "学"),
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


class LineFault(StrEnum):
    """What is wrong with a pasted line that cannot become a row."""

    TOO_MANY_COLUMNS = "too_many_columns"
    NAME_MISSING = "name_missing"
    NO_SUCH_RESIDENCE = "no_such_residence"
    TOO_MANY_LINES = "too_many_lines"


@dataclass(frozen=True, slots=True)
class Line:
    """A pasted line: its number from 1, its text, its cells (``COLUMNS`` of them), or what is wrong with it."""

    number: int
    text: str
    cells: tuple[str, ...] = ()
    fault: LineFault | None = None


def read_born(text: str, today: dt.date) -> Born:
    """A birth date in 西暦 or 和暦, or an age: 「70」「70歳」「満70才」. Raises EntryError."""
    match = _AGE.fullmatch("".join(unicodedata.normalize("NFKC", visible(text)).split()))
    if match is None:
        return Born(date=read_birth_date(text, today))
    age = int(match[1])
    if age > OLDEST:
        raise EntryError(Fault.TOO_LONG_AGO)
    return Born(age=age)


def read_pasted(text: str, *, room: int) -> list[Line]:
    """The lines of ``text``, empty ones and headings left out. ``room`` rows are still free on the roster.

    Columns are parted by tabs, in a line without one by commas: 氏名, フリガナ, 生年月日又は年齢, 居住区分, and of a
    contact 電話番号. A running number before the name goes. The dates are read later, each in its own box.
    """
    lines: list[Line] = []
    for number, line in enumerate(text.splitlines(), 1):
        cells = _without_number(_cells(line))
        if any(cells) and not _is_heading(cells):
            lines.append(_read(number, line, cells))
    return list(_fitting(lines, room))


def residence_of(word: str) -> str | None:
    """The code of a 居住区分 as it is written in rosters; empty for none said, None for an unknown word."""
    plain = bare(word)
    return _BY_WORD.get(plain) if plain else ""


def _cells(line: str) -> list[str]:
    cells = line.split("\t" if "\t" in line else ",")
    return [cell.strip() for cell in cells]


def _without_number(cells: list[str]) -> list[str]:
    first = bare(visible(cells[0])).upper()
    has_number = len(cells) > 1 and (first.isdecimal() or first in _NUMBERINGS)
    return cells[1:] if has_number else cells


def _is_heading(cells: list[str]) -> bool:
    return bare(cells[0]) in _HEADINGS


def _read(number: int, text: str, cells: list[str]) -> Line:
    while len(cells) > COLUMNS and not cells[-1]:
        cells.pop()
    if len(cells) > COLUMNS:
        return Line(number, text, fault=LineFault.TOO_MANY_COLUMNS)
    name, kana, born, residence, phone = [*cells, *[""] * COLUMNS][:COLUMNS]
    if not name:
        return Line(number, text, fault=LineFault.NAME_MISSING)
    code = residence_of(residence)
    if code is None:
        return Line(number, text, fault=LineFault.NO_SUCH_RESIDENCE)
    return Line(number, text, (name, kana, born, code, phone))


def _fitting(lines: list[Line], room: int) -> Iterator[Line]:
    for line in lines:
        if line.fault is None and room <= 0:
            yield Line(line.number, line.text, fault=LineFault.TOO_MANY_LINES)
            continue
        room -= line.fault is None
        yield line
