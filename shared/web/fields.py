"""Form fields that read what people type: days in either calendar, counts in either width."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kernel import clock
from kernel.wareki import WarekiError, parse_date
from kernel.width import number
from shared.frame.forms import DateInput, MonthInput

EARLIEST: Final = dt.date(1989, 1, 8)
FARTHEST: Final = dt.timedelta(days=366 * 3)
"""How far ahead of today a day may lie."""


class DayField(forms.DateField):
    """A day as the date picker sends it, or as it is typed in 西暦 or 和暦."""

    widget = DateInput
    default_error_messages = {
        "required": _("日付を入力してください。"),
        "invalid": _("日付は 2026-04-01 の形で入力してください。"),
        "no_such_date": _("その日付はありません。"),
        "too_early": _("平成元年（1989年）1月8日以後の日付を入力してください。"),
        "out_of_range": _("指定された日付は表示できる範囲を超えています。"),
    }

    def __init__(self, *, farthest: dt.timedelta = FARTHEST, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.farthest = farthest

    def to_python(self, value: Any) -> dt.date | None:
        if value in self.empty_values or isinstance(value, dt.date):
            return value or None
        try:
            day = parse_date(str(value))
        except WarekiError as error:
            code = "invalid" if error.code == "unreadable" else "no_such_date"
            raise ValidationError(self.error_messages[code], code=code) from None
        if day < EARLIEST:
            raise ValidationError(self.error_messages["too_early"], code="too_early")
        if day > clock.today() + self.farthest:
            raise ValidationError(self.error_messages["out_of_range"], code="out_of_range")
        return day


class MonthField(DayField):
    """A month as the month picker sends it, or as it is typed in 西暦 or 和暦; its first day."""

    widget = MonthInput
    default_error_messages = {
        "required": _("月を入力してください。"),
        "invalid": _("月は 2026-04 の形で入力してください。"),
        "no_such_date": _("その月はありません。"),
        "too_early": _("指定された月は表示できる範囲を超えています。"),
        "out_of_range": _("指定された月は表示できる範囲を超えています。"),
    }

    def to_python(self, value: Any) -> dt.date | None:
        if value in self.empty_values or isinstance(value, dt.date):
            return value or None
        return super().to_python(f"{str(value).strip().removesuffix('月')}-01")


class CountField(forms.IntegerField):
    """A number of persons, in either width and with 人 after it. How many are too many is a rule's business."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "input--4"})
    default_error_messages = {
        "required": _("人数を入力してください。"),
        "invalid": _("人数は数字で入力してください。"),
        "max_value": _("人数は99,999人以内で入力してください。"),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_value=99_999, **kwargs)

    def to_python(self, value: Any) -> int | None:
        return super().to_python(number(str(value or ""), also="人名"))
