"""One row of each table as a form, there and back."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.bookings.errors import BadTableError
from apps.bookings.rules.fees.checks import check_days
from apps.bookings.rules.fees.tables import (
    Basis,
    Climate,
    EquipmentPrice,
    EquipmentUnit,
    Mode,
    Reduction,
    Season,
    Surcharge,
    When,
)
from apps.bookings.rules.fees.wording import ratio_of
from apps.bookings.web.fee_fields import YenField

FLAGS: Final = (
    ("holiday", _("土日祝")),
    ("outside", _("市外")),
    ("commercial", _("営利")),
    ("preparation", _("準備・リハーサル")),
    ("extended", _("延長・時間外")),
)
SCOPES: Final = (("room", _("室料")), ("equipment", _("設備")), ("climate", _("冷暖房")))


class RatioField(forms.CharField):
    """A ratio: 1.5, 2/3, 150%, 15割."""

    default_error_messages = {"ratio": _("割合は 1.5、2/3、150%、15割 のように入力してください。")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, widget=forms.TextInput(attrs={"class": "input--10"}), **kwargs)

    def clean(self, value: Any) -> Any:
        """The exact fraction, None for nothing."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return ratio_of(text)
        except ValueError:
            raise ValidationError(self.error_messages["ratio"], code="ratio") from None


class RowForm(forms.Form):
    """A row with a name and an article; its code stays what it was."""

    code = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)
    label = forms.CharField(label=_("名称"), max_length=60)
    article = forms.CharField(label=_("根拠条項"), max_length=100, required=False)


