"""室場・組合せ・利用目的・隣接・附属設備・条例の複写: their forms and rows."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import validate_slug
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from apps.bookings.models import Equipment, NeighbourStrictness, Purpose, PurposeGroup, Room, RoomNeighbour
from apps.bookings.queries.closings import closings_of, hits_of
from apps.bookings.services.equipment import Kind, add_equipment, set_stock
from apps.bookings.services.masters import (
    PurposeSettings,
    RoomSettings,
    change_room,
    combine_rooms,
    part_neighbours,
    set_neighbours,
    set_purpose,
)
from apps.bookings.services.ordinance import closings_after, copy_ordinance, outlook_of_copy
from apps.bookings.web.staff.settings.fields import FAR, NumberField, starting_day
from apps.bookings.web.staff.settings.kinds import (
    LEAVES,
    FacilityField,
    Preview,
    RoomField,
    Row,
    Setting,
    SettingForm,
    target_name,
)
from apps.bookings.web.staff.settings.kinds import _rooms as rooms_grouped
from kernel import clock
from shared.actor import Actor
from shared.web.fields import DayField

MOST_PERSONS = 99_999
FLAGS = ("is_public", "allows_sound", "allows_food", "allows_fire")
MANNERS = ("is_loud", "needs_quiet", "has_food", "uses_fire")
COMPARED = ("capacity", "hold_minutes", *FLAGS, "valid_from", "valid_until")


class RoomForm(SettingForm):
    """What may be changed of a room. The form begins with what holds (``?room=``)."""

    room = RoomField()
    capacity = NumberField(label=_("定員"), least=1, most=MOST_PERSONS)
    hold_minutes = NumberField(label=_("仮押えの時間（分）"), least=1, most=120)
    is_public = forms.BooleanField(label=_("インターネットに公開する"), required=False)
    allows_sound = forms.BooleanField(label=_("音出しができる"), required=False)
    allows_food = forms.BooleanField(label=_("飲食ができる"), required=False)
    allows_fire = forms.BooleanField(label=_("火気を使える"), required=False)
    valid_from = DayField(label=_("適用開始日"), farthest=FAR, required=False)
    valid_until = DayField(label=_("廃止日"), farthest=FAR, required=False, help_text=_("最後に貸し出す日です。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = str(self.initial.get("room", ""))
        room = next((one for one in Room.objects.all() if str(one.pk) == chosen), None) if not self.is_bound else None
        if room is not None:
            self.initial.update({name: getattr(room, name) for name in COMPARED})

    def preview(self) -> Preview:
        room = Room.objects.get(pk=self.cleaned_data["room"])
        told = [
            (self.fields[name].label, _said(getattr(room, name)), _said(self.cleaned_data[name])) for name in COMPARED
        ]
        changes = [one for one in told if one[1] != one[2]]
        notes = [] if changes else [__("変わるところはありません。")]
        return Preview(headings=(_("項目"), _("今"), _("変更後")), changes=changes, notes=notes)

    def save(self, actor: Actor) -> None:
        values = {name: self.cleaned_data[name] for name in COMPARED}
        change_room(actor=actor, room=self.cleaned_data["room"], settings=RoomSettings(**values))


class CombinationForm(SettingForm):
    """全面 = A面 + B面: rooms that are let together under one name."""

    name = forms.CharField(label=_("組合せの名前"), max_length=60, help_text=_("例：アリーナ全面"))
    capacity = NumberField(label=_("定員"), least=1, most=MOST_PERSONS)
    rooms = forms.MultipleChoiceField(label=_("室場"), choices=rooms_grouped, widget=forms.CheckboxSelectMultiple)

    def preview(self) -> Preview:
        names = Room.objects.filter(pk__in=self.cleaned_data["rooms"]).values_list("name", flat=True)
        text = __(
            "%(rooms)s を合わせて貸し出します。組合せは公開しない状態で作ります。時間割を定めてから公開してください。"
        )
        return Preview(notes=[text % {"rooms": "、".join(names)}])

    def save(self, actor: Actor) -> None:
        values = self.cleaned_data
        rooms = [UUID(one) for one in values["rooms"]]
        combine_rooms(actor=actor, name=values["name"], capacity=values["capacity"], rooms=rooms)


class PurposeForm(SettingForm):
    """A purpose in its group, how it sounds, and the rooms that allow it. One of the same code is changed."""

    group = forms.CharField(
        label=_("分類のコード"), max_length=30, validators=[validate_slug], help_text=_("例：music")
    )
    group_name = forms.CharField(label=_("分類の名前"), max_length=60, help_text=_("例：音楽"))
    code = forms.CharField(
        label=_("目的のコード"), max_length=30, validators=[validate_slug], help_text=_("例：chorus")
    )
    name = forms.CharField(label=_("目的の名前"), max_length=60, help_text=_("例：合唱"))
    name_en = forms.CharField(label=_("目的の名前（英語）"), max_length=60, required=False)
    is_loud = forms.BooleanField(label=_("音を出す"), required=False)
    needs_quiet = forms.BooleanField(label=_("静かさが必要"), required=False)
    has_food = forms.BooleanField(label=_("飲食をする"), required=False)
    uses_fire = forms.BooleanField(label=_("火気を使う"), required=False)
    rooms = forms.MultipleChoiceField(
        label=_("この目的で使える室場"), choices=rooms_grouped, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {} if self.is_bound else Purpose.objects.select_related("group").in_bulk()
        purpose = known.get(str(self.initial.get("rule", "")))
        if purpose is not None:
            self.initial.update({name: getattr(purpose, name) for name in ("code", "name", "name_en", *MANNERS)})
            group = {"group": purpose.group_id or "", "group_name": purpose.group.name if purpose.group else ""}
            rooms = [str(pk) for pk in purpose.rooms.values_list("pk", flat=True)]
            self.initial.update(group | {"rooms": rooms})

    def preview(self) -> Preview:
        values = self.cleaned_data
        before = set(Room.objects.filter(purposes=values["code"]).values_list("pk", flat=True))
        after = {UUID(one) for one in values["rooms"]}
        named = {room.pk: room for room in Room.objects.select_related("facility")}
        refused = [named[pk].name for pk in after if not _fits(named[pk], values)]
        notes = [
            __("音出し・飲食・火気の設定に合わないため、選べるようにはなりません：%(rooms)s")
            % {"rooms": "、".join(refused)}
        ]
        return Preview(
            headings=(_("室場"), _("今"), _("変更後")),
            changes=[
                (target_name(named[pk].facility, named[pk]), _said(pk in before), _said(pk in after))
                for pk in named
                if (pk in before) != (pk in after)
            ],
            notes=notes if refused else [],
        )

    def save(self, actor: Actor) -> None:
        values = dict(self.cleaned_data)
        rooms = [UUID(one) for one in values.pop("rooms")]
        set_purpose(actor=actor, settings=PurposeSettings(**values), rooms=rooms)


class NeighbourForm(SettingForm):
    """Two rooms, and what is done about a loud use beside a quiet one."""

    room = RoomField()
    neighbour = RoomField(label=_("隣の室場"))
    strictness = forms.ChoiceField(
        label=_("音を出す利用と静かさが必要な利用が隣り合うとき"), choices=NeighbourStrictness, widget=forms.RadioSelect
    )

    def preview(self) -> Preview:
        return Preview(notes=[__("すでに受け付けた予約は変わりません。")])

    def save(self, actor: Actor) -> None:
        set_neighbours(actor=actor, **self.cleaned_data)


class EquipmentForm(SettingForm):
    """A kind of equipment and how many there are."""

    facility = FacilityField()
    name = forms.CharField(label=_("名前"), max_length=60, help_text=_("例：ワイヤレスマイク"))
    name_en = forms.CharField(label=_("名前（英語）"), max_length=60, required=False)
    unit = forms.CharField(label=_("数え方"), max_length=10, initial="台")
    place = forms.CharField(label=_("置場所"), max_length=60, required=False)
    quantity = NumberField(label=_("総数"), most=9999)
    since = starting_day()
    minutes_before = NumberField(label=_("貸出前の余裕（分）"), most=240, initial=0)
    minutes_after = NumberField(label=_("返却後の余裕（分）"), most=240, initial=0)

    def preview(self) -> Preview:
        values = self.cleaned_data
        text = __("%(name)s：%(quantity)s%(unit)s") % values
        return Preview(notes=[text])

    def save(self, actor: Actor) -> None:
        values = dict(self.cleaned_data)
        since, quantity = values.pop("since"), values.pop("quantity")
        add_equipment(actor=actor, kind=Kind(**values), since=since, quantity=quantity)


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


class CopyForm(SettingForm):
    """From which facility to which, and from when on."""

    source = FacilityField(label=_("複写元の施設"))
    target = FacilityField(label=_("複写先の施設"))
    valid_from = starting_day()

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("source") is not None and values.get("source") == values.get("target"):
            self.add_error("target", __("複写元と違う施設を選択してください。"))
        return values

    def preview(self) -> Preview:
        seen = outlook_of_copy(self.cleaned_data["source"], self.cleaned_data["target"])
        counted = {"windows": seen.windows, "closings": seen.closings, "timetables": seen.timetables}
        notes = [
            __("受付期間%(windows)s件、休館日の定め%(closings)s件、時間割%(timetables)s件を複写します。") % counted,
            __("複写先の休館日の定めは、適用日の前の日で終わります。"),
        ]
        if seen.without:
            notes.append(
                __("同じ名前の室場がないため、室場ごとの設定を複写しない室場：%(rooms)s")
                % {"rooms": "、".join(seen.without)}
            )
        values = self.cleaned_data
        after = closings_after(values["source"], values["target"], values["valid_from"])
        return Preview(notes=notes, hits=hits_of(values["target"], closings_of(values["target"]), after))

    def save(self, actor: Actor) -> None:
        copy_ordinance(actor=actor, leaves_bookings=LEAVES in self.data, **self.cleaned_data)


def _said(value: object) -> str:
    if isinstance(value, bool):
        return __("はい") if value else __("いいえ")
    return value.isoformat() if isinstance(value, dt.date) else str(value if value is not None else "―")


def _fits(room: Room, values: dict[str, Any]) -> bool:
    needs = (
        (values["is_loud"], room.allows_sound),
        (values["has_food"], room.allows_food),
        (values["uses_fire"], room.allows_fire),
    )
    return all(allowed or not needed for needed, allowed in needs)


def _room_rows() -> list[Row]:
    rows = []
    for one in Room.objects.select_related("facility").prefetch_related("parts"):
        allows = ((one.allows_sound, __("音出し")), (one.allows_food, __("飲食")), (one.allows_fire, __("火気")))
        may = "・".join(word for allowed, word in allows if allowed) or __("なし")
        values = {"capacity": one.capacity, "parts": len(one.parts.all()), "may": may}
        text = __("定員%(capacity)s人　利用単位%(parts)s　できること：%(may)s") % values
        rows.append(Row(target_name(one.facility, one), text, one.valid_from, one.valid_until, end_key=str(one.pk)))
    return rows


def _purpose_rows() -> list[Row]:
    rows = []
    for one in Purpose.objects.select_related("group").prefetch_related("rooms"):
        flags = (
            (one.is_loud, __("音出し")),
            (one.needs_quiet, __("静かさが必要")),
            (one.has_food, __("飲食")),
            (one.uses_fire, __("火気")),
        )
        said = "・".join(word for is_so, word in flags if is_so)
        names = "、".join(room.name for room in one.rooms.all())
        group = one.group.name if one.group else __("分類なし")
        rows.append(Row(f"{group}　{one.name}", f"{said}　{names}".strip(), end_key=one.code))
    return rows


def _neighbour_rows() -> list[Row]:
    pairs = RoomNeighbour.objects.select_related("room", "neighbour")
    return [
        Row(f"{one.room.name}・{one.neighbour.name}", str(NeighbourStrictness(one.strictness).label), key=str(one.pk))
        for one in pairs
    ]


def _equipment_rows() -> list[Row]:
    rows = []
    for one in Equipment.objects.select_related("facility").prefetch_related("stocks"):
        counts = "、".join(f"{stock.valid_from:%Y-%m-%d}：{stock.quantity}{one.unit}" for stock in one.stocks.all())
        rows.append(
            Row(f"{one.facility.name}　{one.name}", f"{one.place}　{counts}".strip(), one.valid_from, one.valid_until)
        )
    return rows


def _groups() -> dict[str, Any]:
    first = PurposeGroup.objects.first()
    return {"group": first.code, "group_name": first.name} if first else {}


ROOMS = Setting(
    "rooms",
    _("室場"),
    _("定員、公開、音出し・飲食・火気、貸し出す期間です。"),
    _("室場の設定を変える"),
    RoomForm,
    _room_rows,
    end="rooms",
)
COMBINATIONS = Setting(
    "combinations",
    _("組合せ"),
    _("いくつかの室場を合わせて貸し出します。"),
    _("組合せを作る"),
    CombinationForm,
    _room_rows,
)
PURPOSES = Setting(
    "purposes",
    _("利用目的"),
    _("分類と目的、どの室場で使えるかです。"),
    _("利用目的を定める"),
    PurposeForm,
    _purpose_rows,
    initial=_groups,
    end="purposes",
)
NEIGHBOURS = Setting(
    "neighbours",
    _("隣り合う室場"),
    _("音が互いに差し支える室場です。"),
    _("隣り合う室場を定める"),
    NeighbourForm,
    _neighbour_rows,
    withdraw=lambda actor, key: part_neighbours(actor=actor, pair=int(key)),
    initial=lambda: {"strictness": "warn"},
)
EQUIPMENT = Setting(
    "equipment",
    _("附属設備"),
    _("貸し出す設備とその数です。"),
    _("附属設備を加える"),
    EquipmentForm,
    _equipment_rows,
    initial=lambda: {"since": clock.today()},
)
STOCK = Setting(
    "stock",
    _("附属設備の数"),
    _("設備の数を、ある日から変えます。"),
    _("附属設備の数を変える"),
    StockForm,
    _equipment_rows,
    initial=lambda: {"since": clock.today()},
)
COPY = Setting(
    "copy",
    _("設定の複写"),
    _("受付期間・休館日・時間割・利用目的を、別の施設に複写します。"),
    _("設定を複写する"),
    CopyForm,
    list,
    initial=lambda: {"valid_from": clock.today()},
)
MASTERS = (ROOMS, COMBINATIONS, PURPOSES, NEIGHBOURS, EQUIPMENT, STOCK, COPY)
