"""A birth date as people know theirs: 元号 or 西暦, then year, month and day; or typed in one go.

Whoever types fast writes the whole date into the year's box (S23.4.1, 昭和23年4月1日, 1948-04-01).
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final, NoReturn

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kernel import clock
from kernel.birthdays import BirthDateError, checked_birth_date
from kernel.errors import CodedError
from kernel.wareki import ERAS, Era, WarekiError, era_of, format_date, parse_date
from kernel.width import bare, number

WESTERN: Final = "western"
ERA_NAMES: Final = {
    "明治": _("明治"),
    "大正": _("大正"),
    "昭和": _("昭和"),
    "平成": _("平成"),
    "令和": _("令和"),
}
_ERAS: Final = {era.name: era for era in ERAS}


class BirthDateWidget(forms.MultiWidget):
    """A select for the era, and boxes for year, month and day. Its value is four texts, or a date to begin with."""

    template_name = "frame/widgets/birth_date.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        eras = [("", "----"), *((name, text) for name, text in reversed(ERA_NAMES.items())), (WESTERN, _("西暦"))]
        figures = {"inputmode": "numeric", "autocomplete": "off"}
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            "era": forms.Select({"aria-label": _("元号")}, choices=eras),
            "year": forms.TextInput({"autocomplete": "off", "class": "input--10", "aria-label": _("年")}),
            "month": forms.TextInput({**figures, "class": "input--4", "aria-label": _("月")}),
            "day": forms.TextInput({**figures, "class": "input--4", "aria-label": _("日")}),
        }
        super().__init__(boxes, attrs)

    def decompress(self, value: Any) -> list[str]:
        if not isinstance(value, dt.date):
            return ["", str(value or ""), "", ""]
        try:
            era = era_of(value)
        except WarekiError:
            return [WESTERN, str(value.year), str(value.month), str(value.day)]
        return [era.name, str(value.year - era.first_year + 1), str(value.month), str(value.day)]


class BirthDateField(forms.Field):
    """A birth date of somebody alive. The errors say which box to look at, and until when an era lasted.

    Codes: required, incomplete, unreadable, no_such_date, outside_era, in_future, too_long_ago.
    """

    widget = BirthDateWidget
    default_error_messages = {
        "required": _("生年月日を入力してください。"),
        "incomplete": _("元号（または西暦）、年、月、日をすべて入力してください。"),
        "unreadable": _("年・月・日は数字で入力してください。例：昭和 23年 4月 1日"),
        "no_such_date": _("その日付はありません。"),
        "outside_era": _("%(era)sは%(first)sから%(last)sまでです。元号と年月日を確かめてください。"),
        "before_era": _("%(era)sは%(first)sからです。元号と年月日を確かめてください。"),
        "outside_any_era": _("その元号にはない日付です。元号と年を確かめてください。"),
        "in_future": _("生年月日が今日より後です。"),
        "too_long_ago": _("生年月日が130年以上前です。元号と年を確かめてください。"),
    }

    def clean(self, value: Any) -> dt.date | None:
        if value in self.empty_values or isinstance(value, dt.date):
            return self._given(value)
        typed = [str(part or "").strip() for part in value]
        era, year, month, day = [*typed, *[""] * 4][:4]
        if not (year or month or day):
            return self._given(None)
        return self._checked(era, self._joined(era, year, month, day))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return BirthDateWidget().decompress(initial) != [str(part or "") for part in (data or [""] * 4)]

    def _given(self, day: dt.date | None) -> dt.date | None:
        self.validate(day)
        return day

    def _joined(self, era: str, year: str, month: str, day: str) -> str:
        """What the boxes say as one text that ``parse_date`` reads."""
        if not month and not day and _is_whole(year):
            return year
        if not (era and year and month and day):
            self._refuse("incomplete")
        year, month, day = (number(part, also=unit) for part, unit in ((year, "年"), (month, "月"), (day, "日")))
        return f"{year:0>4}-{month}-{day}" if era == WESTERN else f"{era}{year}-{month}-{day}"

    def _checked(self, era: str, text: str) -> dt.date:
        try:
            return checked_birth_date(parse_date(text), clock.today())
        except (WarekiError, BirthDateError) as error:
            self._told(error, _ERAS.get(era))

    def _told(self, error: CodedError, era: Era | None) -> NoReturn:
        if error.code != "outside_era":
            self._refuse(error.code)
        if era is None:
            self._refuse("outside_any_era")
        if era.ends == dt.date.max:
            self._refuse("before_era", era=ERA_NAMES[era.name], first=_shown(era.begins))
        self._refuse("outside_era", era=ERA_NAMES[era.name], first=_shown(era.begins), last=_shown(era.ends))

    def _refuse(self, code: str, **params: object) -> NoReturn:
        raise ValidationError(self.error_messages[code], code=code, params=params)


def _shown(day: dt.date) -> str:
    return f"{day:%-d %b %Y}" if (get_language() or "").startswith("en") else format_date(day)


def _is_whole(text: str) -> bool:
    """Whether the year's box holds more than a year: a whole date, however written."""
    return len(bare(text, also="年元")) > 4 or "." in text or "/" in text
