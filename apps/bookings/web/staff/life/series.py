"""A series at the counter: one object to permit, change or give up, whole or in part."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from apps.bookings.life_errors import UnknownSeriesError
from apps.bookings.models import Booking, Series
from apps.bookings.queries.offers import offers_of_tenant
from apps.bookings.queries.terms import terms_on
from apps.bookings.rules.states import ALLOWED
from apps.bookings.services import series as several
from apps.bookings.templatetags.bookings import in_language
from apps.bookings.web.change_form import slot_choices
from apps.bookings.web.staff.forms import CancelForm
from kernel import clock
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.forms import tell
from shared.web.guard import needs


class SeriesChangeForm(forms.Form):
    """Other slots, another room, or other days, for those that are ticked."""

    room = forms.TypedChoiceField(label=_("室場"), coerce=UUID)
    slots = forms.TypedMultipleChoiceField(label=_("時間帯"), coerce=int, widget=forms.CheckboxSelectMultiple)
    shift = forms.IntegerField(label=_("日をずらす（日数）"), min_value=-60, max_value=60, initial=0)


@needs(Right.BOOKINGS_SEE)
@require_http_methods(["GET", "HEAD"])
def series(request: SiteRequest, series: UUID) -> HttpResponse:
    """The series with all its bookings, and what can be done with all or some of them."""
    return _series_page(request, series)


@needs(Right.BOOKINGS_DECIDE)
@require_POST
def permit(request: SiteRequest, series: UUID) -> HttpResponse:
    """Permit all that wait."""
    try:
        done, failed = several.permit_series(actor=actor_of(request), series=series)
    except DomainError as error:
        problem = problem_of(error)
        return _series_page(request, series, status=problem.status, problem=problem.text)
    messages.success(request, __("%(count)s件を許可しました。") % {"count": done})
    for one, why in failed:
        messages.warning(request, f"{one.day:%Y-%m-%d}：{problem_of(why).text}")
    return redirect("desk:series", series=series)


@needs(Right.BOOKINGS_KEEP)
@require_POST
def cancel(request: SiteRequest, series: UUID) -> HttpResponse:
    """Give up those that are ticked."""
    found = _found(series)
    form = CancelForm(request.POST, terms=_terms(found))
    if not form.is_valid():
        return _series_page(request, series, cancel_form=form, status=422)
    try:
        done = several.cancel_series(
            actor=actor_of(request), series=series, bookings=_ticked(request), **form.cleaned_data
        )
    except DomainError as error:
        return _series_page(request, series, cancel_form=form, status=tell(form, error))
    messages.success(request, __("%(count)s件を取り消しました。") % {"count": done})
    return redirect("desk:series", series=series)


@needs(Right.BOOKINGS_KEEP)
@require_POST
def change(request: SiteRequest, series: UUID) -> HttpResponse:
    """Change those that are ticked."""
    form = _change_form(request, request.POST)
    if not form.is_valid():
        return _series_page(request, series, change_form=form, status=422)
    values = form.cleaned_data
    try:
        done = several.change_series(
            actor=actor_of(request),
            series=series,
            bookings=_ticked(request),
            room=values["room"],
            slots=tuple(sorted(values["slots"])),
            shift=values["shift"],
        )
    except DomainError as error:
        return _series_page(request, series, change_form=form, status=tell(form, error))
    messages.success(request, __("%(count)s件を変更しました。") % {"count": done})
    return redirect("desk:series", series=series)


def _series_page(
    request: SiteRequest,
    series: UUID,
    *,
    cancel_form: CancelForm | None = None,
    change_form: SeriesChangeForm | None = None,
    status: int = 200,
    problem: str = "",
) -> HttpResponse:
    found = _found(series)
    bookings = list(Booking.objects.filter(series=series).select_related("room__facility").order_by("day", "during"))
    record(actor_of(request), Action.VIEW, object_type="series", object_id=series, persons=[found.registrant_id])
    context = {
        "series": found,
        "bookings": bookings,
        "open": [one.pk for one in bookings if one.state in ALLOWED["change"] and one.during.lower > clock.now()],
        "waiting": sum(one.state in ALLOWED["permit"] for one in bookings),
        "cancel_form": cancel_form or CancelForm(terms=_terms(found)),
        "change_form": change_form or _change_form(request, None, bookings[0] if bookings else None),
        "problem": problem,
    }
    return render(request, "bookings/staff/series.html", context, status=status)


def _change_form(request: SiteRequest, data: Any, booking: Booking | None = None) -> SeriesChangeForm:
    initial = {"room": booking.room_id, "slots": booking.slot_numbers} if booking else {}
    form = SeriesChangeForm(data, initial=initial, auto_id="change-%s")
    listed = offers_of_tenant(request.place.schema)
    form.fields["room"].choices = [(one.room, in_language(one.name, one.name_en)) for one in listed]  # type: ignore[attr-defined]
    form.fields["slots"].choices = slot_choices(listed)  # type: ignore[attr-defined]  # a ChoiceField
    return form


def _found(series: UUID) -> Series:
    found = Series.objects.select_related("registrant").filter(pk=series).first()
    if found is None:
        raise UnknownSeriesError
    return found


def _terms(found: Series) -> Any:
    place = Booking.objects.filter(series=found).values_list("room__facility_id", flat=True).first()
    return terms_on(place or uuid.UUID(int=0), clock.today())


def _ticked(request: SiteRequest) -> set[UUID]:
    found: set[UUID] = set()
    for value in request.POST.getlist("booking"):
        try:
            found.add(UUID(value))
        except ValueError:
            continue
    return found
