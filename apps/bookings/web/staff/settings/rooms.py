"""室場・面・組合せ: their forms and rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from apps.bookings.models import Booking, Room
from apps.bookings.models.room import OnlyFor
from apps.bookings.queries.rooms import bookings_after
from apps.bookings.services.masters import RoomSettings, add_room, change_room, combine_rooms
from apps.bookings.web.staff.settings.fields import FAR, NumberField
from apps.bookings.web.staff.settings.kinds import (
    FacilityField,
    Preview,
    RoomField,
    Row,
    Setting,
    SettingForm,
    rooms_grouped,
    target_name,
)
from apps.registrants.web.forms import Section, Sectioned
from shared.actor import Actor
from shared.web.fields import DayField

MOST_PERSONS: Final = 99_999
FLAGS: Final = ("is_public", "allows_sound", "allows_food", "allows_fire")
NAMES: Final = ("name", "name_en", "reading")
WORDS: Final = ("description", "description_en", "area")
SPAN: Final = ("valid_from", "valid_until")
COMPARED: Final = (*NAMES, *WORDS, "capacity", "hold_minutes", *FLAGS, "public_from", "only", "parent", *SPAN)
LONG: Final = {"rows": 3}


def _rooms_or_none() -> list[tuple[str, Any]]:
    return [("", _("なし")), *rooms_grouped()]


class RoomFields(Sectioned, SettingForm):
    """What is told of a room."""

    name = forms.CharField(label=_("名前"), max_length=60)
    name_en = forms.CharField(label=_("名前（英語）"), max_length=60, required=False)
    reading = forms.CharField(label=_("フリガナ"), max_length=90, required=False)
    description = forms.CharField(
        label=_("説明"), max_length=500, required=False, widget=forms.Textarea(attrs=dict(LONG))
    )
    description_en = forms.CharField(
        label=_("説明（英語）"), max_length=500, required=False, widget=forms.Textarea(attrs=dict(LONG))
    )
    area = forms.DecimalField(
        label=_("面積（平方メートル）"), min_value=0, max_digits=7, decimal_places=2, required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "input--10"}),
    )  # fmt: skip
    capacity = NumberField(label=_("定員"), least=1, most=MOST_PERSONS)
    hold_minutes = NumberField(label=_("仮押えの時間（分）"), least=1, most=120)
    is_public = forms.BooleanField(label=_("インターネットに公開する"), required=False)
    public_from = DayField(
        label=_("公開日"), farthest=FAR, required=False, help_text=_("この日から公開します。空欄ならすぐに公開します。")
    )
    only = forms.ChoiceField(
        label=_("インターネットで予約できる方"), required=False, choices=[("", _("すべて")), *OnlyFor.choices]
    )
    parent = forms.TypedChoiceField(
        label=_("一緒に利用する室場（附属の室場のとき）"),
        coerce=UUID,
        empty_value=None,
        required=False,
        choices=_rooms_or_none,
        help_text=_("控室など、その室場を利用する方だけが予約できる室場のときに選択します。"),
    )
    allows_sound = forms.BooleanField(label=_("音出しができる"), required=False)
    allows_food = forms.BooleanField(label=_("飲食ができる"), required=False)
    allows_fire = forms.BooleanField(label=_("火気を使える"), required=False)
    valid_from = DayField(label=_("適用開始日"), farthest=FAR, required=False)
    valid_until = DayField(label=_("廃止日"), farthest=FAR, required=False, help_text=_("最後に貸し出す日です。"))

    @property
    def sections(self) -> Iterator[Section]:
        yield from self.first()
        yield self.section(_("名前と説明"), *NAMES, *WORDS)
        yield self.section(
            _("使い方"), "capacity", "hold_minutes", "allows_sound", "allows_food", "allows_fire", "parent"
        )
        yield self.section(_("インターネットでの公開"), "is_public", "public_from", "only")
        yield self.section(_("貸し出す期間"), *SPAN)

    def first(self) -> Iterator[Section]:
        """The section that stands before the others."""
        return iter(())

    def settings(self) -> RoomSettings:
        """The room as the valid form tells it."""
        return RoomSettings(**{name: self.cleaned_data[name] for name in COMPARED})


class RoomForm(RoomFields):
    """What may be changed of a room. The form begins with what holds (``?room=``)."""

    room = RoomField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = str(self.initial.get("room", ""))
        room = next((one for one in Room.objects.all() if str(one.pk) == chosen), None) if not self.is_bound else None
        if room is not None:
            self.initial.update({name: getattr(room, name) for name in COMPARED} | {"parent": room.parent_id or ""})

    def first(self) -> Iterator[Section]:
        yield self.section(_("どの室場"), "room")

    def preview(self) -> Preview:
        room = Room.objects.get(pk=self.cleaned_data["room"])
        told = [(self.fields[one].label, _said(_held(room, one)), _said(self.cleaned_data[one])) for one in COMPARED]
        changes = [one for one in told if one[1] != one[2]]
        after = self._bookings_after(room)
        notes = [] if changes else [__("変わるところはありません。")]
        if after:
            text = __("廃止日より後に予約が%(count)s件あります。取消しや変更を済ませるまで、この日では廃止できません。")
            notes.append(text % {"count": len(after)})
        headings = (_("項目"), _("今"), _("変更後"))
        return Preview(headings=headings, changes=changes, notes=notes, booked=after, may_save=not after)

    def _bookings_after(self, room: Room) -> list[Booking]:
        until = self.cleaned_data["valid_until"]
        return bookings_after(room.pk, until) if until else []

    def save(self, actor: Actor) -> None:
        change_room(actor=actor, room=self.cleaned_data["room"], settings=self.settings())


class NewRoomForm(RoomFields):
    """A room that is added, with a part of its own."""

    facility = FacilityField()
    like = forms.TypedChoiceField(
        label=_("時間割と利用目的を写す室場"), coerce=UUID, empty_value=None, required=False, choices=_rooms_or_none
    )

    def first(self) -> Iterator[Section]:
        yield self.section(_("どの施設"), "facility", "like")

    def preview(self) -> Preview:
        notes = [__("「%(name)s」を、定員%(capacity)s人の室場として加えます。") % self.cleaned_data]
        if not self.cleaned_data["like"]:
            notes.append(__("時間割と利用目的を定めるまでは、予約できません。"))
        return Preview(notes=notes)

    def save(self, actor: Actor) -> None:
        values = self.cleaned_data
        add_room(actor=actor, facility=values["facility"], settings=self.settings(), like=values["like"])


class CombinationForm(SettingForm):
    """全面 = A面 + B面: rooms that are let together under one name."""

    name = forms.CharField(label=_("組合せの名前"), max_length=60, help_text=_("例：アリーナ全面"))
    capacity = NumberField(label=_("定員"), least=1, most=MOST_PERSONS)
    rooms = forms.MultipleChoiceField(label=_("室場"), choices=rooms_grouped, widget=forms.CheckboxSelectMultiple)
    valid_from = DayField(label=_("適用開始日"), farthest=FAR, required=False)

    def preview(self) -> Preview:
        names = Room.objects.filter(pk__in=self.cleaned_data["rooms"]).values_list("name", flat=True)
        text = __(
            "%(rooms)s を合わせて貸し出します。組合せは公開しない状態で作ります。時間割を定めてから公開してください。"
        )
        return Preview(notes=[text % {"rooms": "、".join(names)}])

    def save(self, actor: Actor) -> None:
        values = self.cleaned_data | {"rooms": [UUID(one) for one in self.cleaned_data["rooms"]]}
        combine_rooms(actor=actor, **values)


def room_rows() -> list[Row]:
    """All rooms, combinations among them, with what they are."""
    rows = []
    for one in Room.objects.select_related("facility", "parent").prefetch_related("parts"):
        allows = ((one.allows_sound, __("音出し")), (one.allows_food, __("飲食")), (one.allows_fire, __("火気")))
        may = "・".join(word for allowed, word in allows if allowed) or __("なし")
        values = {"capacity": one.capacity, "parts": len(one.parts.all()), "may": may}
        text = __("定員%(capacity)s人　利用単位%(parts)s　できること：%(may)s") % values
        if one.parent:
            text += "　" + __("「%(parent)s」の附属") % {"parent": one.parent.name}
        if not one.is_public:
            text += "　" + __("非公開")
        rows.append(Row(target_name(one.facility, one), text, one.valid_from, one.valid_until, end_key=str(one.pk)))
    return rows


def _held(room: Room, name: str) -> object:
    return room.parent_id if name == "parent" else getattr(room, name)


def _said(value: object) -> str:
    if isinstance(value, bool):
        return __("はい") if value else __("いいえ")
    if isinstance(value, UUID):
        return Room.objects.get(pk=value).name
    if isinstance(value, str) and value in OnlyFor.values:
        return str(OnlyFor(value).label)
    return value.isoformat() if isinstance(value, dt.date) else str(value if value not in {None, ""} else "―")


ROOMS = Setting(
    "rooms",
    _("室場"),
    _("名前、説明、定員、公開、音出し・飲食・火気、附属の室場、貸し出す期間です。"),
    _("室場の設定を変える"),
    RoomForm,
    room_rows,
    end="rooms",
)
NEW_ROOM = Setting(
    "rooms-new",
    _("室場を加える"),
    _("新しい室場を、利用単位（面）とともに加えます。"),
    _("室場を加える"),
    NewRoomForm,
    room_rows,
    initial=lambda: {"hold_minutes": 15, "allows_sound": True, "allows_food": True},
)
COMBINATIONS = Setting(
    "combinations",
    _("組合せ"),
    _("いくつかの室場を合わせて貸し出します。"),
    _("組合せを作る"),
    CombinationForm,
    room_rows,
)
ROOM_SETTINGS = (ROOMS, NEW_ROOM, COMBINATIONS)
