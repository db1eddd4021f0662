"""No CSV that the product writes runs in a spreadsheet program: there is one place that writes them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shared.sheets import FORMULA, sheet

ROOT = Path(__file__).parents[2]
SOURCES = [path for top in ("apps", "shared", "tenants", "platform") for path in (ROOT / top).rglob("*.py")]
WRITES = re.compile(r"\bcsv\.(?:writer|DictWriter)\b|\b(?:writerow|writerows)\(")
SENDS = re.compile(r"text/csv")


def those_with(pattern: re.Pattern[str]) -> set[str]:
    return {str(path.relative_to(ROOT)) for path in SOURCES if pattern.search(path.read_text(encoding="utf-8"))}


def test_one_place_writes_cells() -> None:
    assert those_with(WRITES) == {"shared/sheets.py"}


def test_whoever_sends_a_csv_has_it_from_there() -> None:
    without = [one for one in those_with(SENDS) if "from shared.sheets import" not in (ROOT / one).read_text("utf-8")]
    assert without == []


@pytest.mark.parametrize("begin", FORMULA)
@pytest.mark.parametrize("before", ["", " ", "　", " 　 "])
def test_a_cell_that_would_run_does_not(begin: str, before: str) -> None:
    text = sheet([[f"{before}{begin}cmd|' /C calc'!A0", "見本"]])
    assert text.lstrip('"').startswith("'")
