"""附属設備とその数: their forms and rows."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from apps.bookings.models import Equipment
from apps.bookings.services.equipment import Kind, add_equipment, change_equipment, set_stock
from apps.bookings.web.staff.settings.fields import FAR, ClockField, NumberField, starting_day
from apps.bookings.web.staff.settings.kinds import FacilityField, Preview, Row, Setting, SettingForm, rooms_grouped
from kernel import clock
from shared.actor import Actor
from shared.web.fields import DayField

SAID: Final = (
    "name",
    "name_en",
    "unit",
    "place",
    "is_counted",
    "is_public",
    "minutes_before",
    "minutes_after",
    "deadline_days",
    "deadline_at",
)


class ItemForm(SettingForm):
    """What is told of an item."""

    facility = FacilityField()
    name = forms.CharField(label=_("名前"), max_length=60, help_text=_("例：ワイヤレスマイク"))
    name_en = forms.CharField(label=_("名前（英語）"), max_length=60, required=False)
    unit = forms.CharField(label=_("数え方"), max_length=10, initial="台")
    place = forms.CharField(label=_("置場所"), max_length=60, required=False)
    is_public = forms.BooleanField(label=_("インターネットで選べる"), required=False)
    is_counted = forms.BooleanField(
        label=_("在庫を管理する"), required=False, help_text=_("同じ時間帯に、総数より多くは貸し出しません。")
    )
    minutes_before = NumberField(label=_("貸出前の余裕（分）"), most=240, initial=0)
    minutes_after = NumberField(label=_("返却後の余裕（分）"), most=240, initial=0)
    deadline_days = NumberField(
        label=_("変更・取消の期限（利用日の何日前）"),
        most=400,
        required=False,
        help_text=_("インターネットでの期限です。空欄なら、予約の変更の期限と同じです。"),
    )
    deadline_at = ClockField(label=_("期限の時刻"), required=False, initial=dt.time(23, 59))
    rooms = forms.MultipleChoiceField(
        label=_("貸し出す室場"),
        choices=rooms_grouped,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("選択しないときは、施設のすべての室場です。"),
    )

    def kind(self) -> Kind:
        """The item of the valid form."""
        values = self.cleaned_data
        said = {name: values[name] for name in SAID} | {"deadline_at": values["deadline_at"] or dt.time(23, 59)}
        return Kind(values["facility"], **said, rooms=tuple(UUID(one) for one in values["rooms"]))


class EquipmentForm(ItemForm):
    """A kind of equipment and how many there are."""

    quantity = NumberField(label=_("総数"), most=9999)
    since = starting_day()

    def preview(self) -> Preview:
        return Preview(notes=[__("%(name)s：%(quantity)s%(unit)s") % self.cleaned_data, _price_note()])

    def save(self, actor: Actor) -> None:
        values = self.cleaned_data
        add_equipment(actor=actor, kind=self.kind(), since=values["since"], quantity=values["quantity"])


class EquipmentChangeForm(ItemForm):
    """Something else about an item, or its end. The form begins with what holds (``?rule=``)."""

    equipment = forms.UUIDField(widget=forms.HiddenInput)
    until = DayField(label=_("廃止日"), farthest=FAR, required=False, help_text=_("最後に貸し出す日です。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = str(self.initial.get("rule", ""))
        found = next((one for one in Equipment.objects.all() if str(one.pk) == chosen), None)
        if found is not None and not self.is_bound:
            told = {name: getattr(found, name) for name in SAID} | {"until": found.valid_until}
            rooms = [str(pk) for pk in found.rooms.values_list("pk", flat=True)]
            ids = {"equipment": found.pk, "facility": found.facility_id, "rooms": rooms}
            self.initial.update(told | ids)

    def preview(self) -> Preview:
        return Preview(notes=[__("%(name)sの設定を変えます。すでに受け付けた予約は変わりません。") % self.cleaned_data])

    def save(self, actor: Actor) -> None:
        values = self.cleaned_data
        change_equipment(actor=actor, equipment=values["equipment"], kind=self.kind(), until=values["until"])


def _equipment() -> list[tuple[str, str]]:
    rows = Equipment.objects.select_related("facility")
    return [(str(one.pk), f"{one.facility.name}　{one.name}") for one in rows]


class StockForm(SettingForm):
    """Another number from a day on."""

    equipment = forms.TypedChoiceField(label=_("附属設備"), coerce=UUID, choices=_equipment)
    quantity = NumberField(label=_("総数"), most=9999)
    since = starting_day()

    def preview(self) -> Preview:
        return Preview(notes=[__("この日から総数を%(quantity)sにします。") % self.cleaned_data])

    def save(self, actor: Actor) -> None:
        set_stock(actor=actor, **self.cleaned_data)


def _rows() -> list[Row]:
    rows = []
    for one in Equipment.objects.select_related("facility").prefetch_related("stocks", "rooms"):
        counts = "、".join(f"{stock.valid_from:%Y-%m-%d}：{stock.quantity}{one.unit}" for stock in one.stocks.all())
        told = [
            one.place,
            counts if one.is_counted else __("在庫を管理しない"),
            "" if one.is_public else __("非公開"),
            "、".join(room.name for room in one.rooms.all()),
        ]
        text = "　".join(part for part in told if part)
        title = f"{one.facility.name}　{one.name}"
        rows.append(Row(title, text, one.valid_from, one.valid_until, end_key=str(one.pk)))
    return rows


def _price_note() -> str:
    return __("料金は、料金表の「附属設備」で定めます。")


EQUIPMENT = Setting(
    "equipment",
    _("附属設備"),
    _("貸し出す設備とその数、インターネットで選べるかどうかです。料金は料金表で定めます。"),
    _("附属設備を加える"),
    EquipmentForm,
    _rows,
    initial=lambda: {"since": clock.today(), "is_public": True, "is_counted": True},
    end="equipment-change",
)
EQUIPMENT_CHANGE = Setting(
    "equipment-change",
    _("附属設備"),
    _("附属設備の設定を変える、または廃止します。"),
    _("附属設備の設定を変える"),
    EquipmentChangeForm,
    _rows,
    is_listed=False,
)
STOCK = Setting(
    "stock",
    _("附属設備の数"),
    _("設備の数を、ある日から変えます。"),
    _("附属設備の数を変える"),
    StockForm,
    _rows,
    initial=lambda: {"since": clock.today()},
)
EQUIPMENT_SETTINGS = (EQUIPMENT, EQUIPMENT_CHANGE, STOCK)
