"""Which heading means which field: the older 推奨データセット and the newer 自治体標準オープンデータセット.

Source: domain handbook, section 11 (公共施設一覧). Spellings found in published files are accepted too.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from shared.catalogue.rules.problems import FileRefusedError, Problem

HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "municipality_code": ("都道府県コード又は市区町村コード", "市区町村コード", "全国地方公共団体コード"),
    "number": ("NO", "NO.", "ID"),
    "body": ("地方公共団体名",),
    "prefecture": ("都道府県名", "所在地_都道府県"),
    "municipality": ("市区町村名", "所在地_市区町村"),
    "name": ("名称",),
    "name_kana": ("名称_カナ",),
    "name_en": ("名称_英語", "名称_英字"),
    "common_name": ("名称_通称",),
    "poi_code": ("POIコード",),
    "address": ("住所", "所在地_連結表記", "所在地_連結標記"),
    "town": ("所在地_町字",),
    "street": ("所在地_番地以下",),
    "building": ("方書", "建物名等(方書)"),
    "latitude": ("緯度",),
    "longitude": ("経度",),
    "phone": ("電話番号",),
    "extension": ("内線番号",),
    "corporate_number": ("法人番号",),
    "organisation": ("団体名",),
    "open_days": ("利用可能曜日",),
    "opens_at": ("開始時間", "利用開始時間", "開始時刻"),
    "closes_at": ("終了時間", "利用終了時間", "終了時刻"),
    "hours_note": ("利用可能日時特記事項",),
    "description": ("説明",),
    "accessibility": ("バリアフリー情報",),
    "url": ("URL",),
    "note": ("備考",),
}
"""Field -> its headings; where a file has several of them, the first here is read."""

REQUIRED: Final = ("municipality_code", "number", "name", "name_kana", "address")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a file keeps its fields: field -> index of the column, and the headings as they are written."""

    columns: Mapping[str, int]
    headings: tuple[str, ...]
    ignored: tuple[str, ...]
    """Headings that mean nothing here."""

    def heading(self, field: str) -> str:
        """The heading of ``field`` in this file, or its usual one."""
        column = self.columns.get(field)
        return HEADINGS[field][0] if column is None else self.headings[column]


def read_layout(cells: Sequence[str], *, code_given: bool, line: int = 1) -> Layout:
    """The layout of a header row. ``code_given``: the municipality is known, its column may be missing.

    Raises ``FileRefusedError`` for a heading that stands twice (each named) or a required one that is missing.
    """
    headings = tuple(cell.strip() for cell in cells)
    folded = [fold(heading) for heading in headings]
    _refuse_twins(folded, headings, line)
    columns = _find(folded)
    _refuse_missing(columns, code_given=code_given, line=line)
    used = set(columns.values())
    ignored = tuple(heading for index, heading in enumerate(headings) if heading and index not in used)
    return Layout(columns, headings, ignored)


def fold(heading: str) -> str:
    """A heading without what differs between files: width, case, spaces."""
    return "".join(unicodedata.normalize("NFKC", heading).upper().split())


def _find(folded: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for field, spellings in HEADINGS.items():
        index = next((folded.index(fold(name)) for name in spellings if fold(name) in folded), None)
        if index is not None:
            found[field] = index
    return found


def _refuse_twins(folded: Sequence[str], headings: Sequence[str], line: int) -> None:
    twins = [
        Problem("heading_twice", line, headings[index])
        for index, heading in enumerate(folded)
        if heading and heading in folded[:index]
    ]
    if twins:
        raise FileRefusedError(*twins)


def _refuse_missing(columns: Mapping[str, int], *, code_given: bool, line: int) -> None:
    known = set(columns)
    if code_given:
        known.add("municipality_code")
    if {"town", "street"} & known:
        known.add("address")
    missing = [Problem("heading_missing", line, HEADINGS[field][0]) for field in REQUIRED if field not in known]
    if missing:
        raise FileRefusedError(*missing)
