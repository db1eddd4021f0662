"""The desk's forms for acts on a registration: shape of the input only; rules are the services' business."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.registrants.models import CloseCause
from apps.registrants.rules.standing import REASON_LIMIT
from shared.web.fields import DayField

FARTHEST_END: Final = dt.timedelta(days=366 * 20)
CAUSES: Final = [(one.value, one.label) for one in CloseCause if one not in {CloseCause.EXPIRED, CloseCause.MERGED}]
"""Those that a clerk chooses."""


class ReasonField(forms.CharField):
    """Why an act is done; kept in the history."""

    def __init__(self, **kwargs: Any) -> None:
        said: dict[str, Any] = {
            "label": _("理由"),
            "max_length": REASON_LIMIT,
            "error_messages": {
                "required": _("理由を入力してください。"),
                "max_length": _("理由は%(limit_value)d文字以内で入力してください（現在%(show_value)d文字）。"),
            },
            "widget": forms.Textarea(attrs={"rows": 3}),
        }
        super().__init__(**said | kwargs)


class SuspendForm(forms.Form):
    """利用停止: from when, until when, why."""

    first = DayField(label=_("停止を始める日"), help_text=_("今日以降の日。先の日にすると、その日に自動で始まります。"))
    last = DayField(
        label=_("停止の最後の日"),
        required=False,
        help_text=_("翌日に自動で解除されます。期限を定めないときは空欄にします。"),
    )
    reason = ReasonField(help_text=_("経過に残ります。個人の病歴など、必要のないことは書かないでください。"))


class LiftForm(forms.Form):
    """停止解除: from when, why."""

    effective_on = DayField(label=_("解除する日"), help_text=_("この日から、ふたたび予約できます。"))
    reason = ReasonField()


class OnlineForm(forms.Form):
    """インターネット利用可否: why it changes."""

    reason = ReasonField(help_text=_("経過に残ります。止めるときの理由は、本人にもお知らせします。"))


class RenewForm(forms.Form):
    """更新: the new last day."""

    valid_until = DayField(
        label=_("新しい有効期限"),
        required=False,
        farthest=FARTHEST_END,
        help_text=_("この日まで有効です。期限を定めないときは空欄にします。"),
    )
    reason = ReasonField()


class CloseForm(forms.Form):
    """抹消: the cause, from when, why."""

    cause = forms.ChoiceField(
        label=_("抹消の事由"),
        choices=CAUSES,
        error_messages={
            "required": _("抹消の事由を選択してください。"),
            "invalid_choice": _("抹消の事由を選択してください。"),
        },
        widget=forms.RadioSelect,
    )
    effective_on = DayField(
        label=_("抹消する日"),
        help_text=_("この日から利用できなくなります。過ぎた日は、死亡と転出のときだけ指定できます。"),
    )
    reason = ReasonField()


class ReopenForm(forms.Form):
    """抹消の取消し: why."""

    reason = ReasonField(help_text=_("抹消される前の状態に戻ります。失効したカードは戻りません。"))


class UnmergeForm(forms.Form):
    """統合の取消し: why."""

    reason = ReasonField(
        help_text=_("統合から30日以内に取り消せます。統合のあとに入った予約は、残した登録のままです。")
    )


class OtherForm(forms.Form):
    """Which other record: by its number."""

    number = forms.CharField(
        label=_("もう一方の登録番号"),
        help_text=_("例：A-000012-5"),
        max_length=40,
        error_messages={"required": _("登録番号を入力してください。")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "input--20"}),
    )


class MergeForm(forms.Form):
    """統合: which record stays, and why."""

    kept = forms.ChoiceField()
    reason = ReasonField()

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kept"] = self.kept_among(choices)

    @staticmethod
    def kept_among(choices: list[tuple[str, str]]) -> forms.ChoiceField:
        """The question which of the two stays."""
        return forms.ChoiceField(
            label=_("残す登録"),
            choices=choices,
            error_messages={
                "required": _("残す登録を選択してください。"),
                "invalid_choice": _("残す登録を選択してください。"),
            },
            widget=forms.RadioSelect,
        )
