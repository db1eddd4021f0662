"""One row of a file of cards (利用者カード・登録証) as another system kept them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from apps.registrants.models import CardKind, CardState, LapseCause, Qualification
from shared.intake.rules import cells
from shared.intake.rules.target import Cells, Context, Problem, Reading

CAME_SO: Final = "移行前の記録による"
"""特認理由 of a card whose exception the other system did not explain."""


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
    number = row.need(row.take("number", cells.text, 20, otherwise=""), "number")
    holder = row.need(row.take("holder", cells.text, 80, otherwise=""), "holder")
    kind = row.need(row.take("kind", cells.choice, context.meanings["kind"], otherwise=""), "kind")
    issued = row.take("issued_on", cells.day, otherwise=None)
    valid_until = row.take("valid_until", cells.day, otherwise=None)
    lapsed = row.lenient("lapsed_on", cells.day, otherwise=None)
    state = row.take("state", cells.choice, context.meanings["state"], CardState.ACTIVE.value, otherwise="")
    cause = row.take("lapse_cause", cells.choice, context.meanings["lapse_cause"], otherwise="")
    if state == CardState.ACTIVE and (lapsed or (valid_until and valid_until < today)):
        state, cause = CardState.LAPSED.value, cause or (LapseCause.EXPIRED.value if not lapsed else "")
    if state != CardState.LAPSED:
        row.need(issued, "issued_on")
    if issued and issued > today:
        row.problems.append(Problem("row_issued_ahead", "issued_on"))
    branch = max(1, row.lenient("branch", cells.number, otherwise=None) or 1)
    if branch > 999:
        row.problems.append(Problem("row_number", "branch"))
    is_senior = kind == CardKind.SENIOR
    usual = Qualification.AGE.value
    right = row.take("qualification", cells.choice, context.meanings["qualification"], usual, otherwise=usual)
    reason = row.lenient("special_reason", cells.text, 300, otherwise="")

    def make() -> OldCard:
        is_void = state == CardState.LAPSED
        return OldCard(
            source_key=context.key(f"{kind}/{number}"),
            holder_key=context.key(holder),
            kind=kind,
            number=number,
            state=state,
            branch=branch,
            qualification=right if is_senior else "",
            special_reason=(reason or CAME_SO) if is_senior and right != Qualification.AGE else "",
            issued_on=issued,
            valid_until=valid_until,
            lapsed_on=(lapsed or valid_until or today) if is_void else None,
            lapse_cause=(cause or LapseCause.RETURNED.value) if is_void else "",
        )

    return row.reading(f"{kind}/{number}", make)
