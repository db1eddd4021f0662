"""A month's sheet for filing (モニタリング点検表), and the order to improve (改善指示書). PDF/A-2a and PDF/UA-1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, cast

from kernel.wareki import format_date
from shared.documents.renderer import Json, render_pdf

_HERE: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item with both sides' results, in words; ``facts`` are the system's figures beside it."""

    text: str
    is_required: bool
    own: str
    own_note: str
    city: str
    city_note: str
    facts: Sequence[str]


@dataclass(frozen=True, slots=True)
class GroupLines:
    """A group of items (区分)."""

    label: str
    items: Sequence[ItemLine]


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding with its plan and how it stands."""

    number: str
    text: str
    deadline: str
    plan: str
    state: str


@dataclass(frozen=True, slots=True)
class SheetPaper:
    """Everything of a month; dates and results as they are printed. An empty text is printed as －."""

    facility: str
    operator: str
    month: str
    state: str
    reported_on: str
    checked_on: str
    checker: str
    grade: str
    reasons: Sequence[str]
    override: str
    complaints: str
    complaint_text: str
    accidents: str
    accident_text: str
    survey: str
    facility_note: str
    city_note: str
    groups: Sequence[GroupLines]
    findings: Sequence[FindingLine]


@dataclass(frozen=True, slots=True)
class OrderPaper:
    """改善指示書 for the findings of a month."""

    addressee: str
    """The operator, with the title of who represents it."""
    authority: str
    facility: str
    month: str
    agreement: str
    is_manager: bool
    """Whether it goes to a designated manager, whom the Local Autonomy Act binds; not to a department of the city."""
    findings: Sequence[FindingLine]


def sheet_pdf(paper: SheetPaper, *, printed_on: date) -> bytes:
    """モニタリング点検表 on A4."""
    return _pdf("monitoring_sheet.typ", paper, printed_on)


def order_pdf(paper: OrderPaper, *, printed_on: date) -> bytes:
    """改善指示書 on A4; number and date of issue are left to the department's own register."""
    return _pdf("monitoring_order.typ", paper, printed_on)


def _pdf(template: str, paper: Any, printed_on: date) -> bytes:
    data = cast("dict[str, Json]", asdict(paper) | {"printed_on": format_date(printed_on)})
    return render_pdf(_HERE / template, data, dated=printed_on)
