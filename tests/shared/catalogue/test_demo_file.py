"""The demonstration city's file."""

from __future__ import annotations

import re
from pathlib import Path

from shared.catalogue.reading import open_catalogue
from shared.catalogue.rules.problems import Problem
from shared.catalogue.rules.rows import Entry

FILE = Path(__file__).parents[3] / "deploy" / "demo" / "inzai_public_facilities.csv"


def entries() -> list[Entry]:
    found = list(open_catalogue(FILE).entries())
    assert [one for one in found if isinstance(one, Problem)] == []
    return [one for one in found if isinstance(one, Entry)]


def test_it_has_no_problem_and_no_column_in_vain() -> None:
    assert len(entries()) >= 40
    assert open_catalogue(FILE).layout.ignored == ()


def test_it_begins_with_a_byte_order_mark_as_spreadsheets_want_it() -> None:
    assert FILE.read_bytes().startswith(b"\xef\xbb\xbf")


def test_its_phone_numbers_are_invented() -> None:
    assert all(re.fullmatch(r"0476-00-00\d\d", str(entry.values["phone"])) for entry in entries())


def test_it_has_the_four_facilities_of_the_welfare_complex() -> None:
    complex_ = {str(entry.values["name"]) for entry in entries() if entry.values["building"] == "総合福祉センター"}
    assert complex_ == {"中央老人福祉センター", "地域福祉センター", "福祉作業所コスモス", "子どもふれあいセンター"}
