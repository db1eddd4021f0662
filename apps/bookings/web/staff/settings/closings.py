"""休館日: the forms of a closing rule and of its end, with the days that change and the bookings that are hit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from apps.bookings.errors import UnknownSettingError
from apps.bookings.models import ClosingBlock, ClosingEffect, ClosingKind, ClosingRule, ClosingShift
from apps.bookings.queries.closings import (
    change_of,
    closing_from,
    closings_of,
    hits_of,
    horizon,
    with_rule,
    without_rule,
)
from apps.bookings.rules.listing import Closing
from apps.bookings.services.closings import end_closing, set_closing
from apps.bookings.web.staff.settings.fields import (
    FAR,
    ORDINALS,
    WEEKDAYS,
    MonthDayField,
    MonthDaysField,
    several,
    starting_day,
)
from apps.bookings.web.staff.settings.kinds import LEAVES, Preview, Row, Setting, SettingForm, TargetField, target_name
from apps.bookings.web.staff.settings.words import closing_text
from apps.registrants.web.forms import Section, Sectioned
from kernel import clock
from shared.actor import Actor
from shared.web.fields import DayField

SHIFTED = {"weekly", "monthly"}


class Leaves(SettingForm):
    """What both forms ask once bookings are hit."""

    def leaves(self) -> bool:
        """Whether bookings on closed days stay as they are."""
        return LEAVES in self.data


class ClosingForm(Sectioned, Leaves):
    """On which days, from when to when, and what it is called."""

    target = TargetField()
    effect = forms.ChoiceField(label=_("休館か開館か"), choices=ClosingEffect, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("日の決め方"), choices=ClosingKind, widget=forms.RadioSelect)
    weekday = forms.TypedChoiceField(
        label=_("曜日"), coerce=int, empty_value=None, choices=[("", "----"), *WEEKDAYS], required=False
    )
    ordinals = several(ORDINALS, label=_("第何週"), help_text=_("選ばなければ毎週です。"))
    month_days = MonthDaysField(label=_("毎月の何日"), required=False, help_text=_("例：1、15、末日"))
    first_day = MonthDayField(label=_("毎年の始まりの日"), required=False, help_text=_("例：12-29。年をまたげます。"))
    last_day = MonthDayField(label=_("毎年の終わりの日"), required=False, help_text=_("例：01-03"))
    shift = forms.ChoiceField(label=_("祝日に当たるとき"), choices=ClosingShift)
    valid_from = starting_day(label=_("最初の日"), help_text=_("臨時休館や点検日は、その期間の始まりの日です。"))
    valid_until = DayField(
        label=_("最後の日"), farthest=FAR, required=False, help_text=_("期限がなければ空欄にします。")
    )
    block = forms.ChoiceField(label=_("扱い"), choices=ClosingBlock)
    label = forms.CharField(label=_("表示する名前"), max_length=20)
    label_en = forms.CharField(label=_("表示する名前（英語）"), max_length=20, required=False)

    @property
    def sections(self) -> Iterator[Section]:
        yield self.section(_("対象と日の決め方"), "target", "effect", "kind")
        yield self.section(_("曜日で決めるとき"), "weekday", "ordinals")
        yield self.section(_("毎月の日で決めるとき"), "month_days")
        yield self.section(_("毎年の期間で決めるとき"), ("first_day", "last_day"))
        yield self.section(_("期間と祝日"), ("valid_from", "valid_until"), "shift")
        yield self.section(_("表示"), "block", "label", "label_en")

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        kind = values.get("kind")
        needed = {"weekly": ["weekday"], "monthly": ["month_days"], "yearly": ["first_day", "last_day"]}
        for name in [*needed.get(kind or "", []), *(["valid_until"] if kind == "period" else [])]:
            if not values.get(name) and name not in self.errors:
                self.add_error(name, __("この決め方では入力が必要です。"))
        shift = values.get("shift")
        after_holiday = kind == "holiday" and shift in {"next_day", "next_non_holiday"}
        if shift not in {None, "stay"} and kind not in SHIFTED and not after_holiday:
            self.add_error("shift", __("この決め方では「そのまま休館する」を選択してください。"))
        return values

    def closing(self) -> Closing:
        """The rule of the valid form."""
        values = self.cleaned_data
        kind = values["kind"]
        return Closing(
            kind,
            values["weekday"] if kind == "weekly" else None,
            values["first_day"] if kind == "yearly" else "",
            values["last_day"] if kind == "yearly" else "",
            values["label"],
            values["label_en"] or values["label"],
            tuple(values["ordinals"]) if kind == "weekly" else (),
            tuple(values["month_days"]) if kind == "monthly" else (),
            values["shift"],
            values["effect"],
            values["block"],
            values["valid_from"],
            values["valid_until"],
        )

    def preview(self) -> Preview:
        target = self.cleaned_data["target"]
        before = closings_of(target.facility)
        after = with_rule(before, self.closing(), target.facility, target.room)
        return _preview(target.facility, before, after, target.room)

    def save(self, actor: Actor) -> None:
        target = self.cleaned_data["target"]
        set_closing(
            actor=actor,
            facility=target.facility,
            room=target.room,
            closing=self.closing(),
            leaves_bookings=self.leaves(),
        )


def _open_rules() -> list[tuple[int, str]]:
    rows = ClosingRule.objects.exclude(valid_until__lt=clock.today()).select_related("facility", "room")
    return [
        (one.pk, f"{target_name(one.facility, one.room)}　{one.label}　{closing_text(closing_from(one))}")
        for one in rows
    ]


class EndClosingForm(Leaves):
    """Which rule ends, and on which day it holds for the last time."""

    rule = forms.TypedChoiceField(label=_("終える定め"), coerce=int, choices=_open_rules)
    last = DayField(label=_("最後の日"), farthest=FAR, help_text=_("この日の翌日から、この定めを使いません。"))

    def preview(self) -> Preview:
        row = self._row()
        before = closings_of(row.facility_id)
        after = without_rule(before, row.pk, self.cleaned_data["last"])
        return _preview(row.facility_id, before, after, row.room_id)

    def save(self, actor: Actor) -> None:
        last = self.cleaned_data["last"]
        end_closing(actor=actor, rule=self.cleaned_data["rule"], last=last, leaves_bookings=self.leaves())

    def _row(self) -> ClosingRule:
        row = ClosingRule.objects.filter(pk=self.cleaned_data["rule"]).first()
        if row is None:
            raise UnknownSettingError(field="rule")
        return row


def _preview(facility: Any, before: Any, after: Any, room: Any) -> Preview:
    days = horizon(facility)
    change = change_of(before, after, room, days)
    hits = hits_of(facility, before, after)
    until = __("%(day)sまでに、変わる日はありません。") % {"day": f"{days[-1]:%Y-%m-%d}"}
    notes = [] if change.closed or change.opened else [until]
    return Preview(closed=change.closed, opened=change.opened, hits=hits, notes=notes)


def _rows() -> list[Row]:
    today = clock.today()
    rows = []
    for one in ClosingRule.objects.select_related("facility", "room"):
        text = f"{ClosingEffect(one.effect).label}：{one.label}　{closing_text(closing_from(one))}"
        is_open = one.valid_until is None or one.valid_until >= today
        end_key = str(one.pk) if is_open else ""
        rows.append(Row(target_name(one.facility, one.room), text, one.valid_from, one.valid_until, end_key=end_key))
    return rows


def _initial() -> dict[str, Any]:
    return {"valid_from": clock.today(), "effect": "closes", "kind": "period", "label": __("臨時休館"), "shift": "stay"}


CLOSINGS = Setting(
    name="closings",
    title=_("休館日"),
    text=_("休館日と特別に開館する日の定めです。"),
    new=_("休館日を定める"),
    form=ClosingForm,
    rows=_rows,
    initial=_initial,
    end="closings-end",
)
CLOSINGS_END = Setting(
    name="closings-end",
    title=_("休館日の定めの終了"),
    text=_("休館日の定めを終えます。"),
    new=_("休館日の定めを終える"),
    form=EndClosingForm,
    rows=list,
    initial=lambda: {"last": clock.today() - dt.timedelta(days=1)},
    is_listed=False,
)
