"""The steps of a change of operator (引継ぎ), whose they are, and until when. Handbook 7.6.

Days are counted from the last day of the term (指定期間の末日), whose 24:00 ends the access of the old
operator's staff. The three months before are the handbook's; the other days are the product's own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from apps.compliance.handover_errors import (
    HandoverIncompleteError,
    HandoverLinesError,
    HandoverNoteError,
    HandoverOrderError,
    HandoverTooEarlyError,
)

MOST_NOTE: Final = 2_000
MOST_LINES: Final = 50
MOST_CELL: Final = 100


class Step(StrEnum):
    """A step, in the order in which they follow one another."""

    PLAN = "plan"
    """引継計画 of the facility."""
    PLAN_ACCEPTED = "plan_accepted"
    """The city accepts the plan."""
    LISTS = "lists"
    """引継書: the lists of what is open, and what no list knows: keys, equipment, money in advance."""
    FINAL = "final"
    """The lists as they are when the term ends; recorded by itself at 24:00 where nobody did it before."""
    RECEIVED = "received"
    """The next operator has received it all."""
    RETURNED = "returned"
    """返還・廃棄証明書: what of papers, media and copies was given back or destroyed."""
    PACKAGE = "package"
    """The city has received the package of the tenant's data, and read it back."""
    CONFIRMED = "confirmed"
    """市の確認: the case is closed."""


class Side(StrEnum):
    """Who does a step."""

    FACILITY = "facility"
    CITY = "city"


class Standing(StrEnum):
    """How a step stands today."""

    DONE = "done"
    OPEN = "open"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    NOT_YET = "not_yet"
    """Another step, or a day, comes first."""


SIDES: Final[Mapping[Step, Side]] = {
    Step.PLAN: Side.FACILITY,
    Step.PLAN_ACCEPTED: Side.CITY,
    Step.LISTS: Side.FACILITY,
    Step.FINAL: Side.FACILITY,
    Step.RECEIVED: Side.FACILITY,
    Step.RETURNED: Side.CITY,
    Step.PACKAGE: Side.CITY,
    Step.CONFIRMED: Side.CITY,
}
NEEDS: Final[Mapping[Step, frozenset[Step]]] = {
    Step.PLAN: frozenset(),
    Step.PLAN_ACCEPTED: frozenset({Step.PLAN}),
    Step.LISTS: frozenset({Step.PLAN_ACCEPTED}),
    Step.FINAL: frozenset(),
    Step.RECEIVED: frozenset({Step.FINAL}),
    Step.RETURNED: frozenset(),
    Step.PACKAGE: frozenset({Step.FINAL}),
    Step.CONFIRMED: frozenset({Step.RECEIVED, Step.RETURNED, Step.PACKAGE}),
}
AFTER_THE_END: Final = frozenset({Step.RECEIVED, Step.RETURNED, Step.PACKAGE, Step.CONFIRMED})
"""Steps that only the day after the last one allows."""
WITH_LISTS: Final = frozenset({Step.LISTS, Step.FINAL})
DAYS: Final[Mapping[Step, int]] = {
    Step.PLAN_ACCEPTED: -60,
    Step.LISTS: -14,
    Step.FINAL: 0,
    Step.RECEIVED: 3,
    Step.RETURNED: 14,
    Step.PACKAGE: 14,
    Step.CONFIRMED: 30,
}
"""Days from the last day of the term until which a step is due; the plan: three months before."""
PLAN_MONTHS: Final = 3
SOON: Final = dt.timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Stage:
    """A step with its day and how it stands."""

    step: Step
    side: Side
    due: dt.date
    standing: Standing


@dataclass(frozen=True, slots=True)
class ReturnedThing:
    """A line of the 返還・廃棄証明書: 項目, 媒体, 数量, 方法, 日付, 立会."""

    item: str
    medium: str
    quantity: str
    method: str
    day: dt.date
    witness: str


def due_on(step: Step, last_day: dt.date) -> dt.date:
    """Until when ``step`` is to be done for a term that ends with ``last_day``."""
    if step is Step.PLAN:
        return _months_before(last_day, PLAN_MONTHS)
    return last_day + dt.timedelta(days=DAYS[step])


def stages(done: Collection[Step], last_day: dt.date, today: dt.date) -> list[Stage]:
    """Every step as it stands ``today``, when those in ``done`` are done."""
    return [Stage(step, SIDES[step], due_on(step, last_day), _standing(step, done, last_day, today)) for step in Step]


def check_step(step: Step, side: Side, done: Collection[Step], last_day: dt.date, today: dt.date) -> None:
    """Refuse a step that is another's, done already, or comes before its time.

    ``HandoverOrderError``, ``HandoverTooEarlyError``, ``HandoverIncompleteError`` (for the confirmation).
    """
    if SIDES[step] is not side or Step.CONFIRMED in done or (step in done and step not in WITH_LISTS):
        raise HandoverOrderError
    if step in AFTER_THE_END and today <= last_day:
        raise HandoverTooEarlyError
    if step in WITH_LISTS and today > last_day:
        raise HandoverOrderError
    missing = NEEDS[step] - set(done)
    if missing:
        raise HandoverIncompleteError if step is Step.CONFIRMED else HandoverOrderError


def check_note(step: Step, note: str) -> str:
    """The note, tidied; the plan and the lists need one. ``HandoverNoteError`` for none, or one that is too long."""
    tidy = note.strip()
    if len(tidy) > MOST_NOTE or (step in {Step.PLAN, Step.LISTS} and not tidy):
        raise HandoverNoteError(field="note", most=MOST_NOTE)
    return tidy


def check_returned(lines: Iterable[ReturnedThing], last_day: dt.date, today: dt.date) -> list[ReturnedThing]:
    """The lines of a certificate: at least one, every cell filled, no day ahead. ``HandoverLinesError``."""
    found = list(lines)
    if not 0 < len(found) <= MOST_LINES:
        raise HandoverLinesError(field="lines")
    for line in found:
        cells = (line.item, line.medium, line.quantity, line.method, line.witness)
        if any(not cell.strip() or len(cell) > MOST_CELL for cell in cells) or line.day > today:
            raise HandoverLinesError(field="lines")
    return found


def _standing(step: Step, done: Collection[Step], last_day: dt.date, today: dt.date) -> Standing:
    if step in done:
        return Standing.DONE
    due = due_on(step, last_day)
    if due < today:
        return Standing.OVERDUE
    if NEEDS[step] - set(done) or (step in AFTER_THE_END and today <= last_day):
        return Standing.NOT_YET
    return Standing.DUE_SOON if due - today <= SOON else Standing.OPEN


def _months_before(day: dt.date, months: int) -> dt.date:
    """The same day so many months earlier, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    first_of_next = dt.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = first_of_next - dt.timedelta(days=1)
    return last.replace(day=min(day.day, last.day))
