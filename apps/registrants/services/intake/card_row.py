"""One row of a file of cards (利用者カード・登録証) as another system kept them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from apps.registrants.models import CardKind, CardState, Qualification
from apps.registrants.rules.old_cards import OldLife, life_of
from shared.intake.rules import cells
from shared.intake.rules.target import Cells, Context, Problem, Reading

CAME_SO: Final = "移行前の記録による"
"""特認理由 of a card whose exception the other system did not explain."""
MOST_BRANCHES: Final = 999


@dataclass(frozen=True, slots=True)
class OldCard:
    """A card; the fields are those of ``Card``. ``holder_key``: whose it is, by the source's key."""

    source_key: str
    holder_key: str
    kind: str
    number: str
    state: str
    branch: int
    qualification: str
    special_reason: str
    issued_on: dt.date | None
    valid_until: dt.date | None
    lapsed_on: dt.date | None
    lapse_cause: str


def read_card(values: Mapping[str, str], context: Context, today: dt.date) -> Reading[OldCard]:
    """The card of a row."""
    row = Cells(values)
    number = row.need(row.take("number", cells.code, 20, otherwise=""), "number")
    holder = row.need(row.take("holder", cells.key, 80, otherwise=""), "holder")
    kind = row.need(row.choose("kind", context.meanings["kind"]), "kind")
    valid_until = row.take("valid_until", cells.day_set_ahead, otherwise=None)
    life = _life(row, context, valid_until, today)
    issued, branch = _issued(row, life, today), _branch(row)
    is_senior = kind == CardKind.SENIOR
    right, reason = _right(row, context, is_senior=is_senior)

    def make() -> OldCard:
        return OldCard(
            source_key=context.key(f"{kind}/{number}"),
            holder_key=context.key(holder),
            kind=kind,
            number=number,
            state=life.state,
            branch=branch,
            qualification=right if is_senior else "",
            special_reason=reason if is_senior else "",
            issued_on=issued,
            valid_until=valid_until,
            lapsed_on=life.lapsed_on,
            lapse_cause=life.lapse_cause,
        )

    return row.reading(f"{kind}/{number}", make)


def _life(row: Cells, context: Context, valid_until: dt.date | None, today: dt.date) -> OldLife:
    lapsed = row.lenient("lapsed_on", cells.day, otherwise=None)
    state = row.choose("state", context.meanings["state"], CardState.ACTIVE.value)
    cause = row.choose("lapse_cause", context.meanings["lapse_cause"])
    return life_of(state, cause, valid_until=valid_until, lapsed_on=lapsed, today=today)


def _issued(row: Cells, life: OldLife, today: dt.date) -> dt.date | None:
    """The day of issue, which a card that is not void cannot be without."""
    issued = row.take("issued_on", cells.day, otherwise=None)
    if life.state != CardState.LAPSED:
        row.need(issued, "issued_on")
    if issued and issued > today:
        row.problems.append(Problem("row_issued_ahead", "issued_on"))
    return issued


def _branch(row: Cells) -> int:
    branch = max(1, row.lenient("branch", cells.number, otherwise=None) or 1)
    if branch > MOST_BRANCHES:
        row.problems.append(Problem("row_number", "branch"))
    return branch


def _right(row: Cells, context: Context, *, is_senior: bool) -> tuple[str, str]:
    """資格区分 of a 登録証, and for an exception its reason."""
    usual = Qualification.AGE.value
    right = row.choose("qualification", context.meanings["qualification"], usual, otherwise=usual)
    reason = row.lenient("special_reason", cells.text, 300, otherwise="")
    if not is_senior:
        row.leave("qualification", "special_reason")
    elif right == usual:
        row.leave("special_reason")
    return right, (reason or CAME_SO) if right != usual else ""
