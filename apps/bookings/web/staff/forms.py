"""The desk's forms for acts on a booking: shape of the input only; rules are the services' business."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.bookings.models import PenaltyEvent
from apps.bookings.rules.deadlines import CITIZENS_CAUSE, FACILITYS_CAUSE
from apps.bookings.rules.grounds import GROUNDS
from apps.bookings.rules.penalties import SEEN_BY_STAFF
from apps.bookings.rules.states import REASON_LIMIT
from apps.bookings.rules.terms import Terms
from apps.bookings.rules.wording_blocks import Wording
from apps.bookings.services.note import LIMIT as NOTE_LIMIT
from apps.bookings.web.change_form import cause_choices

NO_SUCH_CAUSE = dict.fromkeys(("required", "invalid_choice"), _("取消しの事由を選択してください。"))


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

    def __init__(self, data: Any = None, *, wording: Wording | None = None) -> None:
        """``wording``: the facility's own words of the grounds, where they are known."""
        super().__init__(data)
        if wording is not None:
            worded = [(one.code, "　".join(wording.paragraphs(f"grounds.{one.code}", {}))) for one in GROUNDS]
            self.fields["ground"].choices = worded  # type: ignore[attr-defined]  # a ChoiceField


class CancelForm(forms.Form):
    """取消し by staff for the citizen: whose cause, and why."""

    cause = forms.ChoiceField(label=_("取消しの事由"), error_messages=dict(NO_SUCH_CAUSE), widget=forms.RadioSelect)
    reason = _reason(_("申請者に通知されます。"))
    late = forms.BooleanField(
        label=_("取消しの期限を過ぎていても取り消す"),
        required=False,
        help_text=_("期限内であれば、チェックは要りません。"),
    )

    def __init__(self, data: Any = None, *, terms: Terms, whose: str = CITIZENS_CAUSE) -> None:
        super().__init__(data)
        named = cause_choices(terms.causes, whose)
        self.fields["cause"].choices = named  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["cause"].initial = named[0][0]
        self.fields["cause"].required = False

    def clean_cause(self) -> str:
        """The cause that was chosen; the first of the list where none was."""
        return str(self.cleaned_data["cause"] or self.fields["cause"].initial)


class CallOffForm(CancelForm):
    """取消し by the facility for its own reasons."""

    late = None  # type: ignore[assignment]  # nobody is late with it

    def __init__(self, data: Any = None, *, terms: Terms) -> None:
        super().__init__(data, terms=terms, whose=FACILITYS_CAUSE)


class DeferForm(forms.Form):
    """審査の保留, and why."""

    reason = _reason(_("職員だけに表示され、申請者には通知されません。"))


class RefuseChangeForm(forms.Form):
    """変更の不許可, and why."""

    reason = _reason(_("申請者に通知されます。"))


class RevokeForm(RefuseForm):
    """許可の取消し (不利益処分): the provision that is applied, and why."""

    reason = _reason(_("使用許可取消通知書に記載され、利用者に通知されます。"))


class EventForm(forms.Form):
    """違反の記録: what staff saw."""

    hides_requirement = True
    event = forms.ChoiceField(
        label=_("事由"), choices=[(code, label) for code, label in PenaltyEvent.choices if code in SEEN_BY_STAFF]
    )
    note = forms.CharField(label=_("見たこと"), max_length=REASON_LIMIT, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="event-%s")


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
