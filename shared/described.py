"""What a model keeps of a person (データ辞書): declared on the model, read by the register of personal data files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Described:
    """The fields of a model: each with its word for the public register, or named as saying nothing of anybody.

    ``file`` is the 個人情報ファイル that the rows belong to; empty for rows that only administer.
    """

    file: str = ""
    personal: Mapping[str, Any] = field(default_factory=dict)
    """Field -> label (記録項目)."""
    plain: frozenset[str] = frozenset()
    """Derived from another field, or about the row and not the person."""


def plain(names: str) -> frozenset[str]:
    """The names in ``names``, parted by spaces."""
    return frozenset(names.split())
