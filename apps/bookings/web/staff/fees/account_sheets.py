"""The accounts of a period as a file: amounts by the bookings' numbers, no person."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.utils.translation import gettext as __
from django.views.decorators.http import require_safe

from apps.bookings.fee_texts import PAYMENT_TEXTS
from apps.bookings.queries.refunds import Account, sums_of
from apps.bookings.web.staff.fees.accounts import form_of, lines_in
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.guard import needs
from shared.web.sheets import Cell, table_file


@needs(Right.BOOKINGS_SEE)
@require_safe
def account_sheet(request: SiteRequest) -> HttpResponse:
    """The same as a file."""
    form = form_of(request)
    if not form.is_valid():
        raise BadRequest(next(iter(form.errors.values()))[0])
    lines = lines_in(form)
    said = form.cleaned_data
    name = f"shuno-{said['first']:%Y%m%d}-{said['last']:%Y%m%d}"
    record(actor_of(request), Action.EXPORT, object_type="accounts", object_id=name)
    note = __("この文字コードにない文字は〓で表しています。")
    return table_file(name, _table(lines), form=request.GET.get("form", "xlsx"), lacking_note=note)


def _table(lines: list[Account]) -> list[list[Cell]]:
    headings: list[Cell] = [
        __("受付番号"),
        __("利用日"),
        __("施設"),
        __("室場"),
        __("調定額（円）"),
        __("収納額（円）"),
        __("還付額（円）"),
        __("未納額（円）"),
        __("還付未済額（円）"),
        __("納付期限"),
        __("収納状態"),
    ]
    rows: list[list[Cell]] = [[*_cells(one)] for one in lines]
    sums = sums_of([one.ledger for one in lines])
    total: list[Cell] = [__("計"), "", "", "", sums.charged, sums.received, sums.returned, sums.owed, sums.open, "", ""]
    return [headings, *rows, total]


def _cells(one: Account) -> list[Cell]:
    booking, ledger = one.booking, one.ledger
    return [
        booking.number,
        f"{booking.day}",
        booking.room.facility.name,
        booking.room.name,
        ledger.charged,
        ledger.received,
        ledger.out,
        max(0, ledger.owed),
        ledger.due + ledger.open,
        f"{booking.due_on}" if booking.due_on else "",
        str(PAYMENT_TEXTS[ledger.state]),
    ]
