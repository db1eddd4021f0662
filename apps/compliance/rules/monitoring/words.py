"""The words of the cycle as values: states of a month, results of an item, states of a finding, grades."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class State(StrEnum):
    """How far a month has come (状態). The database lets each side move on only its own steps."""

    SELF_CHECK = "self_check"
    """自己点検: the facility fills in."""
    REPORTED = "reported"
    """市の確認待ち: the city looks, on the spot."""
    IMPROVING = "improving"
    """改善計画待ち: the facility answers findings."""
    PLANNED = "planned"
    """改善の確認待ち: the city confirms."""
    CLOSED = "closed"
    """判定済み."""


class Result(StrEnum):
    """What was found of one item (結果)."""

    FIT = "fit"
    PARTLY = "partly"
    UNFIT = "unfit"
    NONE = "none"


class FindingState(StrEnum):
    """How far a finding has come (指摘の状態)."""

    ASKED = "asked"
    PLANNED = "planned"
    RETURNED = "returned"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


class Grade(StrEnum):
    """総合評価."""

    A = "A"
    B = "B"
    C = "C"


class Source(StrEnum):
    """Who fills an item in (記入者): the system's figures with the facility's word, the facility, the city alone."""

    AUTO = "auto"
    FACILITY = "facility"
    CITY = "city"


WAITS_FOR_FACILITY: Final = frozenset({State.SELF_CHECK, State.IMPROVING})
WAITS_FOR_CITY: Final = frozenset({State.REPORTED, State.PLANNED})
OPEN_FINDINGS: Final = frozenset({FindingState.ASKED, FindingState.PLANNED, FindingState.RETURNED})
TO_ANSWER: Final = frozenset({FindingState.ASKED, FindingState.RETURNED})
"""Findings that want an improvement plan."""
