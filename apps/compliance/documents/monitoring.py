"""A month's sheet for filing (モニタリング点検表), and the order to improve (改善指示書). PDF/A-2a and PDF/UA-1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, cast

from kernel.wareki import format_date
from shared.documents.renderer import Json, render_pdf

_HERE: Final = Path(__file__).parent
ORDER_LAYOUT: Final = 1
"""The newest fixed text of the 改善指示書. A changed text is a new file with the next number: what was issued is
printed again from the one it was made with."""


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
class OrderLine:
    """A finding as an order names it."""

    number: str
    text: str
    deadline: str


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
    findings: Sequence[OrderLine]


def sheet_pdf(paper: SheetPaper, *, printed_on: date) -> bytes:
    """モニタリング点検表 on A4."""
    return _pdf("monitoring_sheet.typ", paper, printed_on)


def order_pdf(paper: Mapping[str, Json], *, layout: int, issued_on: date, again: str = "") -> bytes:
    """改善指示書 on A4; number and date of issue are left to the department's own register.

    ``paper`` is an ``OrderPaper`` as it was kept; ``again`` marks a reprint.
    """
    return render_pdf(_HERE / f"monitoring_order_{layout}.typ", {**paper, "again": again}, dated=issued_on)


def order_data(paper: OrderPaper) -> dict[str, Json]:
    """What is kept of an order."""
    return cast("dict[str, Json]", asdict(paper))


def _pdf(template: str, paper: Any, printed_on: date) -> bytes:
    data = cast("dict[str, Json]", asdict(paper) | {"printed_on": format_date(printed_on)})
    return render_pdf(_HERE / template, data, dated=printed_on)
