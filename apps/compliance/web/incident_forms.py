"""The forms of incidents: shape of the input only; rules are the services' business."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.compliance.incident_texts import (
    ITEM_HINTS,
    ITEM_WORDS,
    STEP_WORDS,
    Encrypted,
    Kind,
    Medium,
    Publishing,
    Recovered,
)
from apps.compliance.models.incidents import IncidentVersion
from apps.compliance.rules.incident_duty import Facts
from apps.compliance.rules.incident_first import FirstReport
from apps.compliance.rules.incident_items import MOST, Item
from apps.compliance.rules.incidents import Step
from kernel import clock
from kernel.wareki import WarekiError, parse_date
from shared.web.fields import EARLIEST, CountField, DayField

MOMENT: Final = re.compile(r"(?P<day>.+?)[T\s　]+(?P<hour>\d{1,2})\s*[:：時]\s*(?P<minute>\d{1,2})分?(?::\d\d)?")
CHOOSE: Final = [("", _("選択してください"))]
UNCHOSEN: Final = dict.fromkeys(["required", "invalid_choice"], _("1つ選択してください。"))


class MomentInput(forms.DateTimeInput):
    """The browser's own picker of day and time; without one, a text field that takes 2026-04-01 9:05."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "input--20", **(attrs or {})}, format="%Y-%m-%dT%H:%M")


class MomentField(forms.Field):
    """A day and time in Japan, as a picker sends it or as it is typed in either calendar."""

    widget = MomentInput
    default_error_messages = {
        "required": _("日時を入力してください。"),
        "invalid": _("日時は 2026-04-01 9:05 の形で入力してください。"),
    }

    def to_python(self, value: Any) -> dt.datetime | None:
        if value in self.empty_values:
            return None
        found = MOMENT.fullmatch(str(value).strip())
        try:
            if found is None:
                raise ValueError
            day = parse_date(found["day"])
            moment = clock.at(day, dt.time(int(found["hour"]), int(found["minute"])))
        except (ValueError, WarekiError):
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        if not EARLIEST <= day <= clock.today() + dt.timedelta(days=366):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return moment

    def prepare_value(self, value: Any) -> Any:
        return value.astimezone(clock.TOKYO).replace(tzinfo=None) if isinstance(value, dt.datetime) else value


class LongField(forms.CharField):
    """Some lines of text."""

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        too_long = _("%(limit_value)d文字以内で入力してください（現在%(show_value)d文字）。")
        said: dict[str, Any] = {
            "max_length": MOST,
            "widget": forms.Textarea(attrs={"rows": rows}),
            "error_messages": {"max_length": too_long, "required": _("入力してください。")},
        }
        super().__init__(**said | kwargs)


class FirstReportForm(forms.Form):
    """一次報告: one short page."""

    what = LongField(
        label=_("何が起きたか"),
        rows=4,
        help_text=_("分かっていることだけで構いません。利用者の氏名や電話番号は書かないでください。"),
    )
    kind = forms.ChoiceField(label=_("種類"), choices=Kind.choices, widget=forms.RadioSelect, error_messages=UNCHOSEN)
    noticed = MomentField(label=_("気づいた日時"), help_text=_("この時刻から1時間以内に市へ知らせます。"))
    occurred = MomentField(label=_("起きた日時"), required=False, help_text=_("分からないときは空欄にします。"))
    phoned = MomentField(
        label=_("市へ電話した日時"), required=False, help_text=_("まだのときは空欄のまま送り、すぐに電話してください。")
    )
    persons = CountField(
        label=_("関係する方のおよその人数"),
        required=False,
        min_value=1,
        help_text=_("最大で何人か。見当がつかないときは空欄にします。"),
    )
    medium = forms.ChoiceField(
        label=_("情報が載っていたもの"), choices=[*CHOOSE, *Medium.choices], error_messages=UNCHOSEN
    )
    encrypted = forms.ChoiceField(label=_("暗号化"), choices=[*CHOOSE, *Encrypted.choices], error_messages=UNCHOSEN)
    recovered = forms.ChoiceField(label=_("回収"), choices=[*CHOOSE, *Recovered.choices], error_messages=UNCHOSEN)

    def said(self) -> FirstReport:
        """What a valid form says."""
        return FirstReport(**self.cleaned_data)


class ItemsForm(forms.Form):
    """The nine items."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, version: IncidentVersion) -> None:
        super().__init__(data, initial=dict(version.items))
        for item in Item:
            self.fields[item.value] = LongField(
                label=ITEM_WORDS[item], help_text=ITEM_HINTS[item], required=item is Item.OVERVIEW
            )

    def said(self) -> dict[str, str]:
        """Item -> text."""
        return {item.value: self.cleaned_data[item.value] for item in Item}


class FactsForm(ItemsForm):
    """The nine items, and what the duty test rests on: the city's."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, version: IncidentVersion) -> None:
        super().__init__(data, version=version)
        self.initial.update({name: getattr(version, name) for name in Facts.__slots__ if name != "persons"})
        self.initial["persons_most"] = version.persons
        self.fields["persons_most"] = CountField(
            label=_("本人の数（最大で）"),
            required=False,
            help_text=_("見当がつかないときは空欄にします。「おそれ」として扱います。"),
        )
        for name, label in (
            ("sensitive", _("要配慮個人情報が含まれる（おそれを含む）")),
            ("property", _("不正に利用されると財産的被害が生じるおそれがある")),
            ("unlawful", _("不正の目的によるおそれがある")),
            ("ordinance", _("条例要配慮個人情報が含まれる（おそれを含む）")),
            ("is_protected", _("高度な暗号化などの措置があり、鍵は漏れていない")),
        ):
            self.fields[name] = forms.BooleanField(label=label, required=False)

    def facts(self) -> Facts:
        """What a valid form says of the facts."""
        flags = {name: self.cleaned_data[name] for name in Facts.__slots__ if name != "persons"}
        return Facts(persons=self.cleaned_data["persons_most"], **flags)


class StepForm(forms.Form):
    """The next step: which, when, and what is to be kept of it."""

    step = forms.ChoiceField(
        label=_("記録する段階"),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("段階を選択してください。")),
    )
    on = DayField(label=_("行った日"))
    note = LongField(
        label=_("内容"), required=False, help_text=_("例：個人情報保護委員会のフォームから報告した。受付番号0000")
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, steps: tuple[Step, ...]) -> None:
        super().__init__(data, initial={"on": clock.today()})
        choices = [(step.value, STEP_WORDS[step]) for step in steps]
        self.fields["step"].choices = choices  # type: ignore[attr-defined]


class NumbersForm(forms.Form):
    """Registration numbers, one a line."""

    numbers = LongField(
        label=_("登録番号"), rows=6, max_length=20_000, help_text=_("1行に1つ。続けて貼り付けられます。")
    )


class SpanForm(forms.Form):
    """From when until when."""

    since = MomentField(label=_("いつから"))
    until = MomentField(label=_("いつまで"))


class PublicationForm(forms.Form):
    """公表: how, when and where."""

    how = forms.ChoiceField(
        label=_("公表の方法"), choices=Publishing.choices, widget=forms.RadioSelect, error_messages=UNCHOSEN
    )
    published_on = DayField(label=_("公表した日"), required=False, help_text=_("まだのときは空欄にします。"))
    where = forms.CharField(
        label=_("公表した場所"), max_length=200, required=False, help_text=_("例：市のホームページ")
    )
    reason = forms.CharField(
        label=_("理由"), max_length=500, required=False, help_text=_("公表しないときは必ず入力します。")
    )
