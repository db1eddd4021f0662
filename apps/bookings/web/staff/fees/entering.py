"""Entering a table: typed, then shown with what it changes, then set."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from apps.bookings.errors import BadTableError
from apps.bookings.fee_texts import REASON_TEXTS
from apps.bookings.rules.fees.use import UsedSlot
from apps.bookings.services.fees.preview import preview
from apps.bookings.services.fees.tables import NewTable, check, enter_tables
from kernel.errors import DomainError
from shared.requests import SiteRequest, actor_of
from shared.web.forms import tell

NOT_TYPED = frozenset({"csrfmiddlewaretoken", "confirmed", "again"})
Page = Callable[[int], HttpResponse]


def enter(
    request: SiteRequest,
    form: forms.Form,
    made: Callable[[], NewTable],
    page: Page,
    *,
    slots: tuple[UsedSlot, ...] = (),
    title: str,
) -> HttpResponse:
    """Answer a POST of a table's form that is valid: look, then set; ``page`` shows the form again."""
    try:
        new = made()
        check(new.kind, new.table, slots)
        if "again" in request.POST:
            return page(200)
        if "confirmed" not in request.POST:
            return _preview(request, new, title)
        enter_tables(actor=actor_of(request), tables=[new])
    except BadTableError as error:
        form.add_error(None, reason_text(error))
        return page(422)
    except DomainError as error:
        return page(tell(form, error))
    messages.success(request, _("料金表を定めました。"))
    return redirect("desk:fee_tables")


def reason_text(error: BadTableError) -> str:
    """What is wrong with a table, in a sentence."""
    return str(REASON_TEXTS[str(error.params["reason"])]).format(label=error.params.get("label", ""))


def typed(data: Any) -> list[tuple[str, str]]:
    """What was typed, to travel with the preview."""
    return [(name, value) for name, values in data.lists() if name not in NOT_TYPED for value in values]


def _preview(request: SiteRequest, new: NewTable, title: str) -> HttpResponse:
    context = {"new": new, "title": title, "found": preview(new), "typed": typed(request.POST)}
    return render(request, "bookings/staff/fees/preview.html", context)
