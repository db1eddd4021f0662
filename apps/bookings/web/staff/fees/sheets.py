"""The yearly total of reductions as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook

from apps.bookings.queries.reduction_totals import Total

HEADINGS = ("根拠条項", "減免の事由", "承認（件）", "不承認（件）", "減免額（円）")


def totals_workbook(year: int, totals: Sequence[Total]) -> bytes:
    """One sheet: a row for each ground, then the sum."""
    book = Workbook()
    sheet = book.create_sheet(f"減免{year}年度", 0)
    book.remove(book.worksheets[1])
    sheet.append(HEADINGS)
    for one in totals:
        sheet.append((one.article, one.label, one.granted, one.refused, one.taken))
    sums = [sum(getattr(one, name) for one in totals) for name in ("granted", "refused", "taken")]
    sheet.append(("", "合計", *sums))
    for column, width in zip("ABCDE", (20, 36, 12, 12, 16), strict=True):
        sheet.column_dimensions[column].width = width
    content = BytesIO()
    book.save(content)
    return content.getvalue()
