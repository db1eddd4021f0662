"""Grounds on which a use is not permitted (不許可の事由), as the ordinances commonly list them.

A seed wording: a city replaces the clauses by those of its own ordinance before it goes live. A refusal names the
provision applied beside its reason (行政手続条例の理由の提示).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from apps.bookings.errors import UnknownGroundError


@dataclass(frozen=True, slots=True)
class Ground:
    """One clause: its stable code, where it stands in the ordinance, and its text."""

    code: str
    clause: str
    text: str


GROUNDS: Final = (
    Ground("order", "第６条第１号", "公の秩序又は善良の風俗を害するおそれがあると認められるとき。"),
    Ground("damage", "第６条第２号", "施設又は設備を損傷し、又は滅失するおそれがあると認められるとき。"),
    Ground("violence", "第６条第３号", "集団的に、又は常習的に暴力的不法行為を行うおそれがあると認められるとき。"),
    Ground("management", "第６条第４号", "その他施設の管理上支障があると認められるとき。"),
)


def ground_of(code: str) -> Ground:
    """The ground with that code; ``UnknownGroundError`` for any other."""
    found = next((ground for ground in GROUNDS if ground.code == code), None)
    if found is None:
        raise UnknownGroundError(field="ground")
    return found


def provision(ordinance: str, ground: Ground) -> str:
    """根拠規定 as printed: 印西市…条例第６条第４号（その他施設の管理上支障があると認められるとき。）."""
    return f"{ordinance}{ground.clause}（{ground.text}）"
