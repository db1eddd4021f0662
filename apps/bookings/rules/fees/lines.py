"""The breakdown of a fee: lines that add up to it, and the columns ① to ⑦ of the forms."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Step(StrEnum):
    """The steps of a fee, in their order."""

    BASE = "base"
    MIDDLE = "middle"
    EXTENSION = "extension"
    SURCHARGE = "surcharge"
    CLIMATE = "climate"
    EQUIPMENT = "equipment"
    REDUCTION = "reduction"
    ROUNDING = "rounding"


class Column(StrEnum):
    """The columns of the office's fee box (料金欄)."""

    BASE = "base"  # ① 基本
    SURCHARGE = "surcharge"  # ② 加算
    REDUCTION = "reduction"  # ③ 減免
    SUBTOTAL = "subtotal"  # ④ 小計
    CLIMATE = "climate"  # ⑤ 冷暖房
    EQUIPMENT = "equipment"  # ⑥ 設備
    TOTAL = "total"  # ⑦ 合計


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its step, the column it stands in, the key of its sentence with what it tells, article and amount."""

    step: Step
    column: Column
    key: str
    amount: int
    article: str = ""
    label: str = ""
    detail: str = ""
    """A figure or a ratio for the sentence, as text: ``3/2``, ``2``, ``12:00-13:00``."""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A fee with all its lines. ``tax`` is the part of ``total`` that is consumption tax at ``tax_rate``."""

    lines: tuple[Line, ...]
    tax_rate: Fraction
    tax: int

    @property
    def total(self) -> int:
        """What is to be paid."""
        return sum(line.amount for line in self.lines)

    def of(self, column: Column) -> int:
        """The amount of a column; the subtotal is ① to ③, the total everything."""
        return column_sum(self.lines, column)


def not_dearer(here: Breakdown, before: Breakdown | None) -> Breakdown | None:
    """What is charged of a use that a public use moved: its fee, or that of the use as it was where that is lower.

    None where nothing was charged for that: it stays so.
    """
    return here if before is not None and here.total <= before.total else before


def column_sum(lines: tuple[Line, ...], column: Column) -> int:
    """The amount of a column of ``lines``. A rounding of the whole stands in the total only."""
    if column is Column.TOTAL:
        return sum(line.amount for line in lines)
    wanted = {Column.BASE, Column.SURCHARGE, Column.REDUCTION} if column is Column.SUBTOTAL else {column}
    return sum(line.amount for line in lines if line.column in wanted)