class SurchargeRow(RowForm):
    """割増・加算."""

    mode = forms.ChoiceField(
        label=_("計算"),
        choices=[(Mode.MULTIPLY.value, _("額に乗じる（倍）")), (Mode.ADD.value, _("基本額に対して加算"))],
        initial=Mode.MULTIPLY.value,
    )
    ratio = RatioField(label=_("割合"), help_text=_("「10割加算」は加算で10割、「15割を乗じた額」は乗じるで15割です。"))
    flags = forms.MultipleChoiceField(
        label=_("適用する場合（すべてに当たるとき）"),
        choices=FLAGS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    admission_from = YenField(label=_("入場料（円以上）"), required=False)
    admission_below = YenField(label=_("入場料（円未満）"), required=False)
    replaces = forms.CharField(
        label=_("代わりになる割増"), max_length=200, required=False, help_text=_("名称を「、」で区切ってください。")
    )

    @staticmethod
    def initial_of(one: Surcharge, labels: dict[str, str]) -> dict[str, Any]:
        """The row of a surcharge."""
        return {
            "code": one.code,
            "label": one.label,
            "article": one.article,
            "mode": one.mode.value,
            "ratio": str(one.ratio),
            "flags": [name for name, _label in FLAGS if getattr(one.when, name)],
            "admission_from": one.when.admission_from,
            "admission_below": one.when.admission_below,
            "replaces": "、".join(labels.get(code, code) for code in one.replaces),
        }

    def made(self, code: str, before: Surcharge | None, codes: dict[str, str]) -> Surcharge:
        """The surcharge of a valid row; rooms that it held in before go on. ``BadTableError``."""
        values = self.cleaned_data
        flags = {name: name in values["flags"] for name, _label in FLAGS}
        bounds = {name: values[name] for name in ("admission_from", "admission_below")}
        rooms = before.when.rooms if before else ()
        named = [name.strip() for name in values["replaces"].split("、") if name.strip()]
        if unknown := [name for name in named if name not in codes]:
            raise BadTableError(reason="unknown_label", label=unknown[0])
        return Surcharge(
            code,
            values["label"],
            values["article"],
            Mode(values["mode"]),
            values["ratio"],
            When(**flags, **bounds, rooms=rooms),
            tuple(codes[name] for name in named),
        )


class ClimateRow(RowForm):
    """冷暖房."""

    ratio = RatioField(label=_("室料に対する割合"), required=False)
    basis = forms.ChoiceField(
        label=_("割合の元"),
        choices=[(Basis.ROOM.value, _("割増後の室料")), (Basis.BASE.value, _("基本額"))],
        initial=Basis.ROOM.value,
    )
    hourly = YenField(label=_("1時間の料金（円）"), required=False)
    first = forms.CharField(label=_("期間の初日（月日）"), max_length=5, required=False, help_text=_("例：11-01"))
    last = forms.CharField(label=_("期間の末日（月日）"), max_length=5, required=False)
    automatic = forms.BooleanField(label=_("期間中は申出がなくても加算する"), required=False)

    @staticmethod
    def initial_of(one: Climate, _labels: dict[str, str]) -> dict[str, Any]:
        """The row of heating or cooling."""
        season = {"first": one.season.first, "last": one.season.last} if one.season else {}
        return season | {
            "code": one.code,
            "label": one.label,
            "article": one.article,
            "ratio": str(one.ratio) if one.ratio else "",
            "basis": one.basis.value,
            "hourly": one.hourly or None,
            "automatic": one.automatic,
        }

    def made(self, code: str, before: Climate | None, _codes: dict[str, str]) -> Climate:
        """Heating or cooling of a valid row. ``BadTableError`` for a season that is none."""
        values = self.cleaned_data
        season = Season(values["first"], values["last"]) if values["first"] or values["last"] else None
        if season:
            check_days(season)
        return Climate(
            code,
            values["label"],
            values["article"],
            ratio=values["ratio"] or Fraction(0),
            basis=Basis(values["basis"]),
            hourly=values["hourly"] or 0,
            season=season,
            automatic=values["automatic"],
            rooms=before.rooms if before else (),
        )


class EquipmentRow(RowForm):
    """附属設備: the price of an item of the house. What there is, and its name, is told in the settings."""

    label = forms.CharField(disabled=True, required=False, widget=forms.HiddenInput)
    amount = YenField(label=_("料金（円）"), required=False, help_text=_("無料のときは空欄にしてください。"))
    unit = forms.ChoiceField(
        label=_("単位"),
        choices=[
            (EquipmentUnit.SLOT.value, _("1区分")),
            (EquipmentUnit.HOUR.value, _("1時間")),
            (EquipmentUnit.DAY.value, _("1日")),
            (EquipmentUnit.TIME.value, _("1回")),
        ],
        initial=EquipmentUnit.SLOT.value,
    )

    @staticmethod
    def initial_of(one: EquipmentPrice, _labels: dict[str, str]) -> dict[str, Any]:
        """The row of an item."""
        plain = {name: getattr(one, name) for name in ("code", "label", "article")}
        return plain | {"unit": one.unit.value, "amount": one.amount or None}

    def price(self, label: str) -> EquipmentPrice:
        """The price of a valid row."""
        values = self.cleaned_data
        unit = EquipmentUnit(values["unit"])
        return EquipmentPrice(values["code"], label, values["article"], values["amount"] or 0, unit)


class ReductionRow(RowForm):
    """減免の事由."""

    ratio = RatioField(label=_("減免する割合"), help_text=_("免除は1、半額は5割です。"))
    scopes = forms.MultipleChoiceField(
        label=_("減免するもの"), choices=SCOPES, required=False, widget=forms.CheckboxSelectMultiple
    )

    @staticmethod
    def initial_of(one: Reduction, _labels: dict[str, str]) -> dict[str, Any]:
        """The row of a ground."""
        plain = {name: getattr(one, name) for name in ("code", "label", "article")}
        return plain | {"ratio": str(one.ratio), "scopes": [name for name, _l in SCOPES if getattr(one, name)]}

    def made(self, code: str, _before: Reduction | None, _codes: dict[str, str]) -> Reduction:
        """The ground of a valid row."""
        values = self.cleaned_data
        scopes = {name: name in values["scopes"] for name, _label in SCOPES}
        return Reduction(code, values["label"], values["article"], values["ratio"], **scopes)
