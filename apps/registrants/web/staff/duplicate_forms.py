"""The forms of the duplicate check and of 照会票: shape of the input only."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.registrants.rules.standing import REASON_LIMIT
from shared.seniorcards.models import Answer, CallPurpose


class CheckForm(forms.Form):
    """What is stated before the index is asked."""

    purpose = forms.ChoiceField(
        label=_("確認の目的"),
        choices=CallPurpose.choices,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("確認の目的を選択してください。")),
        widget=forms.RadioSelect,
    )
    identity_checked = forms.BooleanField(
        label=_("本人確認書類を見て、本人であることを確かめました"),
        help_text=_("書類の番号や写しは残しません。"),
        error_messages={"required": _("本人確認が済んでいることを確かめ、チェックを付けてください。")},
    )


class OldNumberForm(forms.Form):
    """The number on the card that the person holds."""

    hides_requirement = True
    number = forms.CharField(
        label=_("以前の登録証の番号"),
        help_text=_("ご本人にお尋ねください。例：RA-000123-0"),
        max_length=30,
        error_messages={"required": _("以前の登録証の番号を入力してください。")},
        widget=forms.TextInput({"autocomplete": "off", "class": "input--20"}),
    )


class AnswerForm(forms.Form):
    """同一人 or 別人, and how it was found out."""

    answer = forms.ChoiceField(
        label=_("回答"),
        choices=[
            (Answer.SAME.value, _("同一人（この登録証の持ち主が申請している）")),
            (Answer.OTHER.value, _("別人（この登録証の持ち主ではない）")),
        ],
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("同一人か別人かを選択してください。")),
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("確かめた方法"),
        help_text=_("例：登録証の持ち主に電話で確かめた。この施設にだけ残り、照会した施設には送られません。"),
        max_length=REASON_LIMIT,
        error_messages={"required": _("確かめた方法を入力してください。")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
