"""Catalogue files of an invented city, written by each test as it needs them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

CITY = "122319"
OLDER = (
    "都道府県コード又は市区町村コード", "NO", "都道府県名", "市区町村名", "名称", "名称_カナ", "名称_通称", "POIコード",
    "住所", "方書", "緯度", "経度", "電話番号", "内線番号", "法人番号", "団体名", "利用可能曜日", "開始時間",
    "終了時間", "利用可能日時特記事項", "説明", "バリアフリー情報", "URL", "備考",
)  # fmt: skip
NEWER = (
    "全国地方公共団体コード", "ID", "地方公共団体名", "名称", "名称_カナ", "名称_英語", "所在地_連結表記",
    "所在地_町字", "所在地_番地以下", "建物名等(方書)", "高度の種別", "画像",
)  # fmt: skip
HALL = {
    "都道府県コード又は市区町村コード": CITY,
    "NO": "0001",
    "都道府県名": "千葉県",
    "市区町村名": "印西市",
    "名称": "架空市民体育館",
    "名称_カナ": "カクウシミンタイイクカン",
    "住所": "千葉県印西市架空1-2",
}


def facility(**cells: str) -> dict[str, str]:
    """A row that is valid, but for what ``cells`` says of some headings."""
    return {**HALL, **cells}


def text_of(rows: Iterable[dict[str, str]], headings: Sequence[str] = OLDER, *, line_end: str = "\r\n") -> str:
    """CSV text with a header."""
    out = io.StringIO()
    writer = csv.DictWriter(out, headings, restval="", lineterminator=line_end)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def file_of(folder: Path, *rows: dict[str, str], encoding: str = "utf-8", headings: Sequence[str] = OLDER) -> Path:
    """A file with ``rows``."""
    return written(folder, text_of(rows, headings), encoding=encoding)


def written(folder: Path, text: str, *, encoding: str = "utf-8") -> Path:
    """A file with ``text``, byte by byte as given."""
    path = folder / "facilities.csv"
    path.write_bytes(text.encode(encoding))
    return path
