"""行政使用の依頼 at the city: ordered for facilities, followed in numbers, ended. No person is seen here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.bookings.rules.listing import Offer
from apps.bookings.templatetags.bookings import in_language
from apps.bookings.web.public_use_forms import NO_ROOM, EndForm, PublicUseForm, usual
from apps.bookings.web.staff.displacement.shown import occasion_text, periods_of
from apps.compliance.queries.public_use import order_lines, orderable_facilities, orders, rooms_of, tenants_of
from apps.compliance.services.public_use import OrderedPlace, Wanted, end_order, order_public_use
from apps.compliance.web.city.about import row_of
from apps.compliance.web.city.chrome import Trail, page
from kernel.errors import DomainError
from shared.publicuse.models import Order, PlaceState
from shared.requests import SiteRequest, actor_of, staff_of
from shared.staff.care import schemas_in_care
from shared.staff.rights import Right
from shared.web.forms import tell
from shared.web.guard import may, needs

PAGE_SIZE: Final = 20
MOST: Final = 100
"""Facilities of one order."""
TONES: Final = {
    PlaceState.SENT: "danger",
    PlaceState.RECEIVED: "warning",
    PlaceState.DONE: "success",
    PlaceState.OVER: "quiet",
}


class OrderForm(PublicUseForm):
    """What the city needs, and which rooms of the facilities that were chosen."""

    rooms = forms.TypedMultipleChoiceField(
        label=_("室場"),
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(["required", "invalid_choice"], NO_ROOM),
    )
    stops = forms.BooleanField(
        label=_("緊急：いますぐ、この時間帯の新しい予約を止める"),
        required=False,
        help_text=_("避難所など、待てないときだけ選びます。すでにある予約は、施設が受け取ってから移すか取り消します。"),
    )

    def __init__(self, data: Any = None, *, rooms: Sequence[Offer], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.offered = {one.room: one for one in rooms}
        by_facility: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for one in rooms:
            facility = in_language(one.facility_name, one.facility_name_en)
            by_facility[facility].append((str(one.room), in_language(one.name, one.name_en)))
        self.fields["rooms"].choices = list(by_facility.items())  # type: ignore[attr-defined]  # a multiple choice

    def wanted(self) -> Wanted:
        """The order of the valid form."""
        values = self.cleaned_data
        places: dict[tuple[str, UUID], list[UUID]] = defaultdict(list)
        for room in values["rooms"]:
            offer = self.offered[room]
            places[(offer.tenant, offer.facility)].append(room)
        named = [OrderedPlace(tenant, facility, tuple(rooms)) for (tenant, facility), rooms in places.items()]
        words = {name: values[name] for name in ("occasion", "detail", "article", "reason", "stops")}
        return Wanted(spans=self.spans, places=named, **words)


def facilities_in(values: Iterable[str]) -> list[UUID]:
    """The identifiers among what was sent, each once; whatever is none is left out."""
    found: dict[UUID, None] = {}
    for value in values:
        try:
            found[UUID(value)] = None
        except ValueError:
            continue
    return list(found)[:MOST]


def chosen_facilities(request: SiteRequest, _parameters: Mapping[str, Any]) -> Collection[str]:
    """The form names the facilities."""
    return tenants_of(facilities_in(request.POST.getlist("facility")))


@needs(Right.CITY_SEE)
@require_safe
def public_uses(request: SiteRequest) -> HttpResponse:
    """All orders, the newest first, and how many of their facilities have carried them out."""
    found = Paginator(orders(), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = []
    for one in found:
        states = [place.state for place in one.places.all()]
        counted = {state: states.count(state) for state in PlaceState.values}
        rows.append((one, occasion_text(one), periods_of(one), len(states), counted))
    context: dict[str, Any] = {"rows": rows, "page_obj": found, "may_order": may(request, Right.PUBLIC_USE_ORDER)}
    return page(request, "public_uses.html", trail=_trail(), **context)


@needs(Right.PUBLIC_USE_ORDER, about=chosen_facilities)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SiteRequest) -> HttpResponse:
    """First which facilities, then which of their rooms, what for, and when."""
    account = staff_of(request)
    schemas = schemas_in_care(account, Right.PUBLIC_USE_ORDER) if account else frozenset()
    said = request.POST if request.method == "POST" else request.GET
    rooms = rooms_of(facilities_in(said.getlist("facility")), schemas)
    if not rooms:
        return _choose(request, schemas, is_asked="facility_asked" in said or request.method == "POST")
    if request.method != "POST":
        all_rooms = [str(one.room) for one in rooms]
        return _form(request, OrderForm(rooms=rooms, initial=usual() | {"rooms": all_rooms}), rooms)
    form = OrderForm(request.POST, rooms=rooms)
    if not form.is_valid():
        return _form(request, form, rooms, status=422)
    try:
        order = order_public_use(actor=actor_of(request), wanted=form.wanted())
    except DomainError as error:
        if error.field == "spans":
            error.field = "last_1"
        return _form(request, form, rooms, status=tell(form, error))
    messages.success(request, __("施設に依頼を送りました。受領と結果は、このページに表示されます。"))
    return redirect("city:public_use", order.pk)


@needs(Right.CITY_SEE)
@require_safe
def public_use(request: SiteRequest, order: UUID) -> HttpResponse:
    """An order, and how far each facility has come, in numbers."""
    found, lines = order_lines(order)
    rows = [(line, PlaceState(line.place.state), TONES[PlaceState(line.place.state)]) for line in lines]
    context: dict[str, Any] = {
        "one": found,
        "occasion": occasion_text(found),
        "periods": periods_of(found),
        "rows": rows,
        "may_end": found.ended_at is None and may(request, Right.PUBLIC_USE_ORDER),
    }
    return page(request, "public_use.html", trail=_trail(occasion_text(found)), **context)


@needs(Right.PUBLIC_USE_ORDER, about=row_of(Order, "order", "places__tenant"))
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: SiteRequest, order: UUID) -> HttpResponse:
    """The rooms are not needed any more, with a reason."""
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _end_page(request, order, form)
    if not form.is_valid():
        return _end_page(request, order, form, status=422)
    try:
        end_order(actor=actor_of(request), order=order, reason=form.cleaned_data["reason"])
    except DomainError as error:
        return _end_page(request, order, form, status=tell(form, error))
    messages.success(request, __("依頼を終了しました。実施前の施設では取りやめになり、受付の停止も解けました。"))
    return redirect("city:public_use", order)


def _choose(request: SiteRequest, schemas: Collection[str], *, is_asked: bool) -> HttpResponse:
    context: dict[str, Any] = {"facilities": orderable_facilities(schemas), "is_missing": is_asked}
    trail = _trail(__("行政使用を依頼する"))
    return page(request, "public_use_choose.html", status=422 if is_asked else 200, trail=trail, **context)


def _form(request: SiteRequest, form: OrderForm, rooms: Sequence[Offer], *, status: int = 200) -> HttpResponse:
    facilities = list(dict.fromkeys(one.facility for one in rooms))
    context: dict[str, Any] = {"form": form, "facilities": facilities}
    return page(request, "public_use_new.html", status=status, trail=_trail(__("行政使用を依頼する")), **context)


def _end_page(request: SiteRequest, order: UUID, form: EndForm, *, status: int = 200) -> HttpResponse:
    found, _lines = order_lines(order)
    context: dict[str, Any] = {
        "one": found,
        "occasion": occasion_text(found),
        "periods": periods_of(found),
        "form": form,
    }
    return page(request, "public_use_end.html", status=status, trail=_trail(occasion_text(found)), **context)


def _trail(title: str = "") -> Trail:
    home = (__("管理"), reverse("city:office"))
    if not title:
        return [home, (__("行政使用"), "")]
    return [home, (__("行政使用"), reverse("city:public_uses")), (title, "")]
