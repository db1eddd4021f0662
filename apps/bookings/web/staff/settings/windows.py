"""受付期間: the form of windows and its preview."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from apps.bookings.models import EdgeKind, EdgeShift, Whose, Window
from apps.bookings.queries.offers import offers_of_tenant
from apps.bookings.rules import listing
from apps.bookings.rules.window import Who, check_edge, receipt_of
from apps.bookings.services.windows import set_windows, withdraw_windows
from apps.bookings.web.staff.settings.fields import ClockField, NumberField, starting_day
from apps.bookings.web.staff.settings.kinds import Preview, Row, Setting, SettingForm, TargetField, target_name
from apps.bookings.web.staff.settings.words import edge_text, receipt_text
from apps.registrants.web.forms import Section, Sectioned
from kernel import clock
from kernel.businessdays import months_after
from kernel.errors import DomainError
from shared.actor import Actor
from shared.problems import problem_of
from tenants.scope import scoped_connection

ENDS: Final = ("opens", "closes")
SAME, OWN, NEVER = "same", "own", "never"
SAMPLES: Final = (0, 1, 3, 6)
"""Months after the first day: examples of a day of use."""


class WindowForm(Sectioned, SettingForm):
    """From when to when residents and others are received."""

    valid_from = starting_day()
    target = TargetField()
    others = forms.ChoiceField(
        label=_("市外の方"),
        choices=[(SAME, _("市内の方と同じ")), (OWN, _("別に定める")), (NEVER, _("インターネットでは受け付けない"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for who in Who:
            for end in ENDS:
                self.fields |= _edge_fields(f"{who}_{end}", required=who is Who.RESIDENT)

    @property
    def sections(self) -> Iterator[Section]:
        yield self.section(_("いつから、どこに"), "valid_from", "target")
        yield self.section(_("受付の開始（市内の方）"), *_names("resident_opens"))
        yield self.section(_("受付の締切（市内の方）"), *_names("resident_closes"))
        yield self.section(_("市外の方の受付"), "others")
        note = _("「別に定める」を選んだときに入力します。")
        yield self.section(_("受付の開始（市外の方）"), *_names("other_opens"), note=note)
        yield self.section(_("受付の締切（市外の方）"), *_names("other_closes"), note=note)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("others") == OWN:
            self._ask_for(f"other_{end}_{part}" for end in ENDS for part in ("kind", "at"))
        for end in (f"{who}_{end}" for who in Who for end in ENDS):
            try:
                check_edge(values.get(f"{end}_kind", ""), values.get(f"{end}_days") or 0, of=end)
            except DomainError as error:
                self.add_error(error.field, problem_of(error).text)
        return values

    def _ask_for(self, names: Iterable[str]) -> None:
        """Fields that are optional but for 別に定める."""
        for name in names:
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, __("市外の方の受付を入力してください。"))

    def windows(self) -> list[listing.Window]:
        """The windows of the valid form."""
        mine = self._window(Who.RESIDENT)
        others = {SAME: [replace(mine, who=Who.OTHER)], NEVER: []}
        told = self.cleaned_data["others"]
        return [mine, *(others[told] if told in others else [self._window(Who.OTHER)])]

    def preview(self) -> Preview:
        target, since = self.cleaned_data["target"], self.cleaned_data["valid_from"]
        rooms = [one for one in offers_of_tenant(scoped_connection().scope.schema) if one.facility == target.facility]
        before = next((one for one in rooms if target.room in {None, one.room}), None)
        if before is None:
            return Preview(notes=[__("この施設には室場がありません。")], may_save=False)
        kept = [one for one in before.windows if (one.since, one.of_room) != (since, target.room is not None)]
        after = replace(before, windows=(*kept, *self.windows()))
        return Preview(
            headings=(_("利用日"), _("今の受付"), _("変更後の受付")),
            changes=[
                (
                    f"{day:%Y-%m-%d}　{who_name}",
                    receipt_text(receipt_of(before, day, who)),
                    receipt_text(receipt_of(after, day, who)),
                )
                for day in (months_after(since, number) for number in SAMPLES)
                for who, who_name in ((Who.RESIDENT, __("市内の方")), (Who.OTHER, __("市外の方")))
            ],
            notes=[
                __("「%(room)s」を例に示しています。すでに受け付けた予約は変わりません。") % {"room": before.name},
                *_superseded(rooms, since, of_house=target.room is None),
            ],
        )

    def save(self, actor: Actor) -> None:
        target = self.cleaned_data["target"]
        set_windows(
            actor=actor,
            facility=target.facility,
            room=target.room,
            valid_from=self.cleaned_data["valid_from"],
            windows=self.windows(),
        )

    def _window(self, who: Who) -> listing.Window:
        values, of_room = self.cleaned_data, self.cleaned_data["target"].room is not None
        edges = {
            end: listing.Edge(
                values[f"{who}_{end}_kind"],
                values[f"{who}_{end}_months"] or 0,
                values[f"{who}_{end}_days"] or 0,
                values[f"{who}_{end}_at"],
                values[f"{who}_{end}_shift"],
            )
            for end in ENDS
        }
        return listing.Window(who, values["valid_from"], edges["opens"], edges["closes"], of_room)


def _superseded(rooms: list[listing.Offer], since: dt.date, *, of_house: bool) -> list[str]:
    """Rooms with a window of their own that a new one of the whole house ends."""
    own = [room.name for room in rooms if any(one.of_room and one.since < since for one in room.windows)]
    if not own or not of_house:
        return []
    return [__("室場ごとの受付期間を、この日から施設の受付期間に改める室場：%(rooms)s") % {"rooms": "、".join(own)}]


def _names(prefix: str) -> list[Any]:
    return [f"{prefix}_kind", (f"{prefix}_months", f"{prefix}_days", f"{prefix}_at"), f"{prefix}_shift"]


def _edge_fields(prefix: str, *, required: bool) -> dict[str, forms.Field]:
    is_closing = prefix.endswith("closes")
    shift = _("その日が休みのとき")
    return {
        f"{prefix}_kind": forms.ChoiceField(label=_("数え方"), choices=EdgeKind, required=required),
        f"{prefix}_months": NumberField(label=_("か月前"), most=36, required=False),
        f"{prefix}_days": NumberField(label=_("日前・何日"), most=400, required=False),
        f"{prefix}_at": ClockField(
            label=_("時刻"), required=required, help_text=_("この分の59秒まで") if is_closing else ""
        ),
        f"{prefix}_shift": forms.ChoiceField(label=shift, choices=EdgeShift, initial=EdgeShift.NONE, required=required),
    }


def _initial() -> dict[str, Any]:
    usual = {"kind": "same_day", "months": 3, "days": 0, "at": dt.time(9), "shift": "none"}
    last = {"kind": "days", "months": 0, "days": 1, "at": dt.time(23, 59), "shift": "none"}
    edges = {"opens": usual, "closes": last}
    told = {f"{who}_{end}_{name}": value for who in Who for end in ENDS for name, value in edges[end].items()}
    return {"valid_from": clock.today(), "others": SAME, **told}


def _rows() -> list[Row]:
    rows = []
    for one in Window.objects.select_related("facility", "room").order_by("-valid_from", "facility", "room", "-who"):
        opens = listing.Edge(one.opens_kind, one.opens_months, one.opens_days, one.opens_at, one.opens_shift)
        closes = listing.Edge(one.closes_kind, one.closes_months, one.closes_days, one.closes_at, one.closes_shift)
        text = __("%(opens)sから、%(closes)sまで") % {"opens": edge_text(opens), "closes": edge_text(closes)}
        comes = one.valid_from > clock.today()
        title = f"{target_name(one.facility, one.room)}　{Whose(one.who).label}"
        rows.append(Row(title, text, one.valid_from, key=str(one.pk) if comes else ""))
    return rows


WINDOWS = Setting(
    name="windows",
    title=_("受付期間"),
    text=_("インターネットで予約を受け付ける期間です。市内の方と市外の方、室場ごとに定めます。"),
    new=_("受付期間を定める"),
    form=WindowForm,
    rows=_rows,
    withdraw=lambda actor, key: withdraw_windows(actor=actor, window=int(key)),
    initial=_initial,
)
