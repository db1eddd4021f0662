"""Which part of the board is asked for: the days, and which rooms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from apps.bookings.rules.board import week_around
from apps.bookings.rules.listing import Offer
from apps.bookings.templatetags.bookings import in_language
from kernel import clock
from shared.web.fields import DayField

DAY: Final = "day"
"""All rooms of one day."""
WEEK: Final = "week"
"""All rooms of a week, or one room's week with time across."""
NO_SUCH_CHOICE: Final = {"invalid": _("一覧から選択してください。")}


class BoardForm(forms.Form):
    """Day and filters. A room that is no longer there shows an empty board, no error."""

    hides_requirement = True
    day = DayField(label=_("日付"), required=False)
    facility = forms.UUIDField(label=_("施設"), required=False, widget=forms.Select, error_messages=NO_SUCH_CHOICE)
    room = forms.UUIDField(label=_("室場"), required=False, widget=forms.Select, error_messages=NO_SUCH_CHOICE)
    purpose = forms.SlugField(
        label=_("使える目的"), required=False, widget=forms.Select, error_messages=NO_SUCH_CHOICE, max_length=30
    )

    def __init__(self, data: Any, *, view: str) -> None:
        super().__init__(data, auto_id="shown_%s")
        self.view = view
        if view == DAY:
            del self.fields["room"]

    def offer(self, offers: Iterable[Offer]) -> None:
        """Put the choices of these rooms into the filters; one that leaves no choice is not shown."""
        listed = list(offers)
        facilities = {one.facility: in_language(one.facility_name, one.facility_name_en) for one in listed}
        rooms = {one.room: in_language(one.name, one.name_en) for one in listed}
        purposes = {one.code: in_language(one.name, one.name_en) for offer in listed for one in offer.purposes}
        for name, found in (("facility", facilities), ("room", rooms), ("purpose", purposes)):
            if name in self.fields:
                self.fields[name].widget.choices = [("", __("すべて")), *found.items()]
        if len(facilities) < 2:
            del self.fields["facility"]

    def wanted(self) -> Shown:
        """What is asked for; whatever is wrong counts as not said."""
        self.full_clean()
        values: dict[str, Any] = getattr(self, "cleaned_data", {})
        return Shown(
            self.view,
            values.get("day") or clock.today(),
            values.get("facility"),
            values.get("room"),
            values.get("purpose") or "",
        )


class Shown:
    """What a board shows: the days and the rooms."""

    def __init__(self, view: str, day: dt.date, facility: UUID | None, room: UUID | None, purpose: str) -> None:
        self.view, self.day = view, day
        self.facility, self.room, self.purpose = facility, room, purpose
        self.days: Sequence[dt.date] = (day,) if view == DAY else week_around(day)

    def rooms(self, offers: Iterable[Offer]) -> list[Offer]:
        """Those of ``offers`` that are asked for."""
        return [
            one
            for one in offers
            if (self.facility is None or one.facility == self.facility)
            and (self.room is None or one.room == self.room)
            and (not self.purpose or self.purpose in {allowed.code for allowed in one.purposes})
        ]

    def query(self, **instead: object) -> dict[str, str]:
        """The parameters of its address, some of them replaced."""
        known: dict[str, object] = {
            "day": self.day,
            "facility": self.facility,
            "room": self.room,
            "purpose": self.purpose,
        }
        return {name: str(value) for name, value in (known | instead).items() if value}
