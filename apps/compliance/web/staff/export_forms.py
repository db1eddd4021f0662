"""The form of a request to take data out."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.compliance.export_texts import ExportEncoding, ExportPurpose
from apps.compliance.rules.exports import SENSITIVE, Wish
from apps.compliance.rules.purpose import MOST_NOTE, state
from apps.registrants.models import RegistrantKind, RegistrantState
from apps.registrants.queries.exporting import fields_to_export
from shared.web.fields import DayField

FAR: Final = dt.timedelta(days=366 * 20)
STATES: Final = [(one.value, one.label) for one in RegistrantState]
KINDS: Final = [("", _("個人と団体")), *RegistrantKind.choices]


class ExportForm(forms.Form):
    """Why, whom, which fields. What is wrong is told by the rules, beside the field."""

    purpose = forms.ChoiceField(
        label=_("持出しの目的"),
        choices=[("", _("選択してください")), *ExportPurpose.choices],
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("持出しの目的を選択してください。")),
    )
    note = forms.CharField(
        label=_("具体的な理由"),
        max_length=MOST_NOTE,
        help_text=_("例：令和8年度の更新案内を郵送するため。氏名や番号は書かないでください。"),
        error_messages={"required": _("具体的な理由を入力してください。")},
    )
    kind = forms.ChoiceField(label=_("個人・団体"), choices=KINDS, required=False, widget=forms.RadioSelect)
    states = forms.MultipleChoiceField(
        label=_("登録の状態"),
        choices=STATES,
        required=False,
        initial=["active"],
        help_text=_("選ばないと、すべての状態が対象です。"),
        widget=forms.CheckboxSelectMultiple,
    )
    until_from = DayField(label=_("有効期限がこの日以後"), required=False, farthest=FAR)
    until_to = DayField(label=_("有効期限がこの日まで"), required=False, farthest=FAR)
    fields_wanted = forms.MultipleChoiceField(
        label=_("持ち出す項目"),
        help_text=_("目的に必要な項目だけを選びます。"),
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("持ち出す項目を選択してください。")),
        widget=forms.CheckboxSelectMultiple,
    )
    sensitive = forms.MultipleChoiceField(
        label=_("特に慎重に扱う項目"),
        required=False,
        help_text=_("生年月日と、家族などの緊急連絡先です。選ぶときは、下に理由を入力してください。"),
        widget=forms.CheckboxSelectMultiple,
    )
    sensitive_reason = forms.CharField(
        label=_("生年月日・緊急連絡先が必要な理由"),
        required=False,
        max_length=MOST_NOTE,
        help_text=_("上の項目を選んだときだけ入力します。"),
    )
    encoding = forms.ChoiceField(
        label=_("文字コード"),
        choices=ExportEncoding.choices,
        initial=ExportEncoding.UTF8,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("文字コードを選択してください。")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = fields_to_export().items()
        plain = [(name, label) for name, label in known if name not in SENSITIVE]
        self.fields["fields_wanted"].choices = plain  # type: ignore[attr-defined]
        self.fields["sensitive"].choices = [  # type: ignore[attr-defined]
            (name, label) for name, label in known if name in SENSITIVE
        ]

    def wish(self) -> Wish:
        """What the valid form asks for; the errors of a stated purpose."""
        said = self.cleaned_data
        return Wish(
            purpose=state(said["purpose"], said["note"]),
            fields=(*said["fields_wanted"], *said["sensitive"]),
            kind=said["kind"],
            states=tuple(said["states"]),
            until_from=said["until_from"],
            until_to=said["until_to"],
            sensitive_reason=said["sensitive_reason"],
            encoding=said["encoding"],
        )
