"""Tables to save (集計表の保存), made for spreadsheet programs: CSV in UTF-8 with BOM."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from shared.sheets import BOM, FORMULA, Cell, in_utf8, sheet

__all__ = ["BOM", "FORMULA", "Cell", "csv_file"]


def csv_file(name: str, rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """``rows`` as a file called ``name``. A text that would be run as a formula begins with an apostrophe."""
    response = HttpResponse(in_utf8(sheet(rows)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
