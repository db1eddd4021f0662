"""The form of a change of date, slots or room, for the desk and for the portal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.bookings.models import Booking
from apps.bookings.rules.deadlines import Cause
from apps.bookings.rules.listing import Offer
from apps.bookings.services.change import Target
from shared.web.fields import DayField

NO_SUCH_CHOICE: Final = {"required": _("選択してください。"), "invalid_choice": _("一覧から選択してください。")}


class ChangeForm(forms.Form):
    """Where and when the booking is to be. The slots are those of any room that is offered; the service judges."""

    room = forms.TypedChoiceField(label=_("室場"), coerce=UUID, error_messages=dict(NO_SUCH_CHOICE))
    day = DayField(label=_("利用日"))
    slots = forms.TypedMultipleChoiceField(
        label=_("時間帯"),
        coerce=int,
        error_messages=dict(NO_SUCH_CHOICE),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("続けて利用する場合は、続いている時間帯をすべて選択してください。"),
    )
    override = forms.CharField(
        label=_("申込の制限を解除する理由"),
        required=False,
        max_length=500,
        help_text=_("制限を超えて変更する場合にだけ入力します。記録に残ります。"),
    )

    def __init__(self, data: Any, *, booking: Booking, offers: Iterable[Offer], by_staff: bool) -> None:
        initial = {"room": booking.room_id, "day": booking.day, "slots": booking.slot_numbers}
        super().__init__(data, initial=initial)
        listed = list(offers)
        self.fields["room"].choices = [(one.room, _named(one)) for one in listed]  # type: ignore[attr-defined]
        self.fields["slots"].choices = slot_choices(listed)  # type: ignore[attr-defined]  # a ChoiceField
        if not by_staff:
            del self.fields["override"]

    def target(self) -> Target:
        """What the valid form asks for."""
        values = self.cleaned_data
        return Target(values["room"], values["day"], tuple(sorted(values["slots"])))


def slot_choices(offers: Iterable[Offer]) -> list[tuple[int, str]]:
    """The slots of the rooms' newest timetables by number, each with the labels that it has."""
    labels: dict[int, list[str]] = {}
    english = (get_language() or "").startswith("en")
    for offer in offers:
        for slot in offer.timetables[-1].slots if offer.timetables else ():
            label = slot.label_en if english and slot.label_en else slot.label
            told = f"{label} {slot.starts:%H:%M}–{slot.ends:%H:%M}"
            if told not in labels.setdefault(slot.number, []):
                labels[slot.number].append(told)
    return [(number, "／".join(labels[number])) for number in sorted(labels)]


def cause_choices(causes: Iterable[Cause], whose: str) -> list[tuple[str, str]]:
    """The causes (取消事由) of ``whose``, named in the language of the request."""
    english = (get_language() or "").startswith("en")
    return [(one.code, one.name_en if english and one.name_en else one.name) for one in causes if one.whose == whose]


def _named(offer: Offer) -> str:
    english = (get_language() or "").startswith("en")
    room = offer.name_en if english and offer.name_en else offer.name
    place = offer.facility_name_en if english and offer.facility_name_en else offer.facility_name
    return f"{place}　{room}"
