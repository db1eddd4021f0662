"""What the facility's self-check still lacks, and what must not stand in its free texts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from apps.compliance.rules.monitoring.words import Result, Source
from kernel.phone import is_phone
from kernel.width import DASHES, visible

LONGEST: Final = 2000
"""Characters of a free text."""
_RUN: Final = re.compile(rf"[+(]?\d[\d()\s{re.escape(DASHES)}]{{8,17}}\d")


@dataclass(frozen=True, slots=True)
class Answer:
    """An item of the self-check: who fills it in, what was ticked, what was written."""

    source: Source
    result: str
    note: str


def wants_own_result(source: Source) -> bool:
    """Whether the facility fills the item in: all but those that only the city judges."""
    return source is not Source.CITY


def wants_note(result: str) -> bool:
    """Whether a result wants words: what is wrong has to be said."""
    return result in {Result.PARTLY, Result.UNFIT}


def is_answered(answer: Answer) -> bool:
    """Whether nothing is missing of the item."""
    if not wants_own_result(answer.source):
        return True
    return bool(answer.result) and (bool(answer.note) or not wants_note(answer.result))


def missing(answers: Iterable[Answer]) -> int:
    """How many items the facility still has to fill in."""
    return sum(not is_answered(answer) for answer in answers)


def looks_like_phone(text: str) -> bool:
    """Whether ``text`` holds what looks like a telephone number (電話番号らしい数字), in either width."""
    narrow = unicodedata.normalize("NFKC", visible(text))
    return any(is_phone(found[0]) for found in _RUN.finditer(narrow))
