"""No CSV that the product writes runs in a spreadsheet program: the places that write one are found, and go one way."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from django.test import Client
from openpyxl import load_workbook

from shared.sheets import BOM, FORMULA, sheet
from shared.staff.rights import CITY_ROLES, DESK_ROLES
from shared.web.sheets import table_file
from tests import factories
from tests.attack.actors import browser
from tests.attack.addresses import expected
from tests.attack.test_identifiers import told
from tests.attack.test_mass_assignment import things
from tests.support.clients import signed_in

ROOT = Path(__file__).parents[2]
SOURCES = [path for top in ("apps", "shared", "tenants", "platform") for path in (ROOT / top).rglob("*.py")]
WRITES = re.compile(r"\bcsv\.(?:writer|DictWriter)\b|\b(?:writerow|writerows)\(")
COPIES = re.compile(r"TO STDOUT.*FORMAT csv|FORMAT csv.*TO STDOUT", re.IGNORECASE)
BOOKS = re.compile(r"openpyxl|xlsxwriter|xlwt|\bodf\b")
SENDS = re.compile(r"text/csv")
EXACT: Final = {"tenants/package/writing.py"}
"""The package of a tenant's data is an exact copy, read back and compared cell by cell: an apostrophe would change it.
It is written by a command for the city's administrators, and is no table for a spreadsheet program."""


def those_with(pattern: re.Pattern[str]) -> set[str]:
    return {str(path.relative_to(ROOT)) for path in SOURCES if pattern.search(path.read_text(encoding="utf-8"))}


def test_one_place_writes_cells() -> None:
    assert those_with(WRITES) == {"shared/sheets.py"}


def test_postgresql_writes_none_but_the_exact_copy() -> None:
    assert those_with(COPIES) == EXACT


def test_workbooks_are_written_in_one_place_that_makes_their_cells_harmless() -> None:
    assert those_with(BOOKS) == {"shared/web/sheets.py"}
    book = load_workbook(io.BytesIO(table_file("見本", [["=1+1"], ["　@SUM"]], form="xlsx").content))
    assert [cell.value for row in book.active.iter_rows() for cell in row] == ["'=1+1", "'　@SUM"]  # type: ignore[union-attr]  # it has a sheet


def test_whoever_sends_a_csv_has_it_from_there() -> None:
    without = [
        one
        for one in those_with(SENDS)
        if not re.search(r"from shared\.(?:web\.)?sheets import", (ROOT / one).read_text("utf-8"))
    ]
    assert without == []


@pytest.mark.parametrize("begin", FORMULA)
@pytest.mark.parametrize("before", ["", " ", "　", " 　 "])
def test_a_cell_that_would_run_does_not(begin: str, before: str) -> None:
    text = sheet([[f"{before}{begin}cmd|' /C calc'!A0", "見本"]])
    assert text.lstrip('"').startswith("'")


def staff(site: str) -> Client:
    if site == "city":
        return signed_in(browser("city"), factories.city_officer(roles=list(CITY_ROLES)))
    return signed_in(browser("desk"), factories.clerk(roles=list(DESK_ROLES)))


def running(content: bytes) -> list[str]:
    """The cells of a CSV file that a spreadsheet program would run."""
    rows = csv.reader(io.StringIO(content.decode().removeprefix(BOM)))
    return [cell for row in rows for cell in row if cell.lstrip(" \u3000").startswith(FORMULA)]


@pytest.mark.parametrize("site", ["desk", "city"])
def test_no_address_answers_with_a_cell_that_runs(database: None, site: str) -> None:
    """Every address that answers with a CSV, found by asking all of them, with formulas among what it tells."""
    factories.facility(name="=cmd|' /C calc'!A0")
    ids, client = things(), staff(site)
    found: dict[str, list[str]] = {}
    for address in (one for one in expected() if one.site == site and one.path != "/logout/"):
        for answer in _asked(client, told(address, ids)):
            if "text/csv" in answer.headers.get("Content-Type", ""):
                found[address.path] = running(answer.content)
    assert found
    assert {path: cells for path, cells in found.items() if cells} == {}


def _asked(client: Client, path: str) -> Iterator[Any]:
    """What is answered there, and what is when it is posted to as well, where a file may be asked for so."""
    yield client.get(path)
    if path.rstrip("/").endswith("csv"):
        yield client.post(path, {})
