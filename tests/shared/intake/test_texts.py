"""What is told of a row: each code that the source names has its sentence, or the page that lists it would break."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shared.intake.rules.left import COLUMN
from shared.problems import texts

ROOT = Path(__file__).parents[3]
SOURCES = [*ROOT.glob("shared/intake/**/*.py"), *ROOT.glob("apps/*/services/intake/*.py")]


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_code_of_a_row_has_a_sentence(source: Path) -> None:
    codes = set(re.findall(r'"(row_[a-z_]+)"', source.read_text(encoding="utf-8"))) - {COLUMN}
    assert codes - texts().keys() == set()
