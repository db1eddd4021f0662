"""個人情報ファイル簿 at the city: a page, and the table to publish. It names no person."""

from __future__ import annotations

from typing import Final

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.compliance.queries.file_book import PUBLISHED_FROM, BookRow, file_book
from apps.compliance.web.city.chrome import page
from shared.requests import SiteRequest
from shared.staff.rights import Right
from shared.web.guard import needs
from shared.web.sheets import Cell, csv_file

PAGE_SIZE: Final = 10


@needs(Right.REGISTERS_SEE)
@require_safe
def book(request: SiteRequest) -> HttpResponse:
    """Every facility's files, with the number of people and whether the law asks for the entry."""
    found = Paginator(file_book(), PAGE_SIZE).get_page(request.GET.get("page"))
    trail = [(_("管理"), reverse("city:office")), (_("個人情報ファイル簿"), "")]
    return page(request, "file_book.html", page_obj=found, least=PUBLISHED_FROM, trail=trail)


@needs(Right.REGISTERS_SEE)
@require_safe
def book_csv(request: SiteRequest) -> HttpResponse:
    """The same as a file."""
    rows = file_book()
    headings = [str(label) for label, _text in rows[0].cells] if rows else []
    return csv_file("personal-information-files.csv", [[*headings, _("本人の数"), _("備考")], *map(_line, rows)])


def _line(row: BookRow) -> list[Cell]:
    note = "" if row.must_be_published else _("1,000人未満")
    return [*(str(text) for _label, text in row.cells), row.people, note]
