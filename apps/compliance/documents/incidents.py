"""Papers of an incident: drafts of 速報 and 確報, the evidence, the letters to the persons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from kernel.wareki import format_date
from shared.documents.renderer import Json, render_pdf

_HERE: Final = Path(__file__).parent
ITEMS: Final = {
    "overview": "概要",
    "data": "個人データの項目",
    "persons": "本人の数",
    "cause": "原因",
    "secondary": "二次被害又はそのおそれの有無及びその内容",
    "to_persons": "本人への対応の実施状況",
    "publication": "公表の実施状況",
    "prevention": "再発防止のための措置",
    "other": "その他参考となる事項",
}
"""The labels of 規則8条・43条, in their order."""
LETTER_ITEMS: Final = {
    "overview": "起きたこと",
    "data": "対象となる情報",
    "cause": "原因",
    "secondary": "二次被害について",
    "to_persons": "これまでの対応",
    "prevention": "再発防止の取組",
}
MOST_LINES: Final = 1500
"""Of the evidence on paper; the CSV file has them all."""


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """A draft of 速報 or 確報 with the nine items as a version has them. ``facts`` are labels and texts."""

    title: str
    number: str
    facility: str
    operator: str
    printed_on: date
    due_on: date
    facts: tuple[tuple[str, str], ...]
    grounds: tuple[str, ...]
    items: Mapping[str, str]
    version: int


@dataclass(frozen=True, slots=True)
class EvidenceSheet:
    """``lines`` are the evidence's rows: at, who, act, object, number of the registrant."""

    number: str
    facility: str
    span: str
    persons: int
    count: int
    sha256: str
    printed_on: date
    lines: Sequence[tuple[str, str, str, str, str]]


@dataclass(frozen=True, slots=True)
class Letter:
    """One person's letter."""

    postal_code: str = field(repr=False)
    address: str = field(repr=False)
    group: str = field(repr=False)
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class LetterSheet:
    """Letters that say the same to each person. ``items`` are codes of ``LETTER_ITEMS`` with their texts."""

    facility: str
    address: str
    phone: str
    printed_on: date
    noticed_on: date
    items: tuple[tuple[str, str], ...]
    letters: tuple[Letter, ...] = field(repr=False)


def report_pdf(sheet: ReportSheet) -> bytes:
    """速報 or 確報 as PDF/A-2a and PDF/UA-1, marked as a draft: the commission takes its own form on the web."""
    data: dict[str, Json] = {
        "title": sheet.title,
        "number": sheet.number,
        "facility": sheet.facility,
        "operator": sheet.operator,
        "printed_on": format_date(sheet.printed_on),
        "due_on": format_date(sheet.due_on, weekday=True),
        "facts": [list(pair) for pair in sheet.facts],
        "grounds": list(sheet.grounds),
        "items": [[label, sheet.items.get(code, "").strip() or "（記入なし）"] for code, label in ITEMS.items()],
        "version": str(sheet.version),
    }
    return render_pdf(_HERE / "incident_report.typ", data, dated=sheet.printed_on)


def evidence_pdf(sheet: EvidenceSheet) -> bytes:
    """The evidence on A4, lying; the first ``MOST_LINES`` lines."""
    data: dict[str, Json] = {
        "number": sheet.number,
        "facility": sheet.facility,
        "span": sheet.span,
        "persons": f"{sheet.persons:,}",
        "count": f"{sheet.count:,}",
        "sha256": sheet.sha256,
        "printed_on": format_date(sheet.printed_on),
        "lines": [list(line) for line in sheet.lines[:MOST_LINES]],
        "is_cut": len(sheet.lines) > MOST_LINES,
    }
    return render_pdf(_HERE / "incident_evidence.typ", data, dated=sheet.printed_on)


def letters_pdf(sheet: LetterSheet) -> bytes:
    """The letters, each beginning a new page, addressed for a window envelope."""
    data: dict[str, Json] = {
        "facility": sheet.facility,
        "address": sheet.address,
        "phone": sheet.phone,
        "printed_on": format_date(sheet.printed_on),
        "noticed_on": format_date(sheet.noticed_on),
        "items": [[LETTER_ITEMS[code], text] for code, text in sheet.items],
        "letters": [_letter(letter) for letter in sheet.letters],
    }
    return render_pdf(_HERE / "incident_letter.typ", data, dated=sheet.printed_on)


def _letter(letter: Letter) -> dict[str, Json]:
    lines = [f"〒{letter.postal_code}", letter.address]
    lines += [letter.group, f"代表者　{letter.name}　様"] if letter.group else [f"{letter.name}　様"]
    return {"lines": lines}
