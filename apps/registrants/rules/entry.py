"""Reading what was typed into a registration (登録の入力), field by field: the value as it is kept, or a fault.

Every way in uses it: the desk, the portal, the import of records from before. Names stay as given, in NFC, with
surrogate pairs and variation selectors. Nothing typed ever stands in a fault. Domain handbook 2.1, 5.2.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from apps.registrants.rules.items import Item, ItemKind
from kernel import birthdays, phone, postal
from kernel.errors import CodedError
from kernel.kana import dashes_to_long, is_kana, search_key, to_katakana
from kernel.names import NameTextError, clean_name
from kernel.wareki import WarekiError, parse_date

T = TypeVar("T")
NAME_LIMIT: Final = 40
KANA_LIMIT: Final = 60
GROUP_NAME_LIMIT: Final = 100
GROUP_KANA_LIMIT: Final = 150
ADDRESS_LIMIT: Final = 200
CONTACT_NAME_LIMIT: Final = 80
RELATION_LIMIT: Final = 20
_EMAIL: Final = re.compile(r"[^\s@\"(),:;<>\[\\\]]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)
_GROUP_KANA: Final = re.compile(r"[ァ-ヺヽヾー・ A-Za-z0-9&.'-]+")
_KANA_LETTER: Final = re.compile("[ァ-ヺ]")


class Fault(StrEnum):
    """What can be wrong with one field; ``apps.registrants.texts.ENTRY_TEXTS`` says it in a sentence."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    CONTROL_CHARACTER = "control_character"
    EMOJI = "emoji"
    PRIVATE_USE = "private_use"  # 外字
    NOT_KANA = "not_kana"
    POSTAL_UNREADABLE = "postal_unreadable"
    POSTAL_UNASSIGNED = "postal_unassigned"
    PHONE_UNREADABLE = "phone_unreadable"
    NO_SUCH_PHONE = "no_such_phone"
    DATE_UNREADABLE = "date_unreadable"
    NO_SUCH_DATE = "no_such_date"
    OUTSIDE_ERA = "outside_era"
    IN_FUTURE = "in_future"
    TOO_LONG_AGO = "too_long_ago"
    EMAIL_UNREADABLE = "email_unreadable"
    NO_SUCH_CHOICE = "no_such_choice"


_OF_KERNEL: Final[Mapping[tuple[type[CodedError], str], Fault]] = {
    (NameTextError, "empty"): Fault.MISSING,
    (NameTextError, "too_long"): Fault.TOO_LONG,
    (NameTextError, "control_character"): Fault.CONTROL_CHARACTER,
    (NameTextError, "emoji"): Fault.EMOJI,
    (NameTextError, "private_use"): Fault.PRIVATE_USE,
    (postal.PostalError, "unreadable"): Fault.POSTAL_UNREADABLE,
    (phone.PhoneError, "unreadable"): Fault.PHONE_UNREADABLE,
    (phone.PhoneError, "no_such_number"): Fault.NO_SUCH_PHONE,
    (WarekiError, "unreadable"): Fault.DATE_UNREADABLE,
    (WarekiError, "no_such_date"): Fault.NO_SUCH_DATE,
    (WarekiError, "outside_era"): Fault.OUTSIDE_ERA,
    (birthdays.BirthDateError, "in_future"): Fault.IN_FUTURE,
    (birthdays.BirthDateError, "too_long_ago"): Fault.TOO_LONG_AGO,
}


class EntryError(CodedError):
    """A field that cannot be kept as it was typed. ``code`` is a ``Fault``; ``limit`` is told with ``too_long``."""

    def __init__(self, fault: Fault, *, limit: int = 0) -> None:
        super().__init__(fault)
        self.limit = limit

    @property
    def fault(self) -> Fault:
        """What is wrong."""
        return Fault(self.code)


@dataclass(frozen=True, slots=True)
class Person:
    """An individual, or a group's representative, as read: columns of ``models.Registrant`` by their names.

    ``birth_date`` is None for a representative only.
    """

    family_name: str
    given_name: str
    family_kana: str
    given_kana: str
    postal_code: str
    address: str
    phone: str
    birth_date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """An emergency contact (緊急連絡先), as read."""

    name: str
    relation: str
    phone: str


