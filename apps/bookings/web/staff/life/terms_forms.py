"""The forms of a facility's terms (予約の定め): one form of numbers, and lists of rows that may be added to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any, ClassVar, Final

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from apps.bookings.models import MeasureKind, MeasureScope, PenaltyEvent, Room
from apps.bookings.rules.deadlines import Cause, Deadline, RefundStep
from apps.bookings.rules.limits import Ceilings, Limit
from apps.bookings.rules.penalties import Exempt, PointRule, Threshold
from apps.bookings.rules.terms import BOUNDS, Reminding, Tentative, Terms, Waiting
from apps.bookings.web.staff.life.money_terms import add_money_fields, money_groups, money_parts
from kernel import clock
from shared.web.fields import DayField

DEADLINES: Final = {
    "cancel_portal": _("インターネットでの取消し（許可の前）"),
    "cancel_permitted": _("インターネットでの取消し（許可の後）"),
    "cancel_counter": _("窓口での取消し"),
    "change_portal": _("インターネットでの変更"),
}
KINDS: Final = [
    ("days", _("利用日の何日前")),
    ("months", _("何か月前の月の決まった日")),
    ("start", _("利用の開始まで")),
    ("never", _("できない")),
]
NUMBERS: Final = {
    "tentative__days": (_("仮予約の期限（申込みから）"), _("日")),
    "tentative__before_use": (_("仮予約の期限（遅くとも利用日の）"), _("日前")),
    "tentative__remind": (_("仮予約の期限のお知らせ"), _("日前。0ならお知らせしません。")),
    "ceilings__holds": (_("同時に仮押えできる数"), _("件。0なら制限しません。")),
    "ceilings__pending": (_("未確定の予約の上限"), _("件（審査待ち・仮予約・仮押え）。0なら制限しません。")),
    "ceilings__unpaid": (_("未払いの予約の上限"), _("件（未収納・一部入金）。0なら制限しません。")),
    "ceilings__ahead": (_("利用前の予約の上限"), _("件。0なら制限しません。")),
    "ceilings__slots": (_("1回の申込みで続けられる時間帯"), _("コマ。0なら制限しません。")),
    "ceilings__people": (_("最低人数"), _("人。0なら問いません。")),
    "waiting__places": (_("1人が空き待ちできる数"), _("件。0なら空き待ちを受け付けません。")),
    "waiting__hours": (_("空き待ちの仮押えの時間"), _("時間")),
    "reminding__days": (_("利用日のお知らせメール"), _("日前。0なら、自分で設定した利用者にだけ送ります。")),
}
CEILINGS: Final = tuple(name.partition("__")[2] for name in NUMBERS if name.startswith("ceilings__"))
ANYBODY: Final = ("any", _("すべて"))


class TermsForm(forms.Form):
    """From when on, and all the single numbers."""

    valid_from = DayField(label=_("適用を始める日"))
    same_time = forms.BooleanField(label=_("同じ時間に二つの予約をさせない"), required=False)

    def __init__(self, data: Any = None, *, terms: Terms) -> None:
        super().__init__(data, initial={"valid_from": clock.today(), **_initial(terms)})
        for name, (label, unit) in NUMBERS.items():
            least, most = BOUNDS[name.replace("__", ".")]
            self.fields[name] = forms.IntegerField(label=label, help_text=unit, min_value=least, max_value=most)
        add_money_fields(self)
        for name, label in DEADLINES.items():
            self.fields[f"{name}__kind"] = forms.ChoiceField(label=label, choices=KINDS)
            self.fields[f"{name}__days"] = _number(_("何日前"), 0, 365)
            self.fields[f"{name}__months"] = _number(_("何か月前"), 0, 24)
            self.fields[f"{name}__day"] = _number(_("その月の日"), 1, 31)
            self.fields[f"{name}__at"] = forms.TimeField(
                label=_("時刻"), input_formats=["%H:%M", "%H:%M:%S"], widget=forms.TimeInput(format="%H:%M")
            )

    def groups(self) -> list[tuple[Any, list[Any]]]:
        """The fields under their headings, for the page."""
        groups = [
            (_("適用"), [self["valid_from"]]),
            (_("仮予約"), self._numbers("tentative")),
            (_("申込みの上限"), [*self._numbers("ceilings"), self["same_time"]]),
            (_("空き待ち"), self._numbers("waiting")),
            (_("利用日のお知らせ"), self._numbers("reminding")),
        ]
        groups += money_groups(self)
        ways = ("kind", "days", "months", "day", "at")
        return groups + [(label, [self[f"{name}__{way}"] for way in ways]) for name, label in DEADLINES.items()]

    def _numbers(self, group: str) -> list[Any]:
        return [self[name] for name in NUMBERS if name.startswith(f"{group}__")]

    def parts(self) -> dict[str, Any]:
        """The groups of the terms that this form says."""
        values = self.cleaned_data
        return {
            "tentative": Tentative(*(values[f"tentative__{name}"] for name in ("days", "before_use", "remind"))),
            "ceilings": Ceilings(
                **{name: values[f"ceilings__{name}"] for name in CEILINGS},
                same_time=values["same_time"],
            ),
            "waiting": Waiting(values["waiting__places"], values["waiting__hours"]),
            **money_parts(values),
            "reminding": Reminding(values["reminding__days"]),
            **{name: Deadline(**_way(values, name)) for name in DEADLINES},
        }


class Row(forms.Form):
    """A row of a list. It counts as typed once something stands in one of the fields that have no default."""

    typed: ClassVar[tuple[str, ...]] = ()

    def has_changed(self) -> bool:
        """Whether anything was typed into the row."""
        said = (str(self.data.get(self.add_prefix(name), "")) for name in self.typed)
        return bool(self.initial) or any(one.strip() for one in said)


class RoomsRow(Row):
    """A row that may name rooms."""

    def __init__(self, *args: Any, rooms: Sequence[Room] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rooms"].choices = [(str(one.pk), one.name) for one in rooms]  # type: ignore[attr-defined]
        self.fields["rooms"].coerce = {str(one.pk): one.pk for one in rooms}.__getitem__  # type: ignore[attr-defined]


class LimitForm(RoomsRow):
    """One limit (申込の制限)."""

    typed = ("most",)
    scope = forms.ChoiceField(
        label=_("範囲"),
        choices=[
            ("room", _("室場ごと")),
            ("rooms", _("選んだ室場の合計")),
            ("facility", _("施設")),
            ("tenant", _("全館")),
        ],
    )
    period = forms.ChoiceField(
        label=_("期間"), choices=[("day", _("1日")), ("week", _("1週間")), ("month", _("1か月"))]
    )
    most = forms.IntegerField(label=_("上限"), min_value=1, max_value=1000)
    unit = forms.ChoiceField(label=_("単位"), choices=[("count", _("回")), ("slots", _("コマ"))])
    by = forms.ChoiceField(label=_("数える日"), choices=[("use", _("利用日")), ("application", _("申込日"))])
    kind = forms.ChoiceField(label=_("対象"), choices=[ANYBODY, ("individual", _("個人")), ("group", _("団体"))])
    residence = forms.ChoiceField(label=_("市内外"), choices=[ANYBODY, ("city", _("市内")), ("outside", _("市外"))])
    series_as_one = forms.BooleanField(label=_("定期利用は1回と数える"), required=False)
    sunday_first = forms.BooleanField(label=_("週は日曜日から"), required=False)
    rooms = forms.TypedMultipleChoiceField(
        label=_("対象の室場（選ばなければすべて）"), required=False, widget=forms.CheckboxSelectMultiple
    )


class CauseForm(Row):
    """One reason of cancellation (取消事由)."""

    typed = ("code", "name")
    code = forms.SlugField(label=_("記号（英数字）"), max_length=20)
    name = forms.CharField(label=_("事由"), max_length=60)
    name_en = forms.CharField(label=_("事由（英語）"), max_length=80, required=False)
    whose = forms.ChoiceField(
        label=_("だれの都合か"), choices=[("citizen", _("利用者")), ("facility", _("施設（全額を還付）"))]
    )
    percent = forms.IntegerField(
        label=_("還付率（％、空欄なら日数の表による）"), min_value=0, max_value=100, required=False
    )
    article = forms.CharField(label=_("根拠条項"), max_length=100, required=False)


class RefundForm(RoomsRow):
    """One line of the table of refunds (還付率), for every room or for some (ホール)."""

    typed = ("days", "percent")
    days = forms.IntegerField(label=_("利用日の何日前まで"), min_value=0, max_value=365)
    percent = forms.IntegerField(label=_("還付率（％）"), min_value=0, max_value=100)
    article = forms.CharField(label=_("根拠条項"), max_length=100, required=False)
    rooms = forms.TypedMultipleChoiceField(
        label=_("この率による室場（選ばなければ、ほかのすべて）"), required=False, widget=forms.CheckboxSelectMultiple
    )


class PointForm(Row):
    """One rule of points (ペナルティ点)."""

    typed = ("points",)
    event = forms.ChoiceField(label=_("事由"), choices=PenaltyEvent.choices)
    points = forms.DecimalField(label=_("点数"), min_value=0, max_value=100, decimal_places=2, max_digits=5)
    days = forms.IntegerField(label=_("直前の取消し：利用日の何日前から"), min_value=0, max_value=90, initial=0)


class ThresholdForm(Row):
    """One threshold (基準点)."""

    typed = ("points", "months")
    points = forms.DecimalField(label=_("点数"), min_value=0, max_value=1000, decimal_places=2, max_digits=6)
    months = forms.IntegerField(label=_("何か月の合計か"), min_value=1, max_value=120)
    measure = forms.ChoiceField(label=_("提案する措置"), choices=MeasureKind.choices)
    days = forms.IntegerField(label=_("措置の日数（0なら期限なし）"), min_value=0, max_value=1825, initial=0)
    scope = forms.ChoiceField(label=_("措置の範囲（抹消は常に全館）"), choices=MeasureScope.choices)


class ExemptForm(Row):
    """One span on which nothing counts (免除期間)."""

    typed = ("first", "last")
    first = DayField(label=_("初日"))
    last = DayField(label=_("最終日"))
    reason = forms.CharField(label=_("理由"), max_length=60, required=False)


LISTS: Final[dict[str, tuple[Any, type[forms.Form], type[Any]]]] = {
    "limits": (_("申込の制限"), LimitForm, Limit),
    "causes": (_("取消しの事由"), CauseForm, Cause),
    "refunds": (_("還付率の表"), RefundForm, RefundStep),
    "points": (_("ペナルティ点"), PointForm, PointRule),
    "thresholds": (_("措置を提案する基準"), ThresholdForm, Threshold),
    "exempt": (_("ペナルティの免除期間"), ExemptForm, Exempt),
}


def formsets(data: Any, terms: Terms, rooms: Sequence[Room]) -> dict[str, BaseFormSet[forms.Form]]:
    """The lists of the terms, each with an empty row more; a row that is ticked 削除 or left empty is left out."""
    found: dict[str, BaseFormSet[forms.Form]] = {}
    for name, (_label, form, _kind) in LISTS.items():
        made = formset_factory(form, extra=1, can_delete=True, max_num=40, absolute_max=60)
        rows = [_row(one) for one in getattr(terms, name)]
        more: dict[str, Any] = {"rooms": rooms} if issubclass(form, RoomsRow) else {}
        found[name] = made(data, prefix=name, initial=rows, form_kwargs=more)
    return found


def are_valid(sets: dict[str, BaseFormSet[forms.Form]]) -> bool:
    """Whether all rows are; every list is looked at, so that everything wrong is told at once."""
    return {rows.is_valid() for rows in sets.values()} == {True}


def lists_of(sets: dict[str, BaseFormSet[forms.Form]]) -> dict[str, Any]:
    """The rows that the valid formsets say, as values of the rules."""
    return {name: tuple(_values(sets[name], LISTS[name][2])) for name in LISTS}


def _values(rows: BaseFormSet[forms.Form], kind: type[Any]) -> Iterable[Any]:
    for form in rows.forms:
        values = dict(form.cleaned_data)
        if not values or values.pop("DELETE", False):
            continue
        if "rooms" in values:
            values["rooms"] = tuple(values["rooms"])
        yield kind(**values)


def _row(one: Any) -> dict[str, Any]:
    return {key: [str(each) for each in value] if key == "rooms" else value for key, value in asdict(one).items()}


def _initial(terms: Terms) -> dict[str, Any]:
    groups = ("tentative", "ceilings", "waiting", "reminding", "payment", "refund", *DEADLINES)
    parts = {group: asdict(getattr(terms, group)) for group in groups}
    values = {f"{group}__{name}": value for group, part in parts.items() for name, value in part.items()}
    return values | {"same_time": terms.ceilings.same_time}


def _way(values: dict[str, Any], name: str) -> dict[str, Any]:
    return {way: values[f"{name}__{way}"] for way in ("kind", "days", "months", "day", "at")}


def _number(label: Any, least: int, most: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most)
