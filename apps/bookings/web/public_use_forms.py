"""What a public use (行政使用) is, as the desk and the city write it: occasion, ground, reason, periods."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from apps.bookings.rules.displacing import Span
from apps.bookings.rules.states import REASON_LIMIT
from kernel import clock
from kernel.clock import TOKYO
from shared.frame.forms import TimeInput
from shared.publicuse.models import Occasion
from shared.web.fields import DayField

PERIODS: Final = (1, 2, 3)
EDGES: Final = ("first", "starts", "last", "ends")
MIDNIGHT: Final = dt.time()
ARTICLE_LIMIT: Final = 200
CHOOSE: Final = _("一覧から選択してください。")
NO_ROOM: Final = _("使用する室場を選択してください。")


class PublicUseForm(forms.Form):
    """Occasion, ground and reason, and up to three periods of whole days or hours."""

    occasion = forms.ChoiceField(
        label=_("公用の種類"),
        choices=Occasion.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], CHOOSE),
    )
    detail = forms.CharField(
        label=_("公用の内容"),
        max_length=60,
        required=False,
        help_text=_("例：市議会議員選挙の投票所。「その他の公用」のときは必ず入力します。予定表にも表示されます。"),
    )
    article = forms.CharField(
        label=_("根拠となる規定"),
        max_length=ARTICLE_LIMIT,
        help_text=_("例：公職選挙法第39条、設置管理条例第8条第3号。通知書に記載されます。"),
        error_messages={"required": _("根拠となる規定を入力してください。")},
    )
    reason = forms.CharField(
        label=_("理由"),
        max_length=REASON_LIMIT,
        help_text=_("通知書とメールに記載され、利用者に通知されます。"),
        error_messages={"required": _("理由を入力してください。")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for number in PERIODS:
            is_first = number == PERIODS[0]
            self.fields[f"first_{number}"] = DayField(
                label=_("始まりの日"),
                required=is_first,
                help_text="" if not is_first else _("時刻を空けておくと、その日の初めからとします。"),
            )
            self.fields[f"starts_{number}"] = _time(_("始まりの時刻"))
            self.fields[f"last_{number}"] = DayField(
                label=_("終わりの日"),
                required=is_first,
                help_text="" if not is_first else _("時刻を空けておくと、その日の24時までとします。"),
            )
            self.fields[f"ends_{number}"] = _time(_("終わりの時刻"))

    def clean(self) -> dict[str, Any]:
        """A period has both its days."""
        for number in PERIODS[1:]:
            first, last = (self.cleaned_data.get(f"{name}_{number}") for name in ("first", "last"))
            if bool(first) != bool(last) and not self.errors.get(f"first_{number}"):
                self.add_error(f"last_{number}" if first else f"first_{number}", _("日付を入力してください。"))
        return self.cleaned_data

    @property
    def spans(self) -> tuple[Span, ...]:
        """The periods of the valid form, half-open."""
        values = self.cleaned_data
        return tuple(_span(*(values[f"{name}_{n}"] for name in EDGES)) for n in PERIODS if values[f"first_{n}"])

    @property
    def what(self) -> list[BoundField]:
        """The fields that say what for."""
        return [self[name] for name in ("occasion", "detail", "article", "reason")]

    @property
    def periods(self) -> Iterator[tuple[int, list[BoundField]]]:
        """The fields of each period."""
        return ((number, [self[f"{name}_{number}"] for name in EDGES]) for number in PERIODS)

    @property
    def has_more_periods(self) -> bool:
        """Whether a second one is filled in, or wrong."""
        names = [f"{name}_{number}" for number in PERIODS[1:] for name in EDGES]
        return any(self[name].value() or self[name].errors for name in names)


def _time(label: Any) -> forms.TimeField:
    told = {"invalid": _("時刻は 09:00 の形で入力してください。")}
    return forms.TimeField(label=label, required=False, widget=TimeInput, error_messages=told)


def _span(first: dt.date, starts: dt.time | None, last: dt.date, ends: dt.time | None) -> Span:
    begins = dt.datetime.combine(first, starts or MIDNIGHT, TOKYO)
    after = ends is None or (ends == MIDNIGHT and last >= first)
    closes = dt.datetime.combine(last + dt.timedelta(days=1) if after else last, ends or MIDNIGHT, TOKYO)
    return begins, closes


def usual() -> dict[str, Any]:
    """What the form begins with."""
    return {"occasion": Occasion.POLLING, "first_1": clock.today(), "last_1": clock.today()}


class EndForm(forms.Form):
    """Why it ends, or is called off."""

    reason = forms.CharField(
        label=_("理由"),
        max_length=REASON_LIMIT,
        help_text=_("職員だけに表示され、記録に残ります。"),
        error_messages={
            "required": _("理由を入力してください。"),
            "max_length": _("理由は%(limit_value)d文字以内で入力してください（現在%(show_value)d文字）。"),
        },
        widget=forms.Textarea(attrs={"rows": 3}),
    )