def read_text(text: str, *, limit: int) -> str:
    """A name, an address or any one-line text, trimmed and in NFC. Raises EntryError."""
    return _told(lambda: clean_name(text, max_length=limit), limit)


def read_name(text: str) -> str:
    """姓 or 名."""
    return read_text(text, limit=NAME_LIMIT)


def read_kana(text: str, *, limit: int = KANA_LIMIT) -> str:
    """フリガナ in full-width katakana, from kana of any kind and width; kanji and anything else are ``not_kana``."""
    kana = dashes_to_long(to_katakana(read_text(text, limit=limit)))
    if not is_kana(kana):
        raise EntryError(Fault.NOT_KANA)
    return _within(kana, limit)


def read_group_kana(text: str) -> str:
    """フリガナ of a group, in which Latin letters and figures may stand as they are (ABCクラブ: ABCクラブ)."""
    kana = to_katakana(read_text(text, limit=GROUP_KANA_LIMIT))
    if not (_GROUP_KANA.fullmatch(kana) and (_KANA_LETTER.search(kana) or kana.isascii())):
        raise EntryError(Fault.NOT_KANA)
    return _within(kana, GROUP_KANA_LIMIT)


def read_birth_date(text: str, today: dt.date) -> dt.date:
    """生年月日 in 西暦 or 和暦, not after ``today`` and not 130 years before it."""
    if not text.strip():
        raise EntryError(Fault.MISSING)
    return _told(lambda: birthdays.read_birth_date(text, today))


def read_postal(text: str, is_assigned: Callable[[str], bool] | None = None) -> str:
    """郵便番号 as 7 digits; ``is_assigned`` says which are in use, None accepts all (a record from before)."""
    if not text.strip():
        raise EntryError(Fault.MISSING)
    code = _told(lambda: postal.digits(text))
    if is_assigned is not None and not is_assigned(code):
        raise EntryError(Fault.POSTAL_UNASSIGNED)
    return code


def read_address(text: str) -> str:
    """住所, from the prefecture or the municipality on."""
    return read_text(text, limit=ADDRESS_LIMIT)


def read_phone(text: str) -> str:
    """A telephone number as it is shown: 0476-42-5111."""
    if not text.strip():
        raise EntryError(Fault.MISSING)
    return _told(lambda: phone.format_phone(text))


def read_email(text: str, *, limit: int = 254) -> str:
    """A mail address as it may be written to; whether it arrives is not asked."""
    address = read_text(text, limit=limit)
    if not _EMAIL.fullmatch(address):
        raise EntryError(Fault.EMAIL_UNREADABLE)
    return address


def read_item(item: Item, text: str, today: dt.date) -> str | bool | None:
    """The value of a further item as it stands in ``Registrant.extras``; None for one that was left out."""
    if not text.strip():
        return None
    readers: dict[ItemKind, Callable[[], str | bool]] = {
        ItemKind.TEXT: lambda: read_text(text, limit=item.limit),
        ItemKind.KANA: lambda: read_kana(text, limit=item.limit),
        ItemKind.EMAIL: lambda: read_email(text, limit=item.limit),
        ItemKind.CHOICE: lambda: _choice(item, text),
        ItemKind.BOOL: lambda: True,
        ItemKind.BIRTH_DATE: lambda: read_birth_date(text, today).isoformat(),
        ItemKind.DATE: lambda: _told(lambda: parse_date(text)).isoformat(),
    }
    return readers[item.kind]()


def kana_key(*kana: str) -> str:
    """``Registrant.kana_key``: of an individual's family and given kana, or of a group's."""
    return search_key("".join(kana))


def phone_key(number: str) -> str:
    """``Registrant.phone_key`` of a number as ``read_phone`` gives it."""
    return phone.digits(number)


def _choice(item: Item, text: str) -> str:
    code = text.strip()
    if code not in {choice.code for choice in item.choices}:
        raise EntryError(Fault.NO_SUCH_CHOICE)
    return code


def _within(text: str, limit: int) -> str:
    if len(text) > limit:
        raise EntryError(Fault.TOO_LONG, limit=limit)
    return text


def _told(read: Callable[[], T], limit: int = 0) -> T:
    try:
        return read()
    except CodedError as error:
        raise EntryError(_OF_KERNEL[type(error), error.code], limit=limit) from None
