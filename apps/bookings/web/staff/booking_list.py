"""The ledger of bookings (予約台帳): a period by filters, page after page, as a file, and with acts on what is chosen.

What is typed to look for a registrant travels in the body of a POST only. The file names nobody: what names persons
leaves by an approved export (持出し) alone.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from apps.bookings.fee_texts import PAYMENT_TEXTS
from apps.bookings.models import Booking
from apps.bookings.queries.booking_list import (
    MOST_IN_FILE,
    bookings_of,
    named_documents,
    page_of,
    purposes_of_tenant,
)
from apps.bookings.queries.inbox import rooms_of_desk
from apps.bookings.queries.ledgers import ledger_from
from apps.bookings.rules.cursor import read_cursor
from apps.bookings.web.staff.booking_list_form import ListForm, usual_period
from apps.registrants.queries.search import MOST, found_by
from apps.registrants.rules.search import read_search
from kernel import clock
from shared.audit.models import Action
from shared.audit.record import record
from shared.frame.templatetags.frame import clock as hours
from shared.requests import SiteRequest, actor_of, tenant_of
from shared.staff.rights import Right
from shared.web.guard import needs
from shared.web.sheets import Cell, table_file

PAGE_SIZE: Final = 50


@needs(Right.BOOKINGS_SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def booking_list(request: SiteRequest) -> HttpResponse:
    """A page of the ledger."""
    form = _form(request)
    if not form.is_valid():
        return render(request, "bookings/staff/booking_list.html", {"form": form}, status=422)
    wanted = form.wanted(_looked_for(request, form))
    cursors = {name: read_cursor(request.POST.get(name, "")) for name in ("after", "before")}
    page = page_of(wanted, size=PAGE_SIZE, **cursors)
    record(
        actor_of(request),
        Action.SEARCH if wanted.registrants is not None else Action.VIEW,
        object_type="booking_list",
        persons=[one.registrant_id for one in page.rows],
        found=page.count,
        shown=len(page.rows),
    )
    documents = named_documents(page.rows)
    context: dict[str, Any] = {
        "form": form,
        "page": page,
        "lines": [(one, paid_state(one), documents.get(one.pk, [])) for one in page.rows],
        "wanted": wanted,
    }
    return render(request, "bookings/staff/booking_list.html", context)


@needs(Right.BOOKINGS_SEE)
@require_POST
def booking_list_file(request: SiteRequest) -> HttpResponse:
    """The same bookings as a table to save, without any name."""
    form = _form(request)
    if not form.is_valid():
        return render(request, "bookings/staff/booking_list.html", {"form": form}, status=422)
    wanted = form.wanted(_looked_for(request, form))
    rows = list(bookings_of(wanted)[: MOST_IN_FILE + 1])
    if len(rows) > MOST_IN_FILE:
        raise BadRequest(
            _("一度に保存できるのは%(most)s件までです。期間を短くしてください。") % {"most": f"{MOST_IN_FILE:,}"}
        )
    record(
        actor_of(request),
        Action.EXPORT,
        object_type="booking_list",
        found=len(rows),
        first=f"{wanted.first}",
        last=f"{wanted.last}",
    )
    note = _("この文字コードで表せない文字を〓に置き換えました。")
    table = _table(rows)
    return table_file(
        f"bookings-{wanted.first}-{wanted.last}", table, form=request.POST.get("format", ""), lacking_note=note
    )


def paid_state(booking: Booking) -> str:
    """The word for how far a booking of the ledger is paid."""
    return str(PAYMENT_TEXTS[ledger_from(booking).state])


def _form(request: SiteRequest) -> ListForm:
    data = request.POST if request.method == "POST" else _without_person(request)
    return ListForm(data, rooms=rooms_of_desk(), purposes=purposes_of_tenant())


def _without_person(request: SiteRequest) -> Any:
    """The address's parameters; a name that somebody put there is not read."""
    data = request.GET.copy()
    data.pop("q", None)
    if not {"first", "last"} & set(data):
        first, last = usual_period()
        data.update({"first": f"{first}", "last": f"{last}"})
    return data


def _looked_for(request: SiteRequest, form: ListForm) -> Collection[UUID] | None:
    """The registrants whom the search text means; None where there is none."""
    typed = form.cleaned_data["q"]
    prefix = tenant_of(request).number_prefix
    text = read_search(typed, prefix=prefix) if typed else None
    if text is None:
        return None
    return [one.pk for one in found_by(text, prefix=prefix, start=0, size=MOST).rows]


def _table(rows: list[Booking]) -> list[list[Cell]]:
    documents = named_documents(rows)
    heads = (
        _("受付番号"),
        _("受付日"),
        _("受付経路"),
        _("利用日"),
        _("開始"),
        _("終了"),
        _("施設"),
        _("室場"),
        _("利用者の区分"),
        _("利用目的"),
        _("人数"),
        _("状態"),
        _("料金"),
        _("収納済み"),
        _("収納の状態"),
        _("文書番号"),
    )
    return [list(heads), *([*_cells(one), " ".join(documents.get(one.pk, []))] for one in rows)]


def _cells(one: Booking) -> list[Cell]:
    applied = (one.applied_at or one.created_at).astimezone(clock.TOKYO)
    return [
        one.number,
        f"{applied:%Y-%m-%d}",
        str(one.get_channel_display()),
        f"{one.day}",
        hours(one.during.lower),
        hours(one.during.upper),
        one.room.facility.name,
        one.room.name,
        str(one.registrant.get_kind_display()),
        one.purpose.name if one.purpose else "",
        one.headcount,
        str(one.get_state_display()),
        vars(one)["fee_total"],
        vars(one)["received"],
        paid_state(one),
    ]
