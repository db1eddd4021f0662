"""Tables to save (集計表の保存), made for spreadsheet programs: XLSX, CSV in UTF-8 with BOM, CSV in Shift_JIS."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Final
from urllib.parse import quote

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.styles import Font

from shared.sheets import BOM, FORMULA, Cell, harmless, in_cp932, in_utf8, sheet

__all__ = ["BOM", "FORMATS", "FORMULA", "Cell", "csv_file", "table_file"]

FORMATS: Final = ("xlsx", "csv", "cp932")
LACKING: Final = "X-Unmappable"
"""Header that names the characters, percent-encoded, for which 〓 stands in a file in Shift_JIS."""


def csv_file(name: str, rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """``rows`` as a file called ``name``. A text that would be run as a formula begins with an apostrophe."""
    return _file(name, in_utf8(sheet(rows)), "text/csv; charset=utf-8")


def table_file(name: str, rows: Sequence[Sequence[Cell]], *, form: str, lacking_note: str = "") -> HttpResponse:
    """``rows`` (headings first) as ``<name>.xlsx`` or ``.csv``, in one of ``FORMATS``; another is taken for XLSX.

    Where Shift_JIS lacks characters, a last line says so in ``lacking_note``, and a header names them.
    """
    if form == "csv":
        return csv_file(f"{name}.csv", rows)
    if form == "cp932":
        text, lacking = in_cp932(sheet(rows))
        told = in_cp932(sheet([[lacking_note]]))[0] if lacking else b""
        response = _file(f"{name}.csv", text + told, "text/csv; charset=shift_jis")
        if lacking:
            response[LACKING] = quote(lacking)
        return response
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _file(f"{name}.xlsx", _workbook(rows), kind)


def _workbook(rows: Sequence[Sequence[Cell]]) -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None  # noqa: S101  # a new workbook has one
    for row in rows:
        page.append([harmless(cell) for cell in row])
    for cell in page[1]:
        cell.font = Font(bold=True)
    page.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _file(name: str, content: bytes, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
