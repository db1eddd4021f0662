"""The texts of law and agreement as they were at first (条文の初版); what holds today is kept and edited by the city.

Each is a file beside this one: its name is the code that other code asks by (at most 40 letters), its first line the
title, and after an empty line one paragraph or article a line. A part that needs a text adds a file. It is planted
once, as version 1; to change its words later, the city writes a version 2 on its page, so a file is never edited.
Sources: domain handbook 7.2 and 7.4. 「拘禁刑」 took the place of 「懲役」 on 2025-06-01.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Seed:
    """A text as it was at first."""

    code: str
    title: str
    body: str


def seeds() -> list[Seed]:
    """All of them, by code."""
    return [_read(path) for path in sorted(Path(__file__).parent.glob("*.txt"))]


def _read(path: Path) -> Seed:
    title, body = path.read_text(encoding="utf-8").split("\n\n", 1)
    return Seed(path.stem, title, body.rstrip("\n"))
