"""A facility's headcount categories (人数の区分): what holds, what comes, and setting new ones after a preview."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.bookings.models import CounterSet, Facility
from apps.bookings.queries.counters import categories_of, sets_of
from apps.bookings.services.use.counters import set_counters
from apps.bookings.web.staff.use_forms import CountersForm
from kernel import clock
from kernel.errors import DomainError
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.forms import tell
from shared.web.guard import needs


@needs(Right.FACILITY_SETTINGS)
@require_safe
def counters(request: SiteRequest) -> HttpResponse:
    """Every facility with its sets, the newest first."""
    rows = CounterSet.objects.order_by("-valid_from").prefetch_related("counters")
    sets: dict[UUID, list[CounterSet]] = {}
    for row in rows:
        sets.setdefault(row.facility_id, []).append(row)
    context = {
        "places": [
            (place, [(one, categories_of(one)) for one in sets.get(place.pk, ())]) for place in Facility.objects.all()
        ],
        "today": clock.today(),
    }
    return render(request, "bookings/staff/counters.html", context)


@needs(Right.FACILITY_SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_counters(request: SiteRequest, facility: UUID) -> HttpResponse:
    """New categories: typed, shown beside what held until then, then set."""
    place = Facility.objects.filter(pk=facility).first()
    if place is None:
        raise Http404
    now = next(iter(sets_of(facility)), None)
    before = categories_of(now) if now else ()
    if request.method != "POST":
        lines = [f"{one.name}／{one.name_en}" if one.name_en else one.name for one in before]
        initial = {"valid_from": clock.today(), "names": "\n".join(lines)}
        return _page(request, place, CountersForm(initial=initial))
    form = CountersForm(request.POST)
    if not form.is_valid():
        return _page(request, place, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if "again" in request.POST:
        return _page(request, place, form)
    if "confirmed" not in request.POST:
        context = {
            "facility": place,
            "form": form,
            "day": form.cleaned_data["valid_from"],
            "names": form.cleaned_data["names"],
            "before": before,
            "typed": [(name, request.POST.get(name, "")) for name in form.fields],
        }
        return render(request, "bookings/staff/counters_preview.html", context)
    try:
        set_counters(actor=actor_of(request), facility=facility, **form.cleaned_data)
    except DomainError as error:
        return _page(request, place, form, status=tell(form, error))
    messages.success(request, _("人数の区分を定めました。"))
    return redirect("desk:counters")


def _page(request: SiteRequest, place: Facility, form: CountersForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
    return render(request, "bookings/staff/new_counters.html", {"facility": place, "form": form}, status=status)
