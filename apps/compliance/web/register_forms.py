"""The forms of the registers, made from the tables' own columns."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.compliance.queries.registers import Register, years
from kernel import clock
from kernel.wareki import fiscal_year
from shared.web.fields import DayField

FAR: Final = dt.timedelta(days=366 * 10)
OPTIONAL: Final = frozenset({"fate_on", "key_keeper", "control_number", "handles_data", "is_locked"})
HELP: Final = {
    "what": _("例：利用者登録申請書の綴り（令和7年度）。氏名や番号は書かないでください。"),
    "why": _("例：市の監査に提出するため。"),
    "place": _("例：事務室の耐火書庫"),
    "quantity": _("例：3冊、1箱、USBメモリ1本"),
    "method": _("例：裁断機で裁断、データ消去ソフトで消去"),
    "consent_number": _("市の承諾書に書かれている番号です。"),
    "control_number": _("持ち出したファイルを廃棄したときに、そのファイルの管理番号を入力します。"),
    "fate_on": _("保管中のときは空欄にします。"),
}


class RegisterForm(forms.Form):
    """A row: one field for each column, checked for shape only."""

    def __init__(self, register: Register, data: Any = None, *, initial: Any = None, corrects: bool = False) -> None:
        super().__init__(data, initial=initial)
        for name in register.columns:
            self.fields[name] = _field(register.field(name), name)
        if corrects:
            self.fields["correction_reason"] = forms.CharField(
                label=_("訂正の理由"),
                max_length=140,
                help_text=_("前の記録は消えません。新しい記録が前の記録に代わります。"),
                error_messages={"required": _("訂正の理由を入力してください。")},
            )


class RegisterFilterForm(forms.Form):
    """Which rows are shown."""

    hides_requirement = True
    year = forms.ChoiceField(label=_("記録した年度"), required=False)
    all_rows = forms.BooleanField(label=_("訂正前の記録も表示する"), required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["year"].choices = [  # type: ignore[attr-defined]
            ("", _("すべての年度")),
            *years(fiscal_year(clock.today())),
        ]

    def chosen(self) -> dict[str, Any]:
        """What the list and the PDF are about; a value that makes no sense is none."""
        self.is_valid()
        year = self.cleaned_data.get("year") or ""
        return {"year": int(year) if year else None, "all_rows": bool(self.cleaned_data.get("all_rows"))}


def _field(column: models.Field[Any, Any], name: str) -> forms.Field:
    said: dict[str, Any] = {
        "label": column.verbose_name,
        "required": name not in OPTIONAL,
        "help_text": HELP.get(name, ""),
    }
    match column:
        case models.DateField():
            return DayField(farthest=FAR, **said)
        case models.BooleanField():
            return forms.BooleanField(**said)
        case models.PositiveIntegerField():
            return forms.IntegerField(
                min_value=1,
                max_value=99_999,
                error_messages=dict.fromkeys(
                    ["required", "invalid", "min_value", "max_value"], _("1以上の数で入力してください。")
                ),
                widget=forms.NumberInput(attrs={"class": "input--5"}),
                **said,
            )
    missing = _("{label}を入力してください。")
    told = {"required": missing.format(label=column.verbose_name)}
    if column.choices:
        return forms.ChoiceField(choices=column.choices, widget=forms.RadioSelect, error_messages=told, **said)
    return forms.CharField(max_length=column.max_length, error_messages=told, **said)
