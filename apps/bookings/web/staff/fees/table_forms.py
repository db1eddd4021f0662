"""Editors of a facility's own tables: a head that says from when, and rows; or one form for the terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import count
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.bookings.models import Equipment as Item
from apps.bookings.models import FeeTableKind
from apps.bookings.rules.fees.codec import Table
from apps.bookings.rules.fees.tables import (
    Equipment,
    EquipmentPrice,
    Extension,
    ExtensionRounding,
    RoundingRules,
    Terms,
)
from apps.bookings.rules.fees.wording import decimal
from apps.bookings.web.fee_fields import YenField
from apps.bookings.web.staff.fees.row_forms import ClimateRow, EquipmentRow, RatioField, ReductionRow, SurchargeRow
from apps.bookings.web.staff.fees.tariff_forms import StartForm
from kernel.yen import Rounding

EXTRA: Final = 3
"""So many blank rows stand below what there is."""
MOST: Final = 100


class Editor:
    """What edits one table: ``form`` is its head, ``rows`` its rows if it has any."""

    form: forms.Form
    rows: Any = None

    def __init__(self, held: Table | None, data: Any, items: Sequence[Item] = ()) -> None:
        raise NotImplementedError

    def is_valid(self) -> bool:
        """Whether what was typed can be read."""
        return all(part.is_valid() for part in (self.form, self.rows) if part is not None)

    def table(self) -> Table:
        """The table that was typed. ``BadTableError``."""
        raise NotImplementedError


class RowsEditor(Editor):
    """A table of rows."""

    row: ClassVar[Any]
    head: ClassVar[type[StartForm]] = StartForm

    def __init__(self, held: Table | None, data: Any, items: Sequence[Item] = ()) -> None:  # none
        self.known: Mapping[str, Any] = {one.code: one for one in self.items_of(held)}
        labels = {code: one.label for code, one in self.known.items()}
        initial = [self.row.initial_of(one, labels) for one in self.known.values()]
        made = forms.formset_factory(self.row, extra=EXTRA, can_delete=True, max_num=MOST, absolute_max=MOST)
        self.form = self.head(data, initial=self.head_of(held))
        self.rows = made(data, initial=initial, prefix="rows")

    def items_of(self, held: Table | None) -> Sequence[Any]:
        """The rows of the table that holds."""
        return held if isinstance(held, tuple) else ()

    def head_of(self, _held: Table | None) -> dict[str, Any]:
        """What the head says of the table that holds."""
        return {}

    def table(self) -> Table:
        """The rows that were typed, without those that are blank or struck out."""
        return self.typed()

    def typed(self) -> tuple[Any, ...]:
        """The rows; a new one gets a code of its own."""
        kept = [row for row in self.rows if row.cleaned_data.get("label") and not row.cleaned_data.get("DELETE")]
        fresh = self._fresh()
        codes = [self._code(row) or next(fresh) for row in kept]
        by_label = {row.cleaned_data["label"]: code for row, code in zip(kept, codes, strict=True)}
        return tuple(row.made(code, self.known.get(code), by_label) for row, code in zip(kept, codes, strict=True))

    def _code(self, row: Any) -> str:
        code: str = row.cleaned_data["code"]
        return code if code in self.known else ""

    def _fresh(self) -> Iterator[str]:
        return (code for number in count(1) if (code := f"row{number}") not in self.known)


class SurchargesEditor(RowsEditor):
    """割増・加算."""

    row = SurchargeRow


class ClimateEditor(RowsEditor):
    """冷暖房."""

    row = ClimateRow


class ReductionsEditor(RowsEditor):
    """減免の事由."""

    row = ReductionRow


class EquipmentHead(StartForm):
    """附属設備: the most that all of it costs."""

    ceiling = YenField(label=_("1区分の設備合計の上限（円）"), required=False, help_text=_("上限がないときは空欄"))
    ceiling_article = forms.CharField(label=_("上限の根拠条項"), max_length=100, required=False)


class EquipmentEditor(Editor):
    """附属設備: a row for every item of the house, and no other."""

    def __init__(self, held: Table | None, data: Any, items: Sequence[Item] = ()) -> None:
        known = held if isinstance(held, Equipment) else Equipment()
        prices = {one.code: one for one in known.items}
        self.names = {one.code: one.name for one in items}
        priced = [prices.get(one.code, EquipmentPrice(one.code, one.name, "", 0)) for one in items]
        initial = [EquipmentRow.initial_of(replace(one, label=self.names[one.code]), {}) for one in priced]
        made = forms.formset_factory(EquipmentRow, extra=0, max_num=len(initial), absolute_max=MOST)
        said = {"ceiling": known.ceiling, "ceiling_article": known.ceiling_article}
        self.form = EquipmentHead(data, initial=said)
        self.rows = made(data, initial=initial, prefix="rows")

    def table(self) -> Table:
        """The items that cost something, with their ceiling."""
        values = self.form.cleaned_data
        found = [row for row in self.rows if row.cleaned_data.get("code") in self.names]
        rows = tuple(row.price(self.names[row.cleaned_data["code"]]) for row in found if row.cleaned_data["amount"])
        return Equipment(rows, values["ceiling"], values["ceiling_article"])


ROUNDINGS: Final = (
    (Rounding.YEN_DOWN.value, _("1円未満切捨て")),
    (Rounding.YEN_UP.value, _("1円未満切上げ")),
    (Rounding.YEN_HALF_UP.value, _("1円未満四捨五入")),
    (Rounding.TEN_DOWN.value, _("10円未満切捨て")),
    (Rounding.TEN_UP.value, _("10円未満切上げ")),
    (Rounding.TEN_HALF_UP.value, _("10円未満四捨五入")),
)
STEPS: Final = (
    ("base", _("端数：中間時間")),
    ("extension", _("端数：延長")),
    ("surcharge", _("端数：割増後の室料")),
    ("climate", _("端数：冷暖房")),
    ("reduction", _("端数：減免後の額")),
    ("total", _("端数：合計")),
)


class TermsForm(StartForm):
    """端数・税・延長."""

    extension = RatioField(label=_("延長1時間の割合（直前の区分に対して）"), required=False, help_text=_("例：2割"))
    extension_rounding = forms.ChoiceField(
        label=_("延長の端数"),
        choices=[
            (ExtensionRounding.BEGUN_HOUR.value, _("1時間未満は1時間")),
            (ExtensionRounding.HALF_HOUR.value, _("30分未満切捨て・30分以上切上げ")),
        ],
    )
    extension_article = forms.CharField(label=_("延長の根拠条項"), max_length=100, required=False)
    reduction_first = forms.BooleanField(label=_("割増の前に減免する"), required=False)
    saturday_is_holiday = forms.BooleanField(label=_("土曜日を休日の料金とする"), required=False)
    rounding_article = forms.CharField(label=_("端数処理の根拠条項"), max_length=100, required=False)
    tax = RatioField(label=_("消費税の率（内税）"), required=False, help_text=_("例：10%。課税しないときは空欄"))
    invoice_number = forms.RegexField(
        r"^(T[0-9]{13})?$",
        label=_("適格請求書発行事業者の登録番号"),
        required=False,
        error_messages={"invalid": _("登録番号は T と13桁の数字で入力してください。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in STEPS:
            self.fields[f"round_{name}"] = forms.ChoiceField(label=label, choices=ROUNDINGS)


class TermsEditor(Editor):
    """端数・税・延長, one form."""

    def __init__(self, held: Table | None, data: Any, items: Sequence[Item] = ()) -> None:  # none
        self.held = held if isinstance(held, Terms) else Terms()
        self.form = TermsForm(data, initial=_of_terms(self.held))

    def table(self) -> Table:
        """The terms that were typed."""
        values = self.form.cleaned_data
        ratio, rounding = values["extension"], ExtensionRounding(values["extension_rounding"])
        steps = {name: Rounding(values[f"round_{name}"]) for name, _label in STEPS}
        return Terms(
            extension=Extension(ratio, rounding, values["extension_article"]) if ratio else None,
            reduction_first=values["reduction_first"],
            saturday_is_holiday=values["saturday_is_holiday"],
            rounding=RoundingRules(equipment=self.held.rounding.equipment, **steps),
            rounding_article=values["rounding_article"],
            tax=values["tax"] or Fraction(0),
            invoice_number=values["invoice_number"],
        )


def _of_terms(terms: Terms) -> dict[str, Any]:
    known = terms.extension
    said: dict[str, Any] = {
        "extension": str(known.ratio) if known else "",
        "extension_rounding": known.rounding.value if known else "",
        "extension_article": known.article if known else "",
        "tax": f"{decimal(terms.tax * 100)}%" if terms.tax else "",
    }
    names = ("reduction_first", "saturday_is_holiday", "rounding_article", "invoice_number")
    said |= {name: getattr(terms, name) for name in names}
    return said | {f"round_{name}": getattr(terms.rounding, name).value for name, _label in STEPS}


EDITORS: Final[Mapping[str, type[Editor]]] = {
    FeeTableKind.SURCHARGES.value: SurchargesEditor,
    FeeTableKind.CLIMATE.value: ClimateEditor,
    FeeTableKind.EQUIPMENT.value: EquipmentEditor,
    FeeTableKind.REDUCTIONS.value: ReductionsEditor,
    FeeTableKind.TERMS.value: TermsEditor,
}
