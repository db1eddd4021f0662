"""Form fields of a registration: each reads by a rule of ``rules.entry`` and tells its fault beside itself.

For the desk and the portal alike. What was typed comes back as it was typed; the value is what is kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from apps.registrants.rules import entry
from apps.registrants.rules.entry import EntryError
from apps.registrants.rules.items import Item, ItemKind
from apps.registrants.texts import CHOICE_LABELS, ITEM_LABELS, entry_text
from kernel import clock, postal
from shared.frame.forms import TelInput
from shared.postal.lookup import is_assigned
from shared.web.birth_date import BirthDateField
from shared.web.fields import DayField
from shared.web.postal import PostalInput

FARTHEST_DAY = dt.timedelta(days=366 * 20)


class EntryField(forms.Field):
    """One line of text, read by ``read``; empty where it was left out and is not required."""

    widget = forms.TextInput
    empty_value: str = ""

    def __init__(self, read: Callable[[str], Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.read = read

    def clean(self, value: Any) -> Any:
        typed = str(value or "")
        if not typed.strip() and not self.required:
            return self.empty_value
        try:
            return self.read(typed)
        except EntryError as error:
            raise ValidationError(entry_text(error), code=error.code) from None


class NameField(EntryField):
    """姓 or 名, kept as it is given."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(entry.read_name, **{"widget": _text("input--20")} | kwargs)


class KanaField(EntryField):
    """フリガナ of 姓 or 名, from kana of any kind and width."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(entry.read_kana, **{"widget": _text("input--20")} | kwargs)


class GroupNameField(EntryField):
    """団体名."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(lambda typed: entry.read_text(typed, limit=entry.GROUP_NAME_LIMIT), **kwargs)


class GroupKanaField(EntryField):
    """フリガナ of a group, in which Latin letters and figures may stand."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(entry.read_group_kana, **kwargs)


class PostalField(EntryField):
    """郵便番号 that is in use, with the button that fills the form's ``address`` (``shared.web.postal``)."""

    known = ""
    """The code that is registered: it may stay, in use or not, while another field is changed."""

    def __init__(self, *, address: str = "address", **kwargs: Any) -> None:
        super().__init__(_assigned, **{"widget": PostalInput(address=address)} | kwargs)

    def clean(self, value: Any) -> Any:
        """The code as 7 digits."""
        is_known = postal.is_postal(str(value or "")) and postal.digits(str(value)) == self.known
        return self.known if is_known else super().clean(value)


class AddressField(EntryField):
    """住所, in one line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(entry.read_address, **{"widget": _text(autocomplete="street-address")} | kwargs)


class PhoneField(EntryField):
    """電話番号, with or without hyphens."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(entry.read_phone, **{"widget": TelInput} | kwargs)


class LineField(EntryField):
    """Any other line of at most ``limit`` characters."""

    def __init__(self, *, limit: int, **kwargs: Any) -> None:
        super().__init__(lambda typed: entry.read_text(typed, limit=limit), **kwargs)


def item_field(item: Item, *, purpose: str, required: bool) -> forms.Field:
    """The field of a further item, with its purpose of use as its hint; its value is what ``extras`` keep."""
    told: dict[str, Any] = {"label": ITEM_LABELS[item.code], "help_text": purpose, "required": required}
    if item.kind is ItemKind.BIRTH_DATE:
        return _BirthDateItemField(**told)
    if item.kind is ItemKind.DATE:
        return _DayItemField(farthest=FARTHEST_DAY, **told)
    if item.kind is ItemKind.BOOL:
        return EntryField(lambda _typed: True, widget=forms.CheckboxInput, **told)
    widget: forms.Widget = forms.TextInput()
    if item.kind is ItemKind.CHOICE:
        widget = forms.Select(choices=[("", "----"), *_choices(item)])
    elif item.kind is ItemKind.EMAIL:
        widget = forms.EmailInput({"autocomplete": "email"})
    elif item.limit >= 200:
        widget = forms.Textarea({"rows": 2})
    return EntryField(lambda typed: entry.read_item(item, typed, clock.today()), widget=widget, **told)


class _BirthDateItemField(BirthDateField):
    """A birth date as ``extras`` keep it: YYYY-MM-DD."""

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        return day.isoformat() if day else ""

    def prepare_value(self, value: Any) -> Any:
        return dt.date.fromisoformat(value) if isinstance(value, str) and value else value


class _DayItemField(DayField):
    """Any other day, as ``extras`` keep it: YYYY-MM-DD."""

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        return day.isoformat() if day else ""


def _assigned(typed: str) -> str:
    return entry.read_postal(typed, is_assigned)


def _choices(item: Item) -> list[tuple[str, Any]]:
    return [(choice.code, CHOICE_LABELS[item.code, choice.code]) for choice in item.choices]


def _text(css: str = "", **attrs: str) -> forms.TextInput:
    return forms.TextInput({"autocomplete": "off"} | ({"class": css} if css else {}) | attrs)
