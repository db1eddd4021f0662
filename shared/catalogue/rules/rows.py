"""From a row's cells to an entry of the catalogue, or to all that is wrong with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Final

from shared.catalogue.rules import cells
from shared.catalogue.rules.layout import REQUIRED, Layout
from shared.catalogue.rules.prefectures import prefecture_of
from shared.catalogue.rules.problems import Problem, UnfitError

Value = str | Decimal | dt.time | tuple[str, ...] | None
Parse = Callable[[str], Value]

LENGTHS: Final = {
    "body": 40,
    "prefecture": 10,
    "municipality": 30,
    "name": 100,
    "name_kana": 150,
    "name_en": 150,
    "common_name": 100,
    "address": 150,
    "town": 80,
    "street": 80,
    "building": 100,
    "organisation": 100,
    "open_days": 40,
    "hours_note": 300,
    "description": 10_000,
    "note": 10_000,
}
"""Code points that a plain text may have."""
CODE_LENGTHS: Final = {"number": 20, "poi_code": 10, "extension": 20}
PARSERS: Final[Mapping[str, Parse]] = {
    **{field: partial(cells.text, longest=longest) for field, longest in LENGTHS.items()},
    **{field: partial(cells.code, longest=longest) for field, longest in CODE_LENGTHS.items()},
    "municipality_code": cells.municipality_code,
    "corporate_number": cells.corporate_number,
    "latitude": cells.latitude,
    "longitude": cells.longitude,
    "phone": partial(cells.phone, longest=40),
    "opens_at": cells.opening,
    "closes_at": cells.closing,
    "accessibility": partial(cells.words, longest=60),
    "url": partial(cells.url, longest=300),
}
WAYS_TO_SAY: Final = ("body", "town", "street")
"""Columns that only help to say another one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A valid row: its key (municipality's code and NO), and field -> value for the columns that the file has."""

    municipality_code: str
    number: str
    values: Mapping[str, Value]

    @property
    def key(self) -> tuple[str, str]:
        """What makes it the same facility when a file is loaded again."""
        return self.municipality_code, self.number


def read_row(layout: Layout, row: Sequence[str], line: int, *, city_code: str = "") -> Entry | list[Problem]:
    """The entry of a row, or all its problems. ``city_code`` is the only municipality wanted, if one is named."""
    width = len(layout.headings)
    if len(row) < width or any(cell.strip() for cell in row[width:]):
        return [Problem("wrong_number_of_cells", line, params={"wanted": width, "found": len(row)})]
    values: dict[str, Value] = {"municipality_code": city_code}
    problems: list[Problem] = []
    for field, cell in _cells(layout, row, city_code):
        try:
            values[field] = PARSERS[field](cell)
        except UnfitError as unfit:
            problems.append(Problem(unfit.code, line, layout.heading(field), unfit.params))
    return problems or _entry(layout, values, line, city_code)


def _cells(layout: Layout, row: Sequence[str], city_code: str) -> list[tuple[str, str]]:
    """The fields that the row says; an empty code says nothing where the city is named."""
    said = [(field, row[column]) for field, column in layout.columns.items()]
    return [(field, cell) for field, cell in said if cell.strip() or field != "municipality_code" or not city_code]


def _entry(layout: Layout, values: dict[str, Value], line: int, city_code: str) -> Entry | list[Problem]:
    said = _said_otherwise(values)
    found = [Problem("empty", line, layout.heading(field)) for field in REQUIRED if not said[field]]
    if city_code and said["municipality_code"] != city_code:
        found.append(Problem("other_municipality", line, layout.heading("municipality_code"), {"code": city_code}))
    if (said.get("latitude") is None) != (said.get("longitude") is None):
        found.append(Problem("half_a_point", line, layout.heading("latitude")))
    if found:
        return found
    code, number = str(said.pop("municipality_code")), str(said.pop("number"))
    return Entry(code, number, said)


def _said_otherwise(values: Mapping[str, Value]) -> dict[str, Value]:
    """The values with prefecture, municipality and address made from the newer set's parts where they are missing."""
    said = {field: value for field, value in values.items() if field not in WAYS_TO_SAY}
    said["prefecture"] = said.get("prefecture") or prefecture_of(str(values["municipality_code"]))
    said["municipality"] = said.get("municipality") or _body(values).removeprefix(str(said["prefecture"]))
    if not said.get("address"):
        parts = (values.get("town"), values.get("street"))
        said["address"] = "".join(str(part) for part in (said["prefecture"], said["municipality"], *parts) if part)
        if not any(parts):
            said["address"] = ""
    return said


def _body(values: Mapping[str, Value]) -> str:
    return str(values.get("body") or "")
