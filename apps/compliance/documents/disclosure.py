"""The papers of a request of a person: what is held (開示), and the decision (決定通知書)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from kernel.wareki import format_date
from shared.documents.renderer import Json, render_pdf

_HERE: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class DisclosureSheet:
    """``sections``: title, headings, rows; all of it about one person."""

    facility: str
    number: str
    registration: str
    made_on: date
    sections: tuple[tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]], ...] = field(repr=False)
    refused: tuple[str, ...] = ()
    """The headings of what is not disclosed, and the ground."""
    ground: str = ""


@dataclass(frozen=True, slots=True)
class NoticeSheet:
    """決定通知書: to whom, what was asked for when, what was decided and why, and the 教示."""

    title: str
    number: str
    recipient: str = field(repr=False)
    address: str = field(repr=False)
    signature: str
    received_on: date
    decided_on: date
    decision: str
    reason: str
    facility: str
    instruction_heading: str
    instruction: tuple[str, ...]


def disclosure_pdf(sheet: DisclosureSheet) -> bytes:
    """保有個人情報の写し as PDF/A-2a and PDF/UA-1."""
    data: dict[str, Json] = {
        "facility": sheet.facility,
        "number": sheet.number,
        "registration": sheet.registration,
        "made_on": format_date(sheet.made_on),
        "sections": [
            {"title": title, "headings": list(headings), "rows": [list(row) for row in rows]}
            for title, headings, rows in sheet.sections
        ],
        "refused": list(sheet.refused),
        "ground": sheet.ground,
    }
    return render_pdf(_HERE / "disclosure.typ", data, dated=sheet.made_on)


def notice_pdf(sheet: NoticeSheet) -> bytes:
    """決定通知書 as PDF/A-2a and PDF/UA-1."""
    data: dict[str, Json] = {
        "title": sheet.title,
        "number": sheet.number,
        "recipient": sheet.recipient,
        "address": sheet.address,
        "signature": sheet.signature,
        "received_on": format_date(sheet.received_on),
        "decided_on": format_date(sheet.decided_on),
        "decision": sheet.decision,
        "reason": sheet.reason,
        "facility": sheet.facility,
        "instruction_heading": sheet.instruction_heading,
        "instruction": list(sheet.instruction),
    }
    return render_pdf(_HERE / "request_notice.typ", data, dated=sheet.decided_on)
