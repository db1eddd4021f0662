"""時間割: the form of a timetable of one of three kinds, for some rooms, perhaps for a season."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from apps.bookings.models import Timetable, TimetableKind
from apps.bookings.queries.offers import offers_of_tenant
from apps.bookings.rules.days import slots_on
from apps.bookings.rules.listing import Slot
from apps.bookings.rules.listing import Timetable as Listed
from apps.bookings.rules.slotting import PARTS_OF_THE_DAY, UNITS, checked, units
from apps.bookings.services.timetables import set_timetable, withdraw_timetable
from apps.bookings.web.staff.settings.fields import FAR, ClockField, MonthDayField, narrow, starting_day
from apps.bookings.web.staff.settings.kinds import Preview, Row, Setting, SettingForm, rooms_grouped, target_name
from apps.bookings.web.staff.settings.words import slots_text
from kernel import clock
from shared.actor import Actor
from shared.web.fields import DayField
from tenants.scope import scoped_connection

LABEL_LIMIT = 20


class SlotsField(forms.CharField):
    """A slot a line: its name and its hours, as 午前 9:00-12:00; an English name may follow."""

    widget = forms.Textarea(attrs={"rows": 6})

    def clean(self, value: Any) -> tuple[Slot, ...]:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        return tuple(_slot(number, line) for number, line in enumerate(lines, start=1))


class TimetableForm(SettingForm):
    """Which rooms, from when on, in which season, and how the day is cut."""

    rooms = forms.TypedMultipleChoiceField(label=_("室場"), choices=rooms_grouped, widget=forms.CheckboxSelectMultiple)
    valid_from = starting_day()
    valid_until = DayField(label=_("最後の日"), farthest=FAR, required=False, help_text=_("なければ空欄にします。"))
    first = MonthDayField(label=_("季節の始まり"), required=False, help_text=_("例：11-01。一年中なら空欄にします。"))
    last = MonthDayField(label=_("季節の終わり"), required=False, help_text=_("例：02-28"))
    kind = forms.ChoiceField(label=_("時間割の種類"), choices=TimetableKind, widget=forms.RadioSelect)
    opens = ClockField(label=_("開場"), required=False, help_text=_("一定のコマのときに入力します。"))
    closes = ClockField(label=_("閉場"), required=False, help_text=_("24時に閉めるときは 0:00 とします。"))
    unit = forms.TypedChoiceField(
        label=_("コマの長さ"), coerce=int, empty_value=None, required=False,
        choices=[("", "----"), *((one, f"{one}分") for one in UNITS)],
    )  # fmt: skip
    slots = SlotsField(
        label=_("時間帯"),
        required=False,
        help_text=_("一定のコマでなければ、1行に1つずつ「午前 9:00-12:00」のように入力します。"),
    )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        is_units = values.get("kind") == TimetableKind.UNITS
        for name in ("opens", "closes", "unit") if is_units else ("slots",):
            if values.get(name) in {None, "", ()} and name not in self.errors:
                self.add_error(name, __("この種類では入力が必要です。"))
        if bool(values.get("first")) != bool(values.get("last")):
            self.add_error("last", __("季節は始まりと終わりの両方を入力してください。"))
        return values

    def timetable(self) -> Listed:
        """The timetable of the valid form. Raises the errors of ``units`` and ``checked``."""
        values = self.cleaned_data
        is_units = values["kind"] == TimetableKind.UNITS
        slots = units(values["opens"], values["closes"], values["unit"]) if is_units else checked(values["slots"])
        return Listed(values["valid_from"], slots, values["valid_until"], values["first"], values["last"])

    def preview(self) -> Preview:
        new = self.timetable()
        offers = [one for one in offers_of_tenant(scoped_connection().scope.schema) if str(one.room) in self._rooms()]
        day = _first_day_of(new)
        return Preview(
            headings=(_("室場"), _("今の時間割"), _("変更後の時間割")),
            changes=[(one.name, slots_text(slots_on(one, day)) or __("なし"), slots_text(new.slots)) for one in offers],
            notes=[
                __("%(day)sを例に示しています。すでに受け付けた予約の時間は変わりません。") % {"day": day.isoformat()}
            ],
        )

    def save(self, actor: Actor) -> None:
        values = self.cleaned_data
        is_units = values["kind"] == TimetableKind.UNITS
        unit = values["unit"] if is_units else None
        set_timetable(actor=actor, rooms=self._rooms(), timetable=self.timetable(), kind=values["kind"], unit=unit)

    def _rooms(self) -> list[Any]:
        return list(self.cleaned_data["rooms"])


def _slot(number: int, line: str) -> Slot:
    found = re.fullmatch(r"(\S+)\s+(\S+?)\s*[-〜~～－ー]\s*(\S+)(?:\s+(.+))?", line)
    times = [_time(found[2]), _time(found[3])] if found else []
    if not found or None in times or len(found[1]) > LABEL_LIMIT or len(found[4] or "") > LABEL_LIMIT:
        told = _("「%(line)s」を読み取れません。「午前 9:00-12:00」のように入力してください。")
        raise ValidationError(told, code="line", params={"line": line[:40]})
    return Slot(number, found[1], found[4] or "", *times)  # type: ignore[arg-type]  # none of them is None


def _time(text: str) -> dt.time | None:
    found = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})", narrow(text))
    if not found or int(found[1]) > 24 or int(found[2]) > 59:
        return None
    return dt.time(int(found[1]) % 24, int(found[2]))


def _first_day_of(new: Listed) -> dt.date:
    """The first day on which it holds: a season may begin later than its first day."""
    if not new.first:
        return new.valid_from
    month, day = (int(part) for part in new.first.split("-"))
    day = min(day, 28)
    this_year = new.valid_from.replace(month=month, day=day)
    return this_year if this_year >= new.valid_from else this_year.replace(year=this_year.year + 1)


def _rows() -> list[Row]:
    rows = []
    for one in (
        Timetable.objects.select_related("room__facility").prefetch_related("slots").order_by("room", "-valid_from")
    ):
        slots = tuple(Slot(s.number, s.label, s.label_en, s.starts, s.ends) for s in one.slots.all())
        season = f"{one.first_day}〜{one.last_day}　" if one.first_day else ""
        comes = one.valid_from > clock.today()
        text = f"{season}{TimetableKind(one.kind).label}：{slots_text(slots)}"
        title = target_name(one.room.facility, one.room)
        rows.append(Row(title, text, one.valid_from, one.valid_until, key=str(one.pk) if comes else ""))
    return rows


def _initial() -> dict[str, Any]:
    lines = [f"{label} {starts:%H:%M}-{ends:%H:%M} {label_en}" for label, label_en, starts, ends in PARTS_OF_THE_DAY]
    return {"valid_from": clock.today(), "kind": "parts", "slots": "\n".join(lines)}


TIMETABLES = Setting(
    name="timetables",
    title=_("時間割"),
    text=_("室場を貸し出す時間帯です。季節ごとに変えられます。"),
    new=_("時間割を定める"),
    form=TimetableForm,
    rows=_rows,
    withdraw=lambda actor, key: withdraw_timetable(actor=actor, timetable=int(key)),
    initial=_initial,
)
