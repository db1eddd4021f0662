"""利用目的・隣接・条例の複写: their forms and rows."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import validate_slug
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from apps.bookings.models import NeighbourStrictness, Purpose, PurposeGroup, Room, RoomNeighbour
from apps.bookings.queries.closings import closings_of, hits_of
from apps.bookings.services.masters import (
    PurposeSettings,
    part_neighbours,
    set_neighbours,
    set_purpose,
)
from apps.bookings.services.ordinance import closings_after, copy_ordinance, outlook_of_copy
from apps.bookings.web.staff.settings.fields import starting_day
from apps.bookings.web.staff.settings.kinds import (
    LEAVES,
    FacilityField,
    Preview,
    RoomField,
    Row,
    Setting,
    SettingForm,
    rooms_grouped,
    target_name,
)
from kernel import clock
from shared.actor import Actor

MANNERS = ("is_loud", "needs_quiet", "has_food", "uses_fire")


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
            __("インターネット受付時間帯と公開月を%(count)s件複写します。") % {"count": seen.portal},
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


def _groups() -> dict[str, Any]:
    first = PurposeGroup.objects.first()
    return {"group": first.code, "group_name": first.name} if first else {}


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
COPY = Setting(
    "copy",
    _("設定の複写"),
    _("受付期間・休館日・時間割・利用目的を、別の施設に複写します。"),
    _("設定を複写する"),
    CopyForm,
    list,
    initial=lambda: {"valid_from": clock.today()},
)
MASTERS = (PURPOSES, NEIGHBOURS, COPY)
