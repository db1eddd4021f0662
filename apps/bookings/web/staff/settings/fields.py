"""Fields of the settings: numbers and days of the year in either width, times, first days."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kernel.width import number
from shared.frame.forms import TimeInput
from shared.web.fields import DayField

LEAP = 2024
FAR = dt.timedelta(days=366 * 10)
WEEKDAYS = tuple(
    (number, word) for number, word in enumerate((_("月"), _("火"), _("水"), _("木"), _("金"), _("土"), _("日")), 1)
)
ORDINALS = ((1, _("第1")), (2, _("第2")), (3, _("第3")), (4, _("第4")), (5, _("第5")), (-1, _("最終")))


class NumberField(forms.IntegerField):
    """A number in either width."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "input--4"})

    def __init__(self, *, least: int = 0, most: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.least, self.most = least, most

    def to_python(self, value: Any) -> int | None:
        typed = number(str(value if value is not None else ""))
        if not typed:
            return None
        if not re.fullmatch(r"[0-9]{1,6}", typed) or not self.least <= int(typed) <= self.most:
            told = _("%(least)dから%(most)dまでの数で入力してください。")
            raise ValidationError(told, code="out_of_range", params={"least": self.least, "most": self.most})
        return int(typed)


class MonthDayField(forms.Field):
    """A day of every year, typed as 12-29 or 12/29; kept as MM-DD."""

    widget = forms.TextInput(attrs={"class": "input--4", "placeholder": "12-29"})

    def to_python(self, value: Any) -> str:
        typed = narrow(str(value or "")).removesuffix("日")
        if not typed:
            return ""
        found = re.fullmatch(r"([0-9]{1,2})[-/月]([0-9]{1,2})", typed)
        try:
            return f"{dt.date(LEAP, int(found[1]), int(found[2])):%m-%d}" if found else _refuse()
        except ValueError:
            return _refuse()


class MonthDaysField(forms.Field):
    """Some days of every month, typed as 1、15、末日; kept as numbers, -1 the last."""

    widget = forms.TextInput(attrs={"class": "input--10"})

    def to_python(self, value: Any) -> tuple[int, ...]:
        parts = [part.removesuffix("日") for part in re.split(r"[,、，・\s]+", narrow(str(value or ""))) if part]
        if not all(
            part in {"末", "-1"} or (re.fullmatch(r"[0-9]{1,2}", part) and 1 <= int(part) <= 31) for part in parts
        ):
            raise ValidationError(_("1から31までの日か「末日」を、「、」で区切って入力してください。"), code="invalid")
        return tuple(sorted({-1 if part in {"末", "-1"} else int(part) for part in parts}))


def narrow(text: str) -> str:
    """Digits and signs in half width, without spaces around."""
    return unicodedata.normalize("NFKC", text).strip()


class ClockField(forms.TimeField):
    """A time of the day, to the minute."""

    widget = TimeInput


def starting_day(**kwargs: Any) -> DayField:
    """The day from which a setting holds."""
    told = {"label": _("適用日"), "help_text": _("この日の利用から使います。今日以後の日を入力します。")}
    return DayField(farthest=FAR, **told | kwargs)


def several(choices: Any, **kwargs: Any) -> forms.TypedMultipleChoiceField:
    """Some of some numbers."""
    attrs = {"class": "choices--row"}
    widget = forms.CheckboxSelectMultiple(attrs=attrs)
    return forms.TypedMultipleChoiceField(coerce=int, choices=choices, required=False, widget=widget, **kwargs)


def _refuse() -> str:
    raise ValidationError(_("毎年の日は 12-29 の形で入力してください。"), code="invalid")
