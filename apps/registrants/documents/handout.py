"""The sheet with a one-time code (一回限りの番号のお知らせ), to be handed over, or mailed in a window envelope."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from kernel.wareki import format_date
from shared.documents.renderer import render_pdf

_HERE: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class HandoutSheet:
    """``address`` are the lines of 宛先, none where it is handed over; ``steps`` tell what to do with the code."""

    title: str
    facility: str
    number: str
    code_label: str
    code: str = field(repr=False)
    printed_on: date
    last_day: date
    steps: tuple[str, ...]
    notes: tuple[str, ...]
    address: tuple[str, ...] = ()


def handout_pdf(sheet: HandoutSheet) -> bytes:
    """One A4 page as PDF/A-2a and PDF/UA-1."""
    data = {
        "title": sheet.title,
        "facility": sheet.facility,
        "number": sheet.number,
        "code_label": sheet.code_label,
        "code": sheet.code,
        "printed_on": format_date(sheet.printed_on),
        "last_day": format_date(sheet.last_day),
        "steps": sheet.steps,
        "notes": sheet.notes,
        "address": sheet.address,
    }
    return render_pdf(_HERE / "handout.typ", data, dated=sheet.printed_on)
