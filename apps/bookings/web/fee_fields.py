"""The questions of a form that change the fee: only those that the tables of the day ask."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from apps.bookings.queries.fees import InForce
from apps.bookings.rules.fees.additions import offered_climate
from apps.bookings.rules.fees.tables import Reduction, Surcharge, Tables
from apps.bookings.rules.fees.use import ClimateUse, Facts, Use
from apps.bookings.rules.fees.wording import tenths
from apps.bookings.rules.listing import Offer
from apps.bookings.services.fees.charging import FeeWish
from apps.bookings.web.gear_fields import typed_items
from shared.web.fields import CountField


class YenField(CountField):
    """An amount in whole yen, in either width, with or without 円 and commas."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "input--10"})
    default_error_messages = {
        "required": _("金額を入力してください。"),
        "invalid": _("金額は数字で入力してください。"),
        "max_value": _("金額は%(limit_value)s円以内で入力してください。"),
        "min_value": _("金額は0円以上で入力してください。"),
    }

    def __init__(self, **kwargs: Any) -> None:
        forms.IntegerField.__init__(self, min_value=0, max_value=99_999_999, **kwargs)

    def to_python(self, value: Any) -> int | None:
        return super().to_python(
            value.replace(",", "").replace("，", "").rstrip("円 ") if isinstance(value, str) else value
        )


def add_fee_fields(form: forms.Form, in_force: InForce | None, use: Use) -> None:
    """Put the questions that the tables ask into ``form``, after its own; none without tables."""
    if in_force is None:
        return
    tables = in_force.tables
    form.fields |= _of_surcharges(tables) | _of_climate(tables, use) | _of_reduction(tables)


def fee_wish(form: forms.Form, *, seen: int | None = None) -> FeeWish:
    """What the valid form says that matters to the fee."""
    values = form.cleaned_data
    facts = Facts(
        admission=values.get("admission") or 0,
        commercial=values.get("commercial", False),
        preparation=values.get("preparation", False),
        climate=tuple(ClimateUse(code) for code in values.get("climate", ())),
        equipment=typed_items(values),
    )
    return FeeWish(facts, values.get("reduction", ""), seen)


def seen_total(text: str) -> int | None:
    """The fee that the sent page showed, None where it showed none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else None


def use_in(offer: Offer, day: Any) -> Use:
    """A use of the room on the day, as far as its questions depend on it."""
    return Use(str(offer.room), day, ())


def _of_surcharges(tables: Tables) -> dict[str, forms.Field]:
    found: dict[str, forms.Field] = {}
    if _asks(tables.surcharges, "admission_from", "admission_below"):
        found["admission"] = YenField(
            label=_("入場料・会費などの最高額（円）"),
            required=False,
            help_text=_("徴収しないときは空欄にしてください。"),
        )
    if _asks(tables.surcharges, "commercial"):
        found["commercial"] = forms.BooleanField(label=_("営利・商品の販売を目的とする"), required=False)
    if _asks(tables.surcharges, "preparation"):
        found["preparation"] = forms.BooleanField(label=_("準備・リハーサルのための利用"), required=False)
    return found


def _asks(surcharges: tuple[Surcharge, ...], *names: str) -> bool:
    return any(getattr(one.when, name) not in {False, None} for one in surcharges for name in names)


def _of_climate(tables: Tables, use: Use) -> dict[str, forms.Field]:
    offered = [(one.code, one.label) for one in offered_climate(tables, use) if not one.automatic]
    if not offered:
        return {}
    field = forms.MultipleChoiceField(
        label=_("冷暖房"), required=False, choices=offered, widget=forms.CheckboxSelectMultiple
    )
    return {"climate": field}


def _of_reduction(tables: Tables) -> dict[str, forms.Field]:
    if not tables.reductions:
        return {}
    grounds = [("", __("申請しない")), *((one.code, ground_word(one)) for one in tables.reductions)]
    field = forms.ChoiceField(
        label=_("減免の申請"),
        required=False,
        choices=grounds,
        help_text=_(
            "申請するときは、該当することが分かる書類を窓口で提示してください。承認されるまでは減額されません。"
        ),
    )
    return {"reduction": field}


def ground_word(ground: Reduction) -> str:
    """第９条第２号　市の後援（5割減額）."""
    much = __("免除") if ground.ratio == 1 else __("%(ratio)s減額") % {"ratio": tenths(ground.ratio)}
    return f"{ground.article}　{ground.label}（{much}）"
