"""The forms of a counter booking."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid5

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from apps.bookings.models import Room
from apps.bookings.rules.availability import Mark, SlotMark
from apps.bookings.rules.choice import check_headcount
from apps.bookings.rules.listing import Offer
from apps.bookings.services.apply import Application
from apps.bookings.services.starting import Wish
from apps.bookings.templatetags.bookings import in_language
from kernel.errors import DomainError
from shared.problems import problem_of
from shared.web.fields import CountField, DayField


class SlotsField(forms.Field):
    """The numbers of slots in an address, each in a parameter of its own."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> tuple[int, ...]:
        said = [str(one) for one in value or ()]
        if not all(one.isascii() and one.isdecimal() and len(one) < 4 for one in said):
            raise ValidationError(__("一覧から選択してください。"), code="invalid")
        return tuple(sorted({int(one) for one in said}))


class PlaceForm(forms.Form):
    """Which room on which day; the slots and the registrant when they are known already."""

    hides_requirement = True
    room = forms.UUIDField(
        label=_("室場"),
        widget=forms.Select,
        error_messages={"required": _("室場を選択してください。"), "invalid": _("一覧から選択してください。")},
    )
    day = DayField(label=_("利用日"))
    slot = SlotsField(required=False)
    registrant = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, rooms: Sequence[Room], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.rooms = rooms
        several = len({room.facility_id for room in rooms}) > 1
        self.fields["room"].widget.choices = [
            ("", __("選択してください")),
            *((room.pk, _named(room, with_facility=several)) for room in rooms),
        ]

    @property
    def is_unfinished(self) -> bool:
        """Whether the room or the day is simply not said yet, and nothing that was said is wrong."""
        codes = {error.code for errors in self.errors.as_data().values() for error in errors}
        asked = self.is_bound and "room" in self.data and "day" in self.data
        return self.is_bound and codes == {"required"} and not asked

    def known(self) -> dict[str, Any]:
        """What an unfinished address says."""
        known = {name: self.data.get(name) for name in self.fields if self.data.get(name)}
        read = self.fields["slot"].widget.value_from_datadict
        return known | ({"slot": read(self.data, self.files, "slot")} if "slot" in known else {})


class SlotChoices(forms.CheckboxSelectMultiple):
    """Check boxes of which those that are not free cannot be chosen."""

    shut: frozenset[int] = frozenset()

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if value in self.shut:
            option["attrs"]["disabled"] = True
        return option


class BookForm(forms.Form):
    """What is booked, and for what use. ``key`` makes the same form, sent twice, book once."""

    slots = forms.TypedMultipleChoiceField(
        label=_("時間帯"),
        coerce=int,
        widget=SlotChoices,
        error_messages={
            "required": _("時間帯を選択してください。"),
            "invalid_choice": _("この日には選択された時間帯がありません。時間帯を選び直してください。"),
        },
    )
    purpose = forms.ChoiceField(
        label=_("利用目的"),
        error_messages={
            "required": _("利用目的を選択してください。"),
            "invalid_choice": _("この室場では選択された目的の利用はできません。別の目的を選択してください。"),
        },
    )
    event_name = forms.CharField(
        label=_("行事名・利用の内容"),
        max_length=100,
        required=False,
        help_text=_("申請書と許可書に記載されます。"),
        error_messages={"max_length": _("%(limit_value)d文字以内で入力してください（現在%(show_value)d文字）。")},
    )
    headcount = CountField(label=_("利用人数"))
    permit_now = forms.BooleanField(label=_("受け付けと同時に許可する"), required=False)
    override = forms.CharField(
        label=_("申込の制限を解除する理由"),
        required=False,
        max_length=500,
        help_text=_("制限を超えて受け付ける場合にだけ入力します。記録に残ります。"),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, offer: Offer, marks: Sequence[SlotMark], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.offer = offer
        purposes = [(one.code, in_language(one.name, one.name_en)) for one in offer.purposes]
        self.fields["slots"].choices = [(one.slot.number, _told(one)) for one in marks]  # type: ignore[attr-defined]
        shut = frozenset(one.slot.number for one in marks if one.mark is not Mark.FREE)
        self.fields["slots"].widget.shut = shut
        self.fields["purpose"].choices = [("", __("選択してください")), *purposes]  # type: ignore[attr-defined]
        self.fields["headcount"].help_text = __("定員は%(capacity)s人です。") % {"capacity": offer.capacity}

    def clean_headcount(self) -> int:
        """The service's own rule, told together with whatever else is wrong in the form."""
        headcount: int = self.cleaned_data["headcount"]
        try:
            check_headcount(self.offer, headcount)
        except DomainError as error:
            raise ValidationError(problem_of(error).text) from None
        return headcount

    def wish(self, *, registrant: UUID, room: UUID, day: dt.date) -> Wish:
        """The valid form's wish. Its key is of this form and this choice: choosing otherwise is another booking."""
        slots = tuple(sorted(self.cleaned_data["slots"]))
        key = uuid5(self.cleaned_data["key"], f"{registrant}/{room}/{day}/{slots}")
        return Wish(registrant, room, day, slots, key)

    def application(self) -> Application:
        """The valid form's content."""
        values = self.cleaned_data
        return Application(values["purpose"], values["headcount"], values["event_name"])


def _named(room: Room, *, with_facility: bool) -> str:
    name = in_language(room.name, room.name_en)
    return f"{in_language(room.facility.name, room.facility.name_en)}　{name}" if with_facility else name


def _told(one: SlotMark) -> str:
    """午前　9:00〜12:00, with a word when it is not free."""
    slot = one.slot
    words = {Mark.FULL: __("予約あり"), Mark.OUTSIDE: __("終了")}
    told = f"{in_language(slot.label, slot.label_en)}　{slot.starts:%-H:%M}〜{slot.ends:%-H:%M}"
    return told if one.mark is Mark.FREE else f"{told}（{words.get(one.mark, __('利用できません'))}）"
