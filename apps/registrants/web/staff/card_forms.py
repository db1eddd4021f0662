"""The desk's forms about cards: shape of the input only; rules are the services' business."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from apps.registrants.documents.render import CARDS_A_SHEET
from apps.registrants.models import CardKind, IdentityDocument, IssueCause, LapseCause, Qualification, ReviewWay
from apps.registrants.rules.eligibility import AGE, SPECIAL_REASON_LIMIT
from apps.registrants.services.cards.apply import SeniorApplication
from apps.registrants.web.staff.act_forms import ReasonField
from kernel import clock
from kernel.kana import is_kana
from kernel.names import NameTextError, clean_name
from kernel.wareki import fiscal_year, format_fiscal_year
from shared.web.fields import DayField

YEARS: Final = 30
"""So many fiscal years of registers can be looked at."""
NAME_ERRORS: Final = {
    "too_long": _("{limit}文字以内で入力してください。"),
    "control_character": _("使用できない文字が含まれています。"),
    "emoji": _("絵文字は使用できません。"),
    "private_use": _("外字は使用できません。別の文字で入力してください。"),
}


class NameField(forms.CharField):
    """A name as given, or nothing."""

    def __init__(self, *, limit: int, **kwargs: Any) -> None:
        self.limit = limit
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> str:
        """The name in NFC; a refusal says what is wrong with it."""
        text = str(value or "")
        if not text.strip():
            return ""
        try:
            return clean_name(text, max_length=self.limit)
        except NameTextError as error:
            raise ValidationError(str(NAME_ERRORS.get(error.code, error.code)).format(limit=self.limit)) from None


class KanaField(NameField):
    """A name in kana, or nothing."""

    def clean(self, value: Any) -> str:
        """The kana as given."""
        name = super().clean(value)
        if name and not is_kana(name):
            raise ValidationError(_("フリガナは、かな（ひらがな・カタカナ）で入力してください。"))
        return name


class SeniorForm(forms.Form):
    """登録証の申請: by what right, and a former name for the duplicate check."""

    qualification = forms.ChoiceField(
        label=_("資格区分"),
        choices=Qualification.choices,
        initial=AGE,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("資格区分を選んでください。"),
            "invalid_choice": _("資格区分を一覧から選んでください。"),
        },
    )
    special_reason = forms.CharField(
        label=_("年齢以外の資格で交付する理由"),
        required=False,
        max_length=SPECIAL_REASON_LIMIT,
        help_text=_("60歳以上のときは空欄にします。手帳の番号や等級、病名は書かないでください。"),
        error_messages={"max_length": _("%(limit_value)d文字以内で入力してください（現在%(show_value)d文字）。")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    former_name = NameField(
        label=_("旧氏名・通称"), limit=80, help_text=_("本人が希望するときだけ。重複の確認だけに使います。")
    )
    former_kana = KanaField(label=_("旧氏名・通称のフリガナ"), limit=120)
    has_consented = forms.BooleanField(
        label=_("重複登録の有無を市内の施設の間で確認することに、申請書（様式第５号）で同意を得た"),
        error_messages={
            "required": _(
                "申請書（様式第５号）で重複確認への同意を得て、チェックを付けてください。同意がないと交付できません。"
            )
        },
    )

    def clean(self) -> dict[str, Any]:
        """A former name comes with its kana, and the other way round."""
        values = super().clean() or {}
        pair = ("former_name", "former_kana")
        missing = [name for name in pair if name in values and not values[name]]
        if len(missing) == 1:
            self.add_error(missing[0], _("旧氏名・通称とそのフリガナは、両方を入力してください。"))
        return values

    def application(self) -> SeniorApplication:
        """What the valid form says."""
        return SeniorApplication(**self.cleaned_data)


class PaperForm(forms.Form):
    """様式第５号: what it is filled in for."""

    hides_requirement = True
    act = forms.ChoiceField(
        label=_("申請書の区分"),
        choices=[
            ("new", _("新規")),
            ("change", _("変更")),
            ("lost", _("再交付（紛失）")),
            ("damaged", _("再交付（破損）")),
        ],
        error_messages={
            "required": _("申請書の区分を選んでください。"),
            "invalid_choice": _("申請書の区分を一覧から選んでください。"),
        },
    )


class PlainForm(forms.Form):
    """An act that needs nothing but to be confirmed."""


class FaceForm(forms.Form):
    """A print: what stands for a name of which no font has some characters. Asked for such a name alone."""

    substitute = NameField(
        label=_("券面に印刷する名前（代替文字）"),
        limit=100,
        help_text=_("登録の氏名・団体名はそのままで、券面と台帳に「正字あり」と記録します。"),
    )


class HandOverForm(forms.Form):
    """本人への交付: what the holder has shown."""

    document = forms.ChoiceField(
        label=_("提示された本人確認書類"),
        choices=IdentityDocument.choices,
        widget=forms.RadioSelect,
        help_text=_("書類の番号は記録しません。写しも取らないでください。"),
        error_messages={
            "required": _("渡す前に本人確認をして、提示された書類を選んでください。"),
            "invalid_choice": _("本人確認書類を一覧から選んでください。"),
        },
    )


class ReissueForm(FaceForm):
    """再交付・書換交付: why, and whether the old card was handed in."""

    cause = forms.ChoiceField(
        label=_("作り直す事由"),
        choices=[(one.value, one.label) for one in (IssueCause.LOST, IssueCause.DAMAGED, IssueCause.CHANGE)],
        widget=forms.RadioSelect,
        error_messages={"required": _("事由を選んでください。"), "invalid_choice": _("事由を一覧から選んでください。")},
    )
    reason = ReasonField(help_text=_("届出の内容など。交付の経過に残ります。"))
    is_returned = forms.BooleanField(label=_("古いカードを受け取った"), required=False)
    field_order = ("cause", "reason", "is_returned", "substitute")


class ReasonForm(forms.Form):
    """停止・停止の解除: why."""

    reason = ReasonField(help_text=_("経過に残ります。個人の病歴など、必要のないことは書かないでください。"))


class LapseForm(forms.Form):
    """失効: why, and whether the card was handed in."""

    cause = forms.ChoiceField(
        label=_("失効の事由"),
        choices=[(one.value, one.label) for one in (LapseCause.MOVED, LapseCause.DIED, LapseCause.REVOKED)],
        widget=forms.RadioSelect,
        error_messages={"required": _("事由を選んでください。"), "invalid_choice": _("事由を一覧から選んでください。")},
    )
    reason = ReasonField(required=False)
    is_returned = forms.BooleanField(label=_("カードを受け取った"), required=False)


class SheetForm(forms.Form):
    """Which cards go on a sheet, and where it begins."""

    cards = forms.MultipleChoiceField(
        error_messages={
            "required": _("印刷するカードを選んでください。"),
            "invalid_choice": _("印刷するカードを一覧から選んでください。"),
        }
    )
    start = forms.TypedChoiceField(
        label=_("最初のカードの位置"),
        coerce=int,
        help_text=_("使いかけの用紙は、空いている位置から印刷できます。用紙は2列5段です。"),
        error_messages={"required": _("位置を選んでください。"), "invalid_choice": _("位置を一覧から選んでください。")},
    )

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["start"].choices = [(place, _place(place)) for place in range(1, CARDS_A_SHEET + 1)]  # type: ignore[attr-defined]
        sent = data.getlist("cards") if data is not None else []
        self.fields["cards"].choices = [(one, one) for one in sent if _is_uuid(one)]  # type: ignore[attr-defined]

    def clean_cards(self) -> list[UUID]:
        """The cards' ids; whether they still wait is the service's business."""
        return [UUID(one) for one in self.cleaned_data["cards"]]


class ReviewForm(forms.Form):
    """現況確認: on which day, and how."""

    on = DayField(label=_("確認した日"), farthest=dt.timedelta(0))
    way = forms.ChoiceField(
        label=_("確認の方法"),
        choices=ReviewWay.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("確認の方法を選んでください。"),
            "invalid_choice": _("確認の方法を一覧から選んでください。"),
        },
    )

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["on"].error_messages["out_of_range"] = str(_("現況確認の日は、今日までの日を入力してください。"))

    def clean_way(self) -> ReviewWay:
        """The way as the service knows it."""
        return ReviewWay(self.cleaned_data["way"])


class ReviewsForm(ReviewForm):
    """現況確認 of many: which cards besides."""

    cards = forms.MultipleChoiceField(
        error_messages={
            "required": _("現況を確認した登録証を選んでください。"),
            "invalid_choice": _("登録証を一覧から選んでください。"),
        }
    )

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        sent = data.getlist("cards") if data is not None else []
        self.fields["cards"].choices = [(one, one) for one in sent if _is_uuid(one)]  # type: ignore[attr-defined]

    def clean_cards(self) -> list[UUID]:
        """The cards' ids; whether they can be noted is the service's business."""
        return [UUID(one) for one in self.cleaned_data["cards"]]


class RegisterForm(forms.Form):
    """Which register: the kind of card and the fiscal year."""

    hides_requirement = True
    kind = forms.ChoiceField(
        label=_("カードの種類"),
        choices=CardKind.choices,
        required=False,
        error_messages={"invalid_choice": _("カードの種類を一覧から選んでください。")},
    )
    year = forms.TypedChoiceField(
        label=_("年度"),
        coerce=int,
        required=False,
        error_messages={"invalid_choice": _("年度を一覧から選んでください。")},
    )

    def __init__(self, data: Any = None, *, initial: Any = None, kinds: Sequence[str]) -> None:
        """``kinds`` of card are offered, the last of them unless another is asked for."""
        super().__init__(data, initial=initial)
        self.kinds = kinds
        self.fields["kind"].widget.choices = [(kind, label) for kind, label in CardKind.choices if kind in kinds]
        this = fiscal_year(clock.today())
        years = [(year, format_fiscal_year(year)) for year in range(this, this - YEARS, -1)]
        self.fields["year"].choices = years  # type: ignore[attr-defined]

    def chosen(self) -> tuple[str, int]:
        """Kind and year of the valid form, whether or not the kind is offered; of what was not said this year's."""
        values = self.cleaned_data
        return values["kind"] or self.kinds[-1], values["year"] or fiscal_year(clock.today())


def _place(place: int) -> str:
    row, column = divmod(place - 1, 2)
    side = __("右") if column else __("左")
    return __("%(row)d段目の%(side)s") % {"row": row + 1, "side": side}


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
