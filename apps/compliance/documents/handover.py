"""引継書: what is open when the operator changes, and what was written about it. On A4, as PDF/A-2a and PDF/UA-1."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from kernel.wareki import format_date
from shared.documents.renderer import Json, render_pdf

_HERE: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class SheetRow:
    """An open thing: its number, a day, a word."""

    number: str
    day: date | None
    word: str


@dataclass(frozen=True, slots=True)
class SheetList:
    """A list: how many there are, the first of them, and the digest by which a later print can be compared."""

    label: str
    count: int
    rows: tuple[SheetRow, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class HandoverSheet:
    """The whole paper. ``notes`` are what was written with the plan and the lists."""

    facility: str
    outgoing: str
    incoming: str
    last_day: date
    printed_on: date
    notes: tuple[tuple[str, str], ...]
    lists: tuple[SheetList, ...]


def handover_pdf(sheet: HandoverSheet) -> bytes:
    """The paper as PDF, with room for the three signatures."""
    data: dict[str, Json] = {
        "facility": sheet.facility,
        "outgoing": sheet.outgoing,
        "incoming": sheet.incoming or "未定",
        "last_day": format_date(sheet.last_day),
        "printed_on": format_date(sheet.printed_on),
        "notes": [{"title": title, "text": text} for title, text in sheet.notes],
        "lists": [_list(one) for one in sheet.lists],
    }
    return render_pdf(_HERE / "handover.typ", data, dated=sheet.printed_on)


def _list(one: SheetList) -> dict[str, Json]:
    rows: list[Json] = [
        {"number": row.number, "day": format_date(row.day) if row.day else "", "word": row.word} for row in one.rows
    ]
    return {
        "label": one.label,
        "count": str(one.count),
        "rows": rows,
        "digest": one.digest[:16],
        "is_cut": one.count > len(rows),
    }
