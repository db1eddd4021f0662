"""The questions about equipment (附属設備): what is lent there and then, what it costs, how many are left."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from apps.bookings.models import Booking, Equipment
from apps.bookings.queries.equipment import Lendable, Place, Reserved
from apps.bookings.queries.fees import InForce
from apps.bookings.rules.days import span_of
from apps.bookings.rules.fees.tables import EquipmentPrice, EquipmentUnit
from apps.bookings.rules.fees.use import EquipmentUse
from apps.bookings.rules.listing import Offer, Slot
from apps.bookings.services.lending import PREFIX
from kernel.clock import TOKYO
from shared.web.fields import CountField

UNITS: Final = {
    EquipmentUnit.SLOT: _("1区分"),
    EquipmentUnit.HOUR: _("1時間"),
    EquipmentUnit.DAY: _("1日"),
    EquipmentUnit.TIME: _("1回"),
}
MOST: Final = 999
MOST_ITEMS: Final = 50
ITEM: Final = re.compile(rf"{PREFIX}[a-z0-9_-]{{1,30}}")
Read = Callable[[], list[Lendable]]


class QuantityField(CountField):
    """How many of an item, in either width; empty is none."""

    default_error_messages = {"invalid": _("数は数字で入力してください。"), "min_value": _("数は0以上にしてください。")}

    def __init__(self, *, left: int | None, **kwargs: Any) -> None:
        forms.IntegerField.__init__(self, required=False, min_value=0, **kwargs)
        self.left = left

    def clean(self, value: Any) -> Any:
        """The number, refused with how many are left where that is less."""
        wanted = super().clean(value)
        most = MOST if self.left is None else self.left
        if wanted is not None and wanted > most:
            told = (
                __("この時間帯に貸し出せるのは、あと%(left)sです。") if most else __("この時間帯は残りがありません。")
            )
            raise forms.ValidationError(told % {"left": most}, code="no_stock")
        return wanted


class EquipmentForm(forms.Form):
    """What goes with a booking, and nothing else."""

    def __init__(
        self, data: Any, *, items: Sequence[Lendable], has: Sequence[Reserved], in_force: InForce | None
    ) -> None:
        super().__init__(data, initial={f"{PREFIX}{one.kind.code}": one.quantity for one in has})
        add_equipment_fields(self, [*items, *_beyond(items, has)], in_force)


def add_equipment_fields(form: forms.Form, items: Iterable[Lendable], in_force: InForce | None) -> None:
    """Put a question for each item into ``form``, after its own."""
    prices = {one.code: one for one in in_force.tables.equipment.items} if in_force else {}
    for one in items:
        form.fields[f"{PREFIX}{one.kind.code}"] = QuantityField(
            label=__("附属設備：%(name)s") % {"name": item_name(one.kind)},
            left=one.left,
            help_text=_help(one, prices),
        )


def ask_equipment(form: forms.Form, read: Read, in_force: InForce | None, data: QueryDict | None) -> None:
    """Put the questions into an application's form.

    A form that was sent is asked only what it says itself, so that sending it reads nothing: reserving judges it.
    """
    if data is None or "quote" in data:
        add_equipment_fields(form, read(), in_force)
        return
    said = [name for name, value in data.items() if ITEM.fullmatch(name) and str(value).strip()]
    for name in said[:MOST_ITEMS]:
        form.fields[name] = QuantityField(label=_("附属設備"), left=None)


def show_equipment(form: forms.Form, read: Read, in_force: InForce | None) -> None:
    """The questions of a form that is shown again, with what is left by now; what was typed stays."""
    items = read()
    known = {f"{PREFIX}{one.kind.code}" for one in items}
    for name in [name for name in form.fields if name.startswith(PREFIX)]:
        if name in known or name not in form.errors:
            del form.fields[name]
            form._bound_fields_cache.pop(name, None)  # type: ignore[attr-defined]  # of the field that is replaced
    add_equipment_fields(form, items, in_force)


def typed_items(values: Mapping[str, Any]) -> tuple[EquipmentUse, ...]:
    """What a valid form says of equipment, by the items' codes."""
    return tuple(
        EquipmentUse(name.removeprefix(PREFIX), count)
        for name, count in values.items()
        if name.startswith(PREFIX) and count
    )


def item_name(kind: Equipment) -> str:
    """The name in the language of the request."""
    return kind.name_en if kind.name_en and (get_language() or "").startswith("en") else kind.name


def place_of(booking: Booking) -> Place:
    """Where and when a booking is; its room is at hand."""
    return Place(booking.room.facility_id, booking.room_id, booking.day, booking.during.lower, booking.during.upper)


def place_in(offer: Offer, day: dt.date, slots: Sequence[Slot]) -> Place:
    """The span of some slots of a day; without any, the whole day."""
    if slots:
        return Place(offer.facility, offer.room, day, span_of(slots[0], day)[0], span_of(slots[-1], day)[1])
    midnight = dt.datetime.combine(day, dt.time(), TOKYO)
    return Place(offer.facility, offer.room, day, midnight, midnight + dt.timedelta(days=1))


def _beyond(items: Sequence[Lendable], has: Sequence[Reserved]) -> list[Lendable]:
    """What the booking has though it could not choose it now: it may keep it or have less."""
    known = {one.kind.pk for one in items}
    return [Lendable(one.kind, one.quantity) for one in has if one.kind.pk not in known]


def _help(one: Lendable, prices: Mapping[str, EquipmentPrice]) -> str:
    price = prices.get(one.kind.code)
    told = __("無料") if price is None or not price.amount else _price(price)
    if one.left is None:
        return told
    left = __("残り%(left)s%(unit)s") % {"left": one.left, "unit": one.kind.unit} if one.left else __("残りなし")
    return f"{told}　{left}"


def _price(price: EquipmentPrice) -> str:
    return __("%(unit)s%(amount)s円") % {"unit": UNITS[price.unit], "amount": f"{price.amount:,}"}
