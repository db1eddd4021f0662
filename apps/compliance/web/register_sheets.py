"""Printing the registers, at the desk and at the city; each printing is recorded."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from apps.compliance.documents.registers import RegisterSheet, register_pdf
from apps.compliance.queries.registers import Register
from kernel import clock
from kernel.wareki import format_fiscal_year
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of


def printed(request: SiteRequest, register: Register, rows: Any, *, facility: str, year: int | None) -> HttpResponse:
    """The PDF of ``rows``, with the mark of whoever prints it."""
    with override("ja"):
        sheet = RegisterSheet(
            title=str(register.label),
            subtitle=format_fiscal_year(year) if year else _("すべての年度"),
            facility=facility,
            headings=[_("番号"), *map(str, register.headings)],
            lines=[[str(row.serial), *register.cells(row)] for row in rows],
            printed_on=clock.today(),
        )
    record(actor_of(request), Action.PRINT, object_type="register", register=register.code, count=len(sheet.lines))
    return pdf(register_pdf(sheet), f"{register.code}.pdf")


def pdf(content: bytes, name: str) -> HttpResponse:
    """``content``, shown in the browser and stored by nobody."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
