"""The portal's search: shape of the input only; what fits is the rules' business."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from apps.bookings.queries.search import GROUP, Choices, Criteria, choices
from apps.bookings.rules.searching import (
    HOLIDAY,
    MOST_DAYS,
    Fault,
    PartOfDay,
    Times,
    days_asked,
    wrong_days,
    wrong_hours,
)
from apps.bookings.rules.window import Who
from apps.bookings.templatetags.bookings import in_language
from kernel import clock
from shared.catalogue.models import Category
from shared.frame.forms import DateInput, TimeInput
from shared.web.fields import CountField

WEEKDAYS: Final = (
    (1, _("月曜日")),
    (2, _("火曜日")),
    (3, _("水曜日")),
    (4, _("木曜日")),
    (5, _("金曜日")),
    (6, _("土曜日")),
    (7, _("日曜日")),
    (HOLIDAY, _("祝日")),
)
PARTS: Final = ((PartOfDay.MORNING, _("午前")), (PartOfDay.AFTERNOON, _("午後")), (PartOfDay.EVENING, _("夜間")))
LENGTHS: Final = (
    (60, _("1時間以上")),
    (120, _("2時間以上")),
    (180, _("3時間以上")),
    (240, _("4時間以上")),
    (360, _("6時間以上")),
)
BASIC: Final = ("word", "area", "category", "purpose", "day")
FAULTS: Final = {
    Fault.PAST: _("過ぎた日は探せません。今日以後の日を入力してください。"),
    Fault.BACKWARDS: _("利用日より後の日を入力してください。"),
    Fault.TOO_LONG: _("一度に探せるのは%(days)s日間までです。"),
    Fault.HALF: _("開始時刻と終了時刻の両方を入力してください。"),
    Fault.UPSIDE_DOWN: _("開始時刻より後の時刻を入力してください。"),
}


class TimesForm(forms.Form):
    """Weekdays, part of the day and length: what the search and a room's next free times have in common."""

    hides_requirement = True

    weekdays = forms.TypedMultipleChoiceField(
        label=_("曜日"), required=False, coerce=int, choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple
    )
    part = forms.ChoiceField(label=_("時間帯"), required=False, choices=[("", _("指定なし")), *PARTS])
    minutes = forms.TypedChoiceField(
        label=_("利用する長さ"), required=False, coerce=int, choices=[("", _("指定なし")), *LENGTHS]
    )

    def times(self) -> Times:
        """The hours that the valid form asks for."""
        return Times(part=self.cleaned_data["part"], minutes=self.cleaned_data["minutes"] or 0)


class SearchForm(TimesForm):
    """What is looked for. Every field may stay empty."""

    word = forms.CharField(label=_("施設の名前"), required=False, max_length=60)
    area = forms.ChoiceField(label=_("地域"), required=False)
    category = forms.ChoiceField(label=_("施設の種類"), required=False)
    purpose = forms.ChoiceField(label=_("利用目的"), required=False)
    day = forms.DateField(label=_("利用日"), required=False, widget=DateInput)
    until = forms.DateField(
        label=_("いつまで"),
        required=False,
        widget=DateInput,
        help_text=_("利用日からこの日までの空きを探します（最長%(days)s日間）。") % {"days": MOST_DAYS},
    )
    starts = forms.TimeField(label=_("開始時刻"), required=False, widget=TimeInput)
    ends = forms.TimeField(label=_("終了時刻"), required=False, widget=TimeInput)
    people = CountField(label=_("利用人数"), required=False)
    equipment = forms.ChoiceField(label=_("使いたい設備"), required=False)
    pieces = CountField(label=_("設備の数"), required=False)
    who = forms.ChoiceField(
        label=_("予約する方"),
        required=False,
        choices=[(Who.RESIDENT, _("市内に在住・在勤・在学")), (Who.OTHER, _("市外の方"))],
    )
    field_order = (
        *BASIC,
        "until",
        "weekdays",
        "part",
        "starts",
        "ends",
        "minutes",
        "people",
        "equipment",
        "pieces",
        "who",
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments
        known = choices()
        any_ = [("", _("すべて"))]
        self._choose("area", [*any_, *((area, area) for area in known.areas)])
        self._choose("category", [*any_, *Category.choices])
        self._choose("purpose", [*any_, *_purposes(known)])
        named = ((name, in_language(name, english)) for name, english in known.equipment)
        self._choose("equipment", [("", _("指定なし")), *named])

    def clean(self) -> dict[str, Any]:
        """Days of the past, days upside down and hours without their other end are told beside the field."""
        values = super().clean() or {}
        wrong = wrong_days(values.get("day"), values.get("until"), today=clock.today())
        wrong |= wrong_hours(values.get("starts"), values.get("ends"))
        for name, fault in wrong.items():
            if name not in self.errors:
                self.add_error(name, str(FAULTS[fault]) % {"days": MOST_DAYS})
        return values

    def criteria(self) -> Criteria:
        """What the valid form asks for."""
        values = self.cleaned_data
        return Criteria(
            word=values["word"],
            area=values["area"],
            category=values["category"],
            purpose=values["purpose"],
            days=tuple(self._days()),
            times=self.times(),
            people=values["people"] or 0,
            equipment=values["equipment"],
            pieces=values["pieces"] or 1,
            who=Who(values["who"] or Who.RESIDENT),
        )

    def times(self) -> Times:
        """Hours from and to go before the part of the day."""
        values = self.cleaned_data
        if values["starts"] is None:
            return super().times()
        return Times(starts=values["starts"], ends=values["ends"])

    def basic(self) -> list[forms.BoundField]:
        """The fields that everybody meets."""
        return [self[name] for name in BASIC]

    def more(self) -> list[forms.BoundField]:
        """The others, behind 「くわしい条件」."""
        return [self[name] for name in self.fields if name not in BASIC]

    @property
    def is_detailed(self) -> bool:
        """Whether one of the others was filled in."""
        names = (name for name in self.fields if name not in BASIC)
        return any(self[name].data not in (None, "", [], Who.RESIDENT) for name in names)

    def _days(self) -> list[dt.date]:
        """Which days: those told, else two weeks where anything is asked of the hours, the people or the equipment."""
        values = self.cleaned_data
        asks_more = bool(values["people"] or values["equipment"] or self.times().are_told)
        return days_asked(values["day"], values["until"], values["weekdays"], today=clock.today(), asks_more=asks_more)

    def _choose(self, name: str, found: Iterable[tuple[Any, Any]]) -> None:
        self.fields[name].choices = list(found)  # type: ignore[attr-defined]  # a ChoiceField


def _purposes(known: Choices) -> list[tuple[Any, Any]]:
    """Purposes by their groups (分類), each group as a whole first."""
    found: list[tuple[Any, Any]] = []
    for (group, english), members in groupby(known.purposes, key=lambda one: (one[3], one[4])):
        named = [(code, in_language(name, name_en)) for code, name, name_en, *_group in members]
        told = in_language(group, english)
        found += [(told, [(f"{GROUP}{group}", _whole(told)), *named])] if group else named
    return found


def _whole(group: str) -> str:
    return str(_("%(group)s（すべて）") % {"group": group})


def sought_in(data: QueryDict) -> str:
    """The search as it stands in an address, without what was left empty and without the page."""
    told = [(name, value) for name in SearchForm.base_fields for value in data.getlist(name) if value]
    return urlencode(told)
