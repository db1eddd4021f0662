"""A series at the counter: its days with every conflict and a choice for each, then one object to act on."""

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
from apps.bookings.queries.inbox import rooms_of_desk
from apps.bookings.queries.offers import offer_of, offers_of_tenant
from apps.bookings.queries.series import planned
from apps.bookings.queries.terms import terms_on
from apps.bookings.rules.series import MONTHLY, SKIP, WEEKLY, Pattern, Planned, chosen, days_of
from apps.bookings.rules.states import ALLOWED
from apps.bookings.services import series as several
from apps.bookings.services.apply import Application
from apps.bookings.services.starting import Wish
from apps.bookings.templatetags.bookings import in_language
from apps.bookings.web.change_form import slot_choices
from apps.bookings.web.staff.forms import CancelForm
from apps.registrants.queries.registrants import registrant_of
from kernel import clock
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.fields import CountField, DayField
from shared.web.forms import tell
from shared.web.guard import needs

WEEKDAYS = [(1, _("月")), (2, _("火")), (3, _("水")), (4, _("木")), (5, _("金")), (6, _("土")), (7, _("日"))]
NTHS = [(1, _("第1")), (2, _("第2")), (3, _("第3")), (4, _("第4")), (5, _("第5")), (-1, _("最終"))]


class SeriesForm(forms.Form):
    """Which room, on which days, and the use."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    room = forms.TypedChoiceField(label=_("室場"), coerce=UUID)
    slots = forms.TypedMultipleChoiceField(label=_("時間帯"), coerce=int, widget=forms.CheckboxSelectMultiple)
    kind = forms.ChoiceField(
        label=_("繰り返し"), choices=[(WEEKLY, _("毎週")), (MONTHLY, _("毎月の決まった週"))], widget=forms.RadioSelect
    )
    weekday = forms.TypedChoiceField(label=_("曜日"), coerce=int, choices=WEEKDAYS)
    every = forms.IntegerField(label=_("何週ごと（毎週のとき）"), min_value=1, max_value=8, initial=1)
    nths = forms.TypedMultipleChoiceField(
        label=_("第何週（毎月のとき）"), coerce=int, choices=NTHS, required=False, widget=forms.CheckboxSelectMultiple
    )
    first = DayField(label=_("初日"))
    last = DayField(label=_("最終日"))
    purpose = forms.ChoiceField(label=_("利用目的"))
    headcount = CountField(label=_("利用人数"))
    event_name = forms.CharField(label=_("行事名・利用の内容"), max_length=100, required=False)
    override = forms.CharField(
        label=_("申込の制限を解除する理由"),
        required=False,
        max_length=500,
        help_text=_("制限を超えて受け付ける場合にだけ入力します。記録に残ります。"),
    )

    def __init__(self, data: Any = None, *, schema: str) -> None:
        super().__init__(data, initial={"key": uuid.uuid4(), "first": clock.today(), "kind": WEEKLY})
        listed = offers_of_tenant(schema)
        rooms = [(one.pk, in_language(one.name, one.name_en)) for one in rooms_of_desk()]
        purposes = {one.code: in_language(one.name, one.name_en) for offer in listed for one in offer.purposes}
        self.fields["room"].choices = rooms  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["slots"].choices = slot_choices(listed)  # type: ignore[attr-defined]
        self.fields["purpose"].choices = list(purposes.items())  # type: ignore[attr-defined]

    def pattern(self) -> Pattern:
        """How the days are found."""
        values = self.cleaned_data
        names = ("kind", "weekday", "first", "last", "every")
        return Pattern(**{name: values[name] for name in names}, nths=tuple(values["nths"]))

    def wish(self, registrant: UUID) -> Wish:
        """The registrant's wish for the first of the days."""
        values = self.cleaned_data
        return Wish(registrant, values["room"], values["first"], tuple(sorted(values["slots"])), values["key"])

    def application(self) -> Application:
        """What is said of the use."""
        values = self.cleaned_data
        return Application(values["purpose"], values["headcount"], values["event_name"])


class SeriesChangeForm(forms.Form):
    """Other slots, another room, or other days, for those that are ticked."""

    room = forms.TypedChoiceField(label=_("室場"), coerce=UUID)
    slots = forms.TypedMultipleChoiceField(label=_("時間帯"), coerce=int, widget=forms.CheckboxSelectMultiple)
    shift = forms.IntegerField(label=_("日をずらす（日数）"), min_value=-60, max_value=60, initial=0)


@needs(Right.BOOKINGS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def new_series(request: SiteRequest, registrant: UUID) -> HttpResponse:
    """The pattern and the use; then its days with what stands against each; then all that were left are booked."""
    who = registrant_of(registrant)
    form = SeriesForm(request.POST if request.method == "POST" else None, schema=request.place.schema)
    if request.method != "POST":
        return _typing(request, who, form)
    if not form.is_valid():
        return _typing(request, who, form, status=422)
    wish = form.wish(registrant)
    try:
        offer = offer_of(wish.room, schema=request.place.schema)
        plan = planned(offer, days_of(form.pattern()), wish.slots, now=clock.now())
        if "again" in request.POST:
            return _typing(request, who, form)
        if "confirmed" not in request.POST:
            return _previewing(request, who, form, plan)
        days = chosen(plan, {one.day: SKIP for one in plan if f"{one.day:%Y-%m-%d}" in request.POST.getlist("skip")})
        made = several.book_series(
            actor=actor_of(request),
            wish=wish,
            days=days,
            application=form.application(),
            pattern=form.pattern(),
            override=form.cleaned_data["override"],
        )
    except DomainError as error:
        problem = problem_of(error)
        on = error.params.get("on")
        form.add_error(None, f"{on}：{problem.text}" if on else problem.text)
        return _typing(request, who, form, status=problem.status)
    messages.success(request, __("%(count)s件の予約を受け付けました。") % {"count": len(days)})
    return redirect("desk:series", series=made.pk)


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


def _typing(request: SiteRequest, who: Any, form: SeriesForm, *, status: int = 200) -> HttpResponse:
    record(actor_of(request), Action.VIEW, object_type="registrant", object_id=who.pk, page="series")
    return render(request, "bookings/staff/new_series.html", {"registrant": who, "form": form}, status=status)


def _previewing(request: SiteRequest, who: Any, form: SeriesForm, plan: list[Planned]) -> HttpResponse:
    record(actor_of(request), Action.VIEW, object_type="registrant", object_id=who.pk, page="series")
    untyped = {"csrfmiddlewaretoken", "confirmed", "again", "skip"}
    typed = [(name, value) for name in request.POST if name not in untyped for value in request.POST.getlist(name)]
    context = {"registrant": who, "plan": plan, "typed": typed, "free": sum(one.is_free for one in plan)}
    return render(request, "bookings/staff/series_preview.html", context)


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
