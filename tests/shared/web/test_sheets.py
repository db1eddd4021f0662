"""Tables to save."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest

from shared.web.sheets import csv_file


def cells(value: object) -> list[str]:
    text = csv_file("table.csv", [["施設", value]]).content.decode("utf-8-sig")  # type: ignore[list-item]  # on purpose
    [row] = csv.reader(io.StringIO(text))
    return row


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "＝1", "　＋1", "－1", "＠x", "\r=1"])
def test_a_text_that_would_be_run_as_a_formula_is_kept_a_text(text: str) -> None:
    assert cells(text)[1] == f"'{text}"


@pytest.mark.parametrize(
    ("value", "shown"), [(-5, "-5"), (Decimal("74.2"), "74.2"), (None, ""), ('体育館,\n"A"', '体育館,\n"A"')]
)
def test_other_cells_come_through_as_they_are(value: object, shown: str) -> None:
    assert cells(value)[1] == shown


def test_the_file_begins_with_a_bom_and_is_saved_under_its_name() -> None:
    answer = csv_file("usage-2026-05.csv", [["施設"]])
    assert answer.content == b"\xef\xbb\xbf" + "施設\r\n".encode()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="usage-2026-05.csv"'
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
