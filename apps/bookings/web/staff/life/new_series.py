"""A series is taken in at the counter: its days with every conflict and a choice for each, then all are booked."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from apps.bookings.queries.inbox import rooms_of_desk
from apps.bookings.queries.offers import offers_of_tenant
from apps.bookings.queries.series import planned
from apps.bookings.rules.listing import Offer
from apps.bookings.rules.series import MONTHLY, SKIP, WEEKLY, Pattern, Planned, Use, days_of, picked
from apps.bookings.services.apply import Application
from apps.bookings.services.book_series import SeriesWish, book_series
from apps.bookings.templatetags.bookings import in_language
from apps.bookings.web.change_form import slot_choices
from apps.registrants.queries.registrants import registrant_of
from kernel import clock
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record
from shared.frame.templatetags.frame import wareki
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.fields import CountField, DayField
from shared.web.forms import tell
from shared.web.guard import needs

CHOICE: Final = "choice-"
"""Before the day (YYYY-MM-DD): what was chosen for it."""
UNTYPED: Final = frozenset({"csrfmiddlewaretoken", "confirmed", "again"})
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

    def use(self) -> Use:
        """What the rooms are wanted for."""
        values = self.cleaned_data
        return Use(tuple(sorted(values["slots"])), values["purpose"], values["headcount"])

    def application(self) -> Application:
        """What is said of the use."""
        values = self.cleaned_data
        return Application(values["purpose"], values["headcount"], values["event_name"])


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be chosen for a day."""

    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A series with its days as they stand now, and what was chosen for each so far."""

    who: Any
    offer: Offer
    plan: list[Planned]
    choices: dict[dt.date, str]

    def rows(self) -> list[tuple[Planned, list[Choice]]]:
        """Each day with its choices; none where there is no room."""
        return [(one, self._choices(one)) for one in self.plan]

    def _choices(self, one: Planned) -> list[Choice]:
        rooms = [*([self.offer] if one.is_free else []), *(other.offer for other in one.others)]
        words = {str(room.room): in_language(room.name, room.name_en) for room in rooms}
        if not words:
            return []
        usual = str(self.offer.room) if one.is_free else SKIP
        words[SKIP] = __("予約しない")
        chosen = self.choices.get(one.day, usual)
        return [Choice(value, told, value == (chosen if chosen in words else usual)) for value, told in words.items()]


@needs(Right.BOOKINGS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def new_series(request: SiteRequest, registrant: UUID) -> HttpResponse:
    """The pattern and the use; then its days with what stands against each; then all that was chosen is booked."""
    who = registrant_of(registrant)
    form = SeriesForm(request.POST if request.method == "POST" else None, schema=request.place.schema)
    if request.method != "POST":
        return _typing(request, who, form)
    if not form.is_valid():
        return _typing(request, who, form, status=422)
    if "again" in request.POST:
        return _typing(request, who, form)
    try:
        shown = _plan(request, who, form)
    except DomainError as error:
        return _typing(request, who, form, status=tell(form, error))
    return _book(request, form, shown) if "confirmed" in request.POST else _previewing(request, shown)


def _plan(request: SiteRequest, who: Any, form: SeriesForm) -> Shown:
    days = days_of(form.pattern())
    offer, plan = planned(form.cleaned_data["room"], days, form.use(), schema=request.place.schema)
    sent = ((one.day, request.POST.get(f"{CHOICE}{one.day:%Y-%m-%d}")) for one in plan)
    return Shown(who, offer, plan, {day: value for day, value in sent if value is not None})


def _book(request: SiteRequest, form: SeriesForm, shown: Shown) -> HttpResponse:
    """Book what was chosen; where something stands against a day, the preview again, as it is now."""
    try:
        days = picked(shown.plan, shown.choices, room=shown.offer.room, slots=form.use().slots)
        made = book_series(
            actor=actor_of(request),
            wish=SeriesWish(shown.who.pk, days, form.pattern(), form.cleaned_data["key"]),
            application=form.application(),
            override=form.cleaned_data["override"],
        )
    except DomainError as error:
        return _refused(request, form, shown, error)
    messages.success(request, __("%(count)s件の予約を受け付けました。") % {"count": len(days)})
    return redirect("desk:series", series=made.pk)


def _refused(request: SiteRequest, form: SeriesForm, shown: Shown, error: DomainError) -> HttpResponse:
    problem = problem_of(error)
    if "on" not in error.params:
        return _typing(request, shown.who, form, status=tell(form, error))
    day = dt.date.fromisoformat(str(error.params["on"]))
    told = f"{wareki(day)}：{problem.text}"
    return _previewing(request, _plan(request, shown.who, form), problem=told, status=problem.status)


def _typing(request: SiteRequest, who: Any, form: SeriesForm, *, status: int = 200) -> HttpResponse:
    record(actor_of(request), Action.VIEW, object_type="registrant", object_id=who.pk, page="series")
    return render(request, "bookings/staff/new_series.html", {"registrant": who, "form": form}, status=status)


def _previewing(request: SiteRequest, shown: Shown, *, problem: str = "", status: int = 200) -> HttpResponse:
    record(actor_of(request), Action.VIEW, object_type="registrant", object_id=shown.who.pk, page="series")
    sent = ((name, value) for name in request.POST for value in request.POST.getlist(name))
    context = {
        "registrant": shown.who,
        "rows": shown.rows(),
        "typed": [(name, value) for name, value in sent if name not in UNTYPED and not name.startswith(CHOICE)],
        "free": sum(one.is_free for one in shown.plan),
        "bookable": any(one.is_free or one.others for one in shown.plan),
        "problem": problem,
    }
    return render(request, "bookings/staff/series_preview.html", context, status=status)
