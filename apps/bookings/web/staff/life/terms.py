"""A facility's terms (予約の定め): what holds, what comes, and new ones with a preview of what changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.forms import BaseFormSet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.bookings.models import Facility, Room
from apps.bookings.queries.terms import terms_in_time, terms_on
from apps.bookings.rules.terms import Terms, differences
from apps.bookings.services.terms import set_terms, withdraw_terms
from apps.bookings.web.staff.life.terms_forms import LISTS, TermsForm, are_valid, formsets, lists_of
from apps.bookings.web.staff.life.terms_words import label_of, lines_of, word_of
from kernel import clock
from kernel.errors import DomainError
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.dates import day_from
from shared.web.forms import tell
from shared.web.guard import needs

UNTYPED: Final = frozenset({"csrfmiddlewaretoken", "confirmed", "again"})


@needs(Right.BOOKING_TERMS)
@require_safe
def terms(request: SiteRequest) -> HttpResponse:
    """The facilities with their terms: what holds, what comes."""
    today = clock.today()
    places = [
        {"facility": one, "lines": lines_of(terms_on(one.pk, today)), "in_time": terms_in_time(one.pk, today)}
        for one in Facility.objects.all()
    ]
    return render(request, "bookings/staff/terms.html", {"places": places})


@needs(Right.BOOKING_TERMS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_terms(request: SiteRequest, facility: UUID) -> HttpResponse:
    """Terms from a day on: typed, then shown beside what holds until then, then set."""
    place = _facility(facility)
    rooms = list(Room.objects.filter(facility=facility))
    held = terms_on(facility, clock.today())
    data = request.POST if request.method == "POST" else None
    form, sets = TermsForm(data, terms=held), formsets(data, held, rooms)
    if request.method != "POST":
        return _typing(request, place, form, sets)
    if not (form.is_valid() & are_valid(sets)):
        return _typing(request, place, form, sets, status=422)
    if "again" in request.POST:
        return _typing(request, place, form, sets)
    new, day = Terms(**(form.parts() | lists_of(sets))), form.cleaned_data["valid_from"]
    if "confirmed" not in request.POST:
        return _preview(request, place, form, terms_on(facility, day), new)
    try:
        set_terms(actor=actor_of(request), facility=facility, valid_from=day, terms=new)
    except DomainError as error:
        return _typing(request, place, form, sets, status=tell(form, error))
    messages.success(request, _("予約の定めを定めました。"))
    return redirect("desk:terms")


@needs(Right.BOOKING_TERMS)
@require_POST
def withdraw(request: SiteRequest, facility: UUID) -> HttpResponse:
    """Take back terms that have not begun."""
    day = day_from(request.POST.get("valid_from", ""), default=clock.today())
    try:
        withdraw_terms(actor=actor_of(request), facility=facility, valid_from=day)
        messages.success(request, _("予定していた定めを取り下げました。"))
    except DomainError as error:
        messages.error(request, problem_of(error).text)
    return redirect("desk:terms")


def _facility(facility: UUID) -> Facility:
    found = Facility.objects.filter(pk=facility).first()
    if found is None:
        raise Http404
    return found


def _typing(
    request: SiteRequest,
    place: Facility,
    form: TermsForm,
    sets: dict[str, BaseFormSet[forms.Form]],
    *,
    status: int = 200,
) -> HttpResponse:
    lists = [(LISTS[name][0], rows) for name, rows in sets.items()]
    wrong = bool(form.errors) or any(any(rows.errors) for rows in sets.values()) if form.is_bound else False
    context = {"facility": place, "form": form, "lists": lists, "wrong": wrong}
    return render(request, "bookings/staff/new_terms.html", context, status=status)


def _preview(request: SiteRequest, place: Facility, form: TermsForm, before: Terms, new: Terms) -> HttpResponse:
    day = form.cleaned_data["valid_from"]
    context = {
        "facility": place,
        "day": day,
        "is_past": day < clock.today(),
        "changes": _changes(before, new),
        "typed": [
            (name, value) for name in request.POST if name not in UNTYPED for value in request.POST.getlist(name)
        ],
    }
    return render(request, "bookings/staff/terms_preview.html", context)


def _changes(before: Terms, new: Terms) -> Sequence[tuple[Any, Any, Any]]:
    return [(label_of(path), word_of(path, old), word_of(path, now)) for path, old, now in differences(before, new)]
