"""The desk's forms for acts on a booking: shape of the input only; rules are the services' business."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.bookings.rules.grounds import GROUNDS
from apps.bookings.rules.states import REASON_LIMIT
from apps.bookings.services.note import LIMIT as NOTE_LIMIT


def _reason(help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=_("理由"),
        help_text=help_text,
        max_length=REASON_LIMIT,
        error_messages={
            "required": _("理由を入力してください。"),
            "max_length": _("理由は%(limit_value)d文字以内で入力してください（現在%(show_value)d文字）。"),
        },
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class RefuseForm(forms.Form):
    """不許可: the provision that is applied, and why."""

    ground = forms.ChoiceField(
        label=_("根拠となる規定"),
        choices=[(ground.code, f"{ground.clause}　{ground.text}") for ground in GROUNDS],
        error_messages={
            "required": _("根拠となる規定を選択してください。"),
            "invalid_choice": _("根拠となる規定を選択してください。"),
        },
        widget=forms.RadioSelect,
    )
    reason = _reason(_("不許可通知書に記載され、申請者に通知されます。"))


class CancelForm(forms.Form):
    """取消し by staff, and why."""

    reason = _reason(_("申請者に通知されます。"))


class NoteForm(forms.Form):
    """A remark among staff."""

    hides_requirement = True
    text = forms.CharField(
        label=_("備考を追加"),
        max_length=NOTE_LIMIT,
        error_messages={
            "required": _("備考を入力してください。"),
            "max_length": _("備考は%(limit_value)d文字以内で入力してください（現在%(show_value)d文字）。"),
        },
        widget=forms.Textarea(attrs={"rows": 3}),
    )
