"""The forms of requests of persons: shape of the input only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.compliance.person_request_texts import Claimant, DecisionWord, Ground, RequestKind, StepWord
from apps.compliance.queries.person_requests import disclosable
from apps.compliance.rules.person_requests import PERIODS, Decision, Step
from apps.compliance.services.person_requests.steps import Claim, Part
from apps.compliance.web.incident_forms import UNCHOSEN, LongField
from apps.registrants.models.standing import IdentityDocument
from kernel import clock
from shared.web.fields import DayField


class ClaimForm(forms.Form):
    """受付: whose data, what is asked for, by whom, and what was shown."""

    number = forms.CharField(label=_("登録番号"), max_length=20, error_messages={"required": _("入力してください。")})
    kind = forms.ChoiceField(
        label=_("請求の種類"), choices=RequestKind.choices, widget=forms.RadioSelect, error_messages=UNCHOSEN
    )
    claimant = forms.ChoiceField(
        label=_("請求した人"), choices=Claimant.choices, widget=forms.RadioSelect, error_messages=UNCHOSEN
    )
    document = forms.ChoiceField(
        label=_("示された本人確認書類"),
        choices=IdentityDocument.choices,
        error_messages=UNCHOSEN,
        help_text=_("種類だけを記録します。番号の控えや写しは取りません。"),
    )
    received_on = DayField(label=_("受け付けた日"))
    note = LongField(
        label=_("請求の範囲"),
        rows=2,
        max_length=300,
        required=False,
        help_text=_("例：令和8年度の予約。氏名や電話番号は書かないでください。"),
    )

    def claim(self) -> Claim:
        """What a valid form says."""
        names = ("kind", "claimant", "document", "received_on", "note")
        return Claim(**{name: self.cleaned_data[name] for name in names})


class CityClaimForm(ClaimForm):
    """The same at the city, which says where the person is registered."""

    field_order = ("tenant", "number")
    tenant = forms.ChoiceField(label=_("施設"), error_messages=UNCHOSEN)

    def __init__(self, *args: Any, tenants: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tenant"].choices = tenants  # type: ignore[attr-defined]


class CityStepForm(forms.Form):
    """The city's next act."""

    step = forms.ChoiceField(label=_("処理"), widget=forms.RadioSelect, error_messages=UNCHOSEN)
    decision = forms.ChoiceField(
        label=_("決定の内容"),
        choices=[("", _("決定のときに選択してください")), *DecisionWord.choices],
        required=False,
    )
    note = LongField(
        label=_("理由"),
        max_length=500,
        required=False,
        help_text=_("通知書に載ります。延長のときと、全部を認める場合のほかは必ず入力します。"),
    )
    granted = forms.MultipleChoiceField(
        label=_("開示する項目"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("開示の請求の一部を認めるときだけ選びます。選んだ項目だけが書類に載ります。"),
    )
    ground = forms.ChoiceField(
        label=_("開示しない根拠（個人情報の保護に関する法律第78条第1項）"),
        choices=[("", _("一部を認めるときに選択してください")), *Ground.choices],
        required=False,
    )
    on = DayField(label=_("行った日"))

    def __init__(self, data: Mapping[str, Any] | None = None, *, steps: tuple[Step, ...], is_disclosure: bool) -> None:
        super().__init__(data, initial={"on": clock.today()})
        choices = [(step.value, StepWord(step.value).label) for step in steps if step is not Step.CARRIED_OUT]
        self.fields["step"].choices = choices  # type: ignore[attr-defined]
        self.fields["granted"].choices = [(title, title) for title in disclosable()]  # type: ignore[attr-defined]
        if not is_disclosure:
            del self.fields["granted"], self.fields["ground"]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("step") == Step.DECIDED and not said.get("decision"):
            self.add_error("decision", UNCHOSEN["required"])
        return said

    def decision_said(self) -> Decision | None:
        """The decision, for that step alone."""
        said = self.cleaned_data
        return Decision(said["decision"]) if said["step"] == Step.DECIDED else None

    def part_said(self) -> Part:
        """The part of a disclosure that is granted."""
        said = self.cleaned_data
        return Part(tuple(said.get("granted", ())), said.get("ground", ""))


class PeriodForm(forms.Form):
    """決定の期限: 15 or 30 days, from when."""

    days = forms.TypedChoiceField(
        label=_("決定までの日数"), choices=[(days, f"{days}") for days in PERIODS], coerce=int, error_messages=UNCHOSEN
    )
    valid_from = DayField(label=_("いつ受け付けた請求から"))


class LiftForm(forms.Form):
    """Why somebody's data may be used again."""

    reason = forms.CharField(
        label=_("解除の理由"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("例：本人から利用停止を取り下げる申出があったため。"),
        error_messages={"required": _("理由を入力してください。")},
    )
