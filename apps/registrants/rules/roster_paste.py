"""Reading a roster (構成員名簿) that is pasted from a spreadsheet, line by line; no line is lost."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Final

from apps.registrants.rules.entry import EntryError
from apps.registrants.rules.roster_entry import read_born, residence_of
from kernel.birthdays import age_on
from kernel.width import bare, visible

COLUMNS: Final = ("name", "kana", "born", "residence", "phone")
"""氏名, フリガナ, 生年月日又は年齢, 居住区分, 電話番号: the order where no line of headings says another."""
AGE: Final = "age"
_NUMBERINGS: Final = frozenset({"番号", "NO", "NO.", "#", "通番", "連番"})
_HEADINGS: Final = {
    "name": ("氏名", "名前", "構成員氏名", "会員氏名", "会員名", "構成員"),
    "kana": ("フリガナ", "ふりがな", "カナ", "氏名カナ", "カナ氏名", "よみ", "ヨミ", "読み"),
    "born": ("生年月日", "生年月日又は年齢", "生年月日・年齢"),
    AGE: ("年齢", "満年齢"),
    "residence": ("居住区分", "住所区分", "区分", "市内外", "在住・在勤・在学"),
    "phone": ("電話番号", "電話", "連絡先", "電話番号（連絡担当者）"),
}
_LONGEST_CELL: Final = 5
"""So many lines at most are one cell's: a quotation mark alone does not swallow the rest."""


class LineFault(StrEnum):
    """What is wrong with a pasted line that cannot become a row."""

    TOO_MANY_COLUMNS = "too_many_columns"
    NAME_MISSING = "name_missing"
    NO_SUCH_RESIDENCE = "no_such_residence"
    AGE_DIFFERS = "age_differs"
    TOO_MANY_LINES = "too_many_lines"


@dataclass(frozen=True, slots=True)
class Line:
    """A pasted line: its number from 1, its text, its cells (of ``COLUMNS``), or what is wrong with it."""

    number: int
    text: str
    cells: tuple[str, ...] = ()
    fault: LineFault | None = None


@dataclass(frozen=True, slots=True)
class Pasted:
    """The lines, and the line of headings by which they are to be read again; empty where there was none."""

    lines: tuple[Line, ...]
    heading: str = ""


def read_pasted(text: str, today: dt.date, *, room: int) -> Pasted:
    """The lines of ``text`` but empty ones. ``room`` rows are still free on the roster.

    Columns are parted by tabs, in a line without one by commas; a cell in quotation marks may hold either, or go over
    lines. A line of headings tells which column is which, and columns that it names otherwise are left out; without it
    they stand in the order of ``COLUMNS``, after a running number if there is one. Dates are read later, each in its
    own box; here a birth date is only held against an age that stands beside it.
    """
    lines: list[Line] = []
    order: Sequence[str] = COLUMNS
    heading = ""
    for number, line in _joined(text):
        cells = _cells(line)
        if found := _heading(cells):
            order, heading = found, "" if found is COLUMNS else line
        elif any(cells):
            plain = _without_number(cells) if order is COLUMNS else cells
            lines.append(_read(number, line, _by_column(plain, order), today))
    return Pasted(tuple(_fitting(lines, room)), heading)


def _joined(text: str) -> Iterator[tuple[int, str]]:
    """The lines with their numbers, those of one cell in quotation marks as one."""
    lines = text.splitlines()
    place = 0
    while place < len(lines):
        over = range(place + 1, min(place + _LONGEST_CELL, len(lines)) + 1)
        whole = ["\n".join(lines[place:end]) for end in over]
        fits = next((count for count, one in enumerate(whole) if one.count('"') % 2 == 0), 0)
        yield place + 1, whole[fits]
        place += fits + 1


def _cells(line: str) -> list[str]:
    parting = "\t" if "\t" in line else ","
    if line.count('"') % 2:
        return [cell.strip() for cell in line.split(parting)]
    try:
        parted = list(csv.reader([f"{part}\n" for part in line.split("\n")], delimiter=parting))
    except csv.Error:
        return [cell.strip() for cell in line.split(parting)]
    return [" ".join(cell.split("\n")).strip() for cell in chain.from_iterable(parted)]


def _heading(cells: Sequence[str]) -> Sequence[str] | None:
    """The columns that a line of headings names, "" for one that is not read; None for any other line.

    One that only begins to name them in the usual order says nothing new: the rows may have more.
    """
    known = {word: column for column, words in _HEADINGS.items() for word in words}
    named = [known.get(bare(visible(cell)), "") for cell in cells]
    if "name" not in named:
        return None
    told = [column for column in named if column]
    is_usual = named[-len(told) :] == told == list(COLUMNS[: len(told)]) and len(_without_number([*cells])) == len(told)
    return COLUMNS if is_usual else named


def _without_number(cells: list[str]) -> list[str]:
    first = bare(visible(cells[0])).upper()
    has_number = len(cells) > 1 and (first.isdecimal() or first in _NUMBERINGS)
    return cells[1:] if has_number else cells


def _by_column(cells: list[str], order: Sequence[str]) -> dict[str, str] | None:
    """Column -> cell; None where there are cells beyond the last column."""
    if any(cells[len(order) :]):
        return None
    found = dict.fromkeys((*COLUMNS, AGE), "")
    return found | {column: cell for column, cell in zip(order, cells, strict=False) if column and cell}


def _read(number: int, text: str, found: dict[str, str] | None, today: dt.date) -> Line:
    if found is None:
        return Line(number, text, fault=LineFault.TOO_MANY_COLUMNS)
    if not found["name"]:
        return Line(number, text, fault=LineFault.NAME_MISSING)
    code = residence_of(found["residence"])
    if code is None:
        return Line(number, text, fault=LineFault.NO_SUCH_RESIDENCE)
    if _differs(found["born"], found[AGE], today):
        return Line(number, text, fault=LineFault.AGE_DIFFERS)
    return Line(number, text, (found["name"], found["kana"], found["born"] or found[AGE], code, found["phone"]))


def _differs(born: str, age: str, today: dt.date) -> bool:
    """Whether both can be read, and do not agree: the age may be that of the year before or after, as rosters grow old.

    What cannot be read is told later, beside its box.
    """
    try:
        date, told = read_born(born, today).date, read_born(age, today).age
    except EntryError:
        return False
    return date is not None and told is not None and abs(age_on(today, date) - told) > 1


def _fitting(lines: list[Line], room: int) -> Iterator[Line]:
    for line in lines:
        if line.fault is None and room <= 0:
            yield Line(line.number, line.text, fault=LineFault.TOO_MANY_LINES)
            continue
        room -= line.fault is None
        yield line
