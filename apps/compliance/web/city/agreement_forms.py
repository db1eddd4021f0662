"""The forms of operators, designations and agreements."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.compliance.models.agreements import EndKind
from apps.compliance.queries.clauses import versions_of
from apps.compliance.services.agreements import Terms
from shared.web.fields import DayField
from tenants.models import FeeRegime, Operator, OperatorKind

YEARS_AHEAD = dt.timedelta(days=366 * 12)
PERSONAL, SECURITY = "special_personal", "special_security"


def text(label: Any, most: int, **kwargs: Any) -> forms.CharField:
    """A line of text; the sentence for an empty one names the field."""
    return forms.CharField(label=label, max_length=most, error_messages={"required": _("入力してください。")}, **kwargs)


class OperatorForm(forms.Form):
    """An operator, with the bodies of a consortium."""

    kind = forms.ChoiceField(label=_("運営者の種類"), choices=OperatorKind.choices, widget=forms.RadioSelect)
    name = text(_("名称"), 100)
    name_en = text(_("名称（英語）"), 100, required=False)
    corporate_number = text(
        _("法人番号"), 20, required=False, help_text=_("13桁。共同事業体そのものには法人番号がないため、空欄にします。")
    )
    representative_title = text(_("代表者の職名"), 40)
    representative_name = text(_("代表者の氏名"), 60)
    members = forms.CharField(
        label=_("共同事業体の構成員"),
        max_length=2000,
        required=False,
        help_text=_("1行に1法人、法人名と法人番号を空白で区切ります。1行目が代表です。単独の法人なら空欄にします。"),
        widget=forms.Textarea({"rows": 4}),
    )


class TermsForm(forms.Form):
    """What an agreement says beside its days."""

    agreement_number = text(_("協定番号"), 60, help_text=_("市の部署が運営する場合は、決裁の番号など。"))
    personal_version = forms.TypedChoiceField(label=_("個人情報取扱特記事項の版"), coerce=int)
    security_version = forms.TypedChoiceField(label=_("情報セキュリティ特記事項の版"), coerce=int)
    privacy_officer = text(_("個人情報保護責任者（職名）"), 60)
    security_officer = text(_("情報セキュリティ対策責任者（職名）"), 60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, code in (("personal_version", PERSONAL), ("security_version", SECURITY)):
            versions = [row.version for row in versions_of(code)]
            choices = [(version, gettext("第%(version)s版") % {"version": version}) for version in versions]
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def terms(self) -> Terms:
        """The terms of the valid form."""
        return Terms(**{name: self.cleaned_data[name] for name in Terms.__dataclass_fields__})


class DesignationForm(TermsForm):
    """Who runs a facility from when to when."""

    operator = forms.ModelChoiceField(
        label=_("運営者"),
        queryset=Operator.objects.order_by("name"),
        empty_label=_("選択してください"),
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("運営者を選択してください。")),
    )
    first = DayField(
        label=_("指定期間の始まりの日"), farthest=YEARS_AHEAD, help_text=_("この日の0時から、窓口にログインできます。")
    )
    last = DayField(
        label=_("指定期間の終わりの日"),
        farthest=YEARS_AHEAD,
        required=False,
        help_text=_(
            "この日の24時に、窓口のすべてのログインが終わります。市の直営で期間の定めがなければ、空欄にします。"
        ),
    )
    fee_regime = forms.ChoiceField(label=_("料金の扱い"), choices=FeeRegime.choices, widget=forms.RadioSelect)

    field_order = ("operator", "first", "last", "fee_regime")


class ChangeForm(TermsForm):
    """What is agreed from a day on, and why it changes."""

    in_force_from = DayField(label=_("適用を始める日"))
    why = text(_("変更の理由"), 200)


class EndForm(forms.Form):
    """When and why a designation ends before its time."""

    kind = forms.ChoiceField(label=_("終わる理由"), choices=EndKind.choices, widget=forms.RadioSelect)
    last_day = DayField(
        label=_("終わりの日"),
        help_text=_("この日の24時に、窓口のすべてのログインが終わります。昨日の日を入れると、すぐに終わります。"),
    )
    reason = forms.CharField(
        label=_("具体的な理由"),
        max_length=500,
        help_text=_("指定の取消しは、協定の特記事項と条例のどの定めによるかを書きます。"),
        error_messages={"required": _("具体的な理由を入力してください。")},
        widget=forms.Textarea({"rows": 4}),
    )
