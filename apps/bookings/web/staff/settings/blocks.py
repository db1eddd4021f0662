"""枠: 休館・保守・工事・主催事業・開放, alone or as a series, with what is in the way told first."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from apps.bookings.models import BlockSeries, OccupationKind
from apps.bookings.rules.recurrence import Recurrence
from apps.bookings.services.block_series import Wanted, block_series, lift_series, outlook
from apps.bookings.web.staff.settings.fields import FAR, ORDINALS, WEEKDAYS, ClockField, several
from apps.bookings.web.staff.settings.kinds import LEAVES, Preview, RoomField, Row, Setting, SettingForm, target_name
from apps.bookings.web.staff.settings.words import recurrence_text
from kernel import clock
from shared.actor import Actor
from shared.web.fields import DayField

KINDS: Final = [
    (one.value, one.label) for one in OccupationKind if one not in {OccupationKind.HOLD, OccupationKind.BOOKING}
]


class BlockForm(SettingForm):
    """Which room, what for, on which days, from when to when."""

    room = RoomField()
    kind = forms.ChoiceField(label=_("種類"), choices=KINDS, widget=forms.RadioSelect)
    label = forms.CharField(label=_("内容"), max_length=60, required=False, help_text=_("例：床の張替え、市民文化祭"))
    first_day = DayField(label=_("最初の日"), farthest=FAR)
    last_day = DayField(label=_("最後の日"), farthest=FAR, help_text=_("1日だけなら、最初の日と同じ日にします。"))
    weekdays = several(WEEKDAYS, label=_("曜日"), help_text=_("選ばなければ毎日です。"))
    ordinals = several(ORDINALS, label=_("第何週"), help_text=_("選ばなければ毎週です。"))
    starts = ClockField(label=_("開始時刻"))
    ends = ClockField(label=_("終了時刻"), help_text=_("24時までのときは 0:00 とします。"))

    def wanted(self) -> Wanted:
        """The series of the valid form."""
        values = self.cleaned_data
        weekdays, ordinals = frozenset(values["weekdays"]), frozenset(values["ordinals"])
        rule = Recurrence(values["first_day"], values["last_day"], weekdays, ordinals)
        return Wanted(values["room"], values["kind"], values["label"].strip(), rule, values["starts"], values["ends"])

    def preview(self) -> Preview:
        seen = outlook(self.wanted())
        notes = [__("%(count)s日に枠を入れます。") % {"count": len(seen.free)}]
        if seen.closed:
            days = "、".join(f"{day:%Y-%m-%d}" for day in seen.closed)
            notes.append(__("休館日のため枠を入れない日：%(days)s") % {"days": days})
        conflicts = [_conflict(one) for one in seen.taken]
        return Preview(conflicts=conflicts, notes=notes, may_save=bool(seen.free))

    def save(self, actor: Actor) -> None:
        block_series(actor=actor, wanted=self.wanted(), skips_taken=LEAVES in self.data)


def _conflict(row: Any) -> str:
    at = f"{row.during.lower.astimezone(clock.TOKYO):%Y-%m-%d %H:%M}〜{row.during.upper.astimezone(clock.TOKYO):%H:%M}"
    if row.booking is not None:
        return __("%(at)s　予約 %(number)s") % {"at": at, "number": row.booking.number}
    return f"{at}　{OccupationKind(row.kind).label} {row.block.label}"


def _rows() -> list[Row]:
    rows = []
    for one in BlockSeries.objects.select_related("room__facility").filter(last_day__gte=clock.today()):
        days = recurrence_text(one.weekdays, one.ordinals)
        text = f"{OccupationKind(one.kind).label} {one.label}　{days} {one.starts:%H:%M}〜{one.ends:%H:%M}"
        title = target_name(one.room.facility, one.room)
        rows.append(Row(title, text, one.first_day, one.last_day, key=str(one.pk)))
    return rows


BLOCKS = Setting(
    name="blocks",
    title=_("休館・保守・主催事業などの枠"),
    text=_("室場を貸し出さない日時を、1日だけ、または繰り返して入れます。"),
    new=_("枠を入れる"),
    form=BlockForm,
    rows=_rows,
    withdraw=lambda actor, key: lift_series(actor=actor, series=UUID(key)),
    initial=lambda: {"first_day": clock.today(), "last_day": clock.today(), "kind": "maintenance"},
)
