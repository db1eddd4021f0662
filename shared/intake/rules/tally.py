"""What came of the rows of a passage: counts, remarks with their first lines, and the texts that stand for choices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from shared.intake.rules.target import Problem

LINES_TOLD: Final = 20
TEXTS_TOLD: Final = 80
"""Texts of a field that are told, of those that are understood and of those that are not each."""


@dataclass(slots=True)
class Tally:
    """Grows with what is remarkable, not with the rows."""

    counts: Counter[str] = field(default_factory=Counter)
    warnings: dict[tuple[str, str], tuple[int, list[int]]] = field(default_factory=dict)
    params: dict[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)
    """Of remarks: those that all rows have alike."""
    texts: dict[tuple[str, bool], Counter[str]] = field(default_factory=dict)
    left: list[dict[str, Any]] = field(default_factory=list)
    """Columns that are not taken, as remarks."""

    def warn(self, line: int, problem: Problem) -> None:
        """Count a remark, and remember the first lines."""
        count, lines = self.warnings.get((problem.code, problem.field), (0, []))
        if len(lines) < LINES_TOLD:
            lines.append(line)
        self.warnings[problem.code, problem.field] = count + 1, lines
        alike = self.params.setdefault((problem.code, problem.field), problem.params)
        if alike != problem.params:
            self.params[problem.code, problem.field] = {}

    def note(self, code: str, text: str, *, is_known: bool) -> None:
        """Count a text that stands for a choice of the field ``code``, and whether it was understood."""
        texts = self.texts.setdefault((code, is_known), Counter())
        if text in texts or len(texts) < TEXTS_TOLD:
            texts[text] += 1

    def told(self) -> list[dict[str, Any]]:
        """The remarks, the most frequent first; behind them the columns that are not taken."""
        found = [
            {"code": code, "field": name, "params": dict(self.params[code, name]), "count": count, "lines": lines}
            for (code, name), (count, lines) in self.warnings.items()
        ]
        return sorted(found, key=lambda one: -int(str(one["count"]))) + self.left

    def told_texts(self) -> dict[str, dict[str, int]]:
        """Field -> text -> rows."""
        found: dict[str, dict[str, int]] = {}
        for (code, _), texts in self.texts.items():
            found.setdefault(code, {}).update(texts)
        return found
