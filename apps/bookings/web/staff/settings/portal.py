"""インターネット受付時間帯・公開月・施設のご案内: their forms and rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from apps.bookings.models import House, MonthKind, OpenMonth, PortalHours, PortalHoursKind
from apps.bookings.rules.listing import Hours
from apps.bookings.services.portal_settings import (
    Words,
    set_hours,
    set_house,
    set_months,
    withdraw_hours,
    withdraw_house,
)
from apps.bookings.web.staff.settings.fields import FAR, WEEKDAYS, ClockField, starting_day
from apps.bookings.web.staff.settings.kinds import (
    FacilityField,
    Preview,
    Row,
    Setting,
    SettingForm,
    TargetField,
    target_name,
)
from apps.registrants.web.forms import Section, Sectioned
from kernel import clock
from shared.actor import Actor
from shared.catalogue.models import CatalogueFacility
from shared.web.fields import MonthField

LONG: Final = {"rows": 4}


class HoursForm(SettingForm):
    """At what hours the portal receives."""

    facility = FacilityField()
    valid_from = starting_day(help_text=_("この日の受付から使います。今日以後の日を入力します。"))
    kind = forms.ChoiceField(
        label=_("インターネット受付時間帯"), choices=PortalHoursKind.choices, widget=forms.RadioSelect
    )
    opens = ClockField(label=_("受付の開始"), required=False)
    closes = ClockField(label=_("受付の終了"), required=False, help_text=_("24時までのときは 0:00 と入力します。"))
    shows_outside = forms.BooleanField(label=_("受付期間の外でも空き状況を見せる"), required=False)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("kind") == PortalHoursKind.ALWAYS:
            return values | {"opens": dt.time(0), "closes": dt.time(12)}
        for name in ("opens", "closes"):
            if values.get(name) is None and name not in self.errors:
                self.add_error(name, __("時刻を入力してください。"))
        return values

    def hours(self) -> Hours:
        """The hours of the valid form."""
        values = self.cleaned_data
        return Hours(values["valid_from"], values["kind"], values["opens"], values["closes"], values["shows_outside"])

    def preview(self) -> Preview:
        before = PortalHours.objects.filter(
            facility=self.cleaned_data["facility"], valid_from__lte=self.cleaned_data["valid_from"]
        ).last()
        was = _hours_text(_hours_of(before)) if before else str(PortalHoursKind.ALWAYS.label)
        notes = [__("窓口での予約には関わりません。すでに受け付けた予約は変わりません。")]
        change = (_("インターネットの受付"), was, _hours_text(self.hours()))
        return Preview(headings=(_("項目"), _("今"), _("変更後")), changes=[change], notes=notes)

    def save(self, actor: Actor) -> None:
        set_hours(actor=actor, facility=self.cleaned_data["facility"], hours=self.hours())


class MonthsForm(SettingForm):
    """What the portal does with some months of use."""

    target = TargetField()
    first = MonthField(label=_("利用する月（から）"), farthest=FAR)
    last = MonthField(
        label=_("利用する月（まで）"), farthest=FAR, required=False, help_text=_("空欄なら、それ以後ずっとです。")
    )
    kind = forms.ChoiceField(label=_("公開のしかた"), choices=MonthKind.choices, widget=forms.RadioSelect)

    def preview(self) -> Preview:
        values = self.cleaned_data
        until = f"{values['last']:%Y-%m}" if values["last"] else __("以後ずっと")
        text = __("%(first)s から %(last)s まで：%(kind)s") % {
            "first": f"{values['first']:%Y-%m}",
            "last": until,
            "kind": MonthKind(values["kind"]).label,
        }
        return Preview(notes=[text, __("窓口での予約には関わりません。すでに受け付けた予約は変わりません。")])

    def save(self, actor: Actor) -> None:
        values = dict(self.cleaned_data)
        target = values.pop("target")
        set_months(actor=actor, facility=target.facility, room=target.room, **values)


class HouseForm(Sectioned, SettingForm):
    """What a facility says of itself. What the city owns is shown, and changed at the city's."""

    facility = FacilityField()
    valid_from = starting_day(help_text=_("この日から表示します。今日以後の日を入力します。"))
    call = forms.CharField(
        label=_("予約の問い合わせの電話"), max_length=40, required=False, help_text=_("施設の電話と違うときだけ")
    )
    access = forms.CharField(
        label=_("交通案内"), max_length=1000, required=False, widget=forms.Textarea(attrs=dict(LONG))
    )
    access_en = forms.CharField(
        label=_("交通案内（英語）"), max_length=1000, required=False, widget=forms.Textarea(attrs=dict(LONG))
    )
    note = forms.CharField(
        label=_("お知らせ"), max_length=1000, required=False, widget=forms.Textarea(attrs=dict(LONG))
    )
    note_en = forms.CharField(
        label=_("お知らせ（英語）"), max_length=1000, required=False, widget=forms.Textarea(attrs=dict(LONG))
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.initial = _of_house(str(self.initial.get("rule", ""))) | dict(self.initial)
        for name in ("opening", "desk"):
            for number, word in WEEKDAYS:
                self.fields[f"{name}_{number}_from"] = ClockField(label=_edge_label(word, __("から")), required=False)
                self.fields[f"{name}_{number}_to"] = ClockField(label=_edge_label(word, __("まで")), required=False)

    @property
    def sections(self) -> Iterator[Section]:
        yield self.section(_("いつから、どこに"), "valid_from", "facility", note=_city_note())
        yield self.section(_("ご案内"), "call", "access", "access_en", "note", "note_en")
        empty = _("空欄の曜日は「休み」と表示します。すべて空欄なら表示しません。")
        yield self.section(_("開館時間"), *_pairs("opening"), note=empty)
        yield self.section(_("窓口の受付時間"), *_pairs("desk"), note=empty)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        for name in ("opening", "desk"):
            for number, _word in WEEKDAYS:
                begin, end = (values.get(f"{name}_{number}_{edge}") for edge in ("from", "to"))
                if (begin is None) != (end is None):
                    self.add_error(f"{name}_{number}_to", __("開始と終了の両方を入力してください。"))
        return values

    def words(self) -> Words:
        """The words of the valid form."""
        values = self.cleaned_data
        said = {name: values[name] for name in ("call", "access", "access_en", "note", "note_en")}
        return Words(opening=self._week("opening"), desk=self._week("desk"), **said)

    def preview(self) -> Preview:
        words = self.words()
        told = [
            (_("開館時間"), "", _week_text(words.opening)),
            (_("窓口の受付時間"), "", _week_text(words.desk)),
            (_("交通案内"), "", words.access),
            (_("お知らせ"), "", words.note),
        ]
        notes = [_catalogue_note(self.cleaned_data["facility"])]
        return Preview(headings=(_("項目"), "", _("表示する内容")), changes=told, notes=notes)

    def save(self, actor: Actor) -> None:
        values = self.cleaned_data
        set_house(actor=actor, facility=values["facility"], valid_from=values["valid_from"], words=self.words())

    def _week(self, name: str) -> tuple[str, ...]:
        values = self.cleaned_data
        pairs = [(values[f"{name}_{number}_from"], values[f"{name}_{number}_to"]) for number, _word in WEEKDAYS]
        told = tuple(f"{begin:%-H:%M}〜{end:%-H:%M}" if begin else "" for begin, end in pairs)
        return told if any(told) else ()


def _of_house(key: str) -> dict[str, Any]:
    """What is said already, to be changed: by the row that is named, or by the newest of the only facility."""
    rows = list(House.objects.order_by("-valid_from"))
    found = next((one for one in rows if str(one.pk) == key), None)
    if found is None and len({one.facility_id for one in rows}) == 1:
        found = rows[0]
    if found is None:
        return {}
    said: dict[str, Any] = {name: getattr(found, name) for name in ("call", "access", "access_en", "note", "note_en")}
    for name in ("opening", "desk"):
        for text, (number, _word) in zip(getattr(found, name), WEEKDAYS, strict=False):
            begin, _sign, end = text.partition("〜")
            said |= {f"{name}_{number}_from": begin, f"{name}_{number}_to": end}
    return said | {"facility": str(found.facility_id)}


def _edge_label(word: object, edge: str) -> str:
    return f"{word} {edge}"


def _pairs(name: str) -> list[Any]:
    return [(f"{name}_{number}_from", f"{name}_{number}_to") for number, _word in WEEKDAYS]


def _city_note() -> Any:
    return _("施設の名称・フリガナ・所在地・電話は市の公共施設一覧のもので、市の「公共施設一覧」で変更します。")


def _catalogue_note(facility: Any) -> str:
    found = CatalogueFacility.objects.filter(pk=facility).first()
    if found is None:
        return str(_city_note())
    text = __("市の公共施設一覧：%(name)s（%(kana)s）　%(address)s　%(phone)s")
    told = {"name": found.name, "kana": found.name_kana, "address": found.address, "phone": found.phone}
    return f"{text % told}　{_city_note()}"


def _week_text(hours: tuple[str, ...]) -> str:
    return "、".join(f"{word} {text or __('休み')}" for text, (_number, word) in zip(hours, WEEKDAYS, strict=False))


def _hours_of(row: PortalHours) -> Hours:
    return Hours(row.valid_from, row.kind, row.opens, row.closes, row.shows_outside)


def _hours_text(hours: Hours) -> str:
    text = str(PortalHoursKind(hours.kind).label)
    if hours.kind != PortalHoursKind.ALWAYS:
        closes = "24:00" if hours.closes == dt.time(0) else f"{hours.closes:%-H:%M}"
        text += f"　{hours.opens:%-H:%M}〜{closes}"
    return f"{text}　{__('受付期間の外でも空き状況を見せる')}" if hours.shows_outside else text


def _hours_rows() -> list[Row]:
    found = PortalHours.objects.select_related("facility").order_by("facility", "-valid_from")
    return [
        Row(one.facility.name, _hours_text(_hours_of(one)), one.valid_from, key=_key(one.pk, one.valid_from))
        for one in found
    ]


def _month_rows() -> list[Row]:
    found = OpenMonth.objects.select_related("facility", "room").order_by("facility", "-since", "room")
    return [Row(target_name(one.facility, one.room), str(MonthKind(one.kind).label), one.since) for one in found]


def _house_rows() -> list[Row]:
    found = House.objects.select_related("facility").order_by("facility", "-valid_from")
    return [
        Row(
            one.facility.name,
            _week_text(tuple(one.opening)),
            one.valid_from,
            key=_key(one.pk, one.valid_from),
            end_key=str(one.pk),
        )
        for one in found
    ]


def _key(pk: int, since: dt.date) -> str:
    return str(pk) if since > clock.today() else ""


HOURS = Setting(
    "hours",
    _("インターネット受付時間帯"),
    _("インターネットで予約を受け付ける時間です（例：5:00〜24:00）。"),
    _("受付時間帯を定める"),
    HoursForm,
    _hours_rows,
    withdraw=lambda actor, key: withdraw_hours(actor=actor, hours=int(key)),
    initial=lambda: {
        "valid_from": clock.today(),
        "kind": "shown",
        "opens": dt.time(5),
        "closes": dt.time(0),
    },
)
MONTHS = Setting(
    "months",
    _("公開月"),
    _("利用する月ごとに、インターネットで予約できるか、空き状況だけを見せるか、見せないかです。"),
    _("公開月を定める"),
    MonthsForm,
    _month_rows,
    initial=lambda: {"first": clock.today().replace(day=1), "kind": "bookable"},
)
HOUSE = Setting(
    "house",
    _("施設のご案内"),
    _("開館時間、窓口の受付時間、交通案内など、市民のページに表示する内容です。"),
    _("施設のご案内を変える"),
    HouseForm,
    _house_rows,
    withdraw=lambda actor, key: withdraw_house(actor=actor, house=int(key)),
    end="house",
    initial=lambda: {"valid_from": clock.today()},
)
PORTAL_SETTINGS = (HOURS, MONTHS, HOUSE)
