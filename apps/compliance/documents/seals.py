"""封印の一覧 as PDF: kept on paper, it finds even what the owner of the database has changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Protocol

from kernel.wareki import format_date
from shared.documents.renderer import render_pdf

TEMPLATE: Final = Path(__file__).parent / "seals.typ"
NOTE: Final = (
    "この一覧を保管してください。後日、検証の結果と見比べると、操作記録と封印の両方が書き換えられていても分かります。"
)
GROUP: Final = 8
"""Figures of a root in a group, for the eye."""


class Sealed(Protocol):
    """What the paper says of a facility's seal."""

    @property
    def block(self) -> int: ...
    @property
    def rows(self) -> int: ...
    @property
    def root(self) -> bytes | memoryview: ...


def seals_pdf(day: dt.date, seals: Iterable[tuple[str, Sealed]], *, printed_on: dt.date) -> bytes:
    """The seals of ``day``: name of the facility, last block, entries of the day, root."""
    return render_pdf(
        TEMPLATE,
        {
            "title": f"操作記録の封印の一覧（{format_date(day)}）",
            "note": NOTE,
            "printed_on": format_date(printed_on),
            "lines": [
                {
                    "name": name,
                    "block": f"{seal.block:,}",
                    "rows": f"{seal.rows:,}",
                    "root": in_groups(bytes(seal.root).hex()),
                }
                for name, seal in seals
            ],
        },
        dated=printed_on,
    )


def in_groups(root: str) -> str:
    """A root in groups of eight figures."""
    return " ".join(root[start : start + GROUP] for start in range(0, len(root), GROUP)) or "－"
