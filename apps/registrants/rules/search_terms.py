"""What is typed to find a registrant, as the key that is searched for: number, beginning of the kana, telephone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from apps.registrants.search_errors import (
    KanaNeededError,
    KanaTooShortError,
    MistypedNumberError,
    UnreadableNumberError,
    UnreadablePhoneError,
)
from kernel.kana import search_key
from kernel.numbers import check_digit
from kernel.width import bare

LEAST_KANA: Final = 2
PHONE: Final = re.compile(r"0\d{9,10}", re.ASCII)
NUMBER: Final = re.compile(r"([A-Z]+)(\d+)(\d)", re.ASCII)
KANA_KEY: Final = re.compile(r"[ぁ-ゖゝゞーA-Z0-9]+")


class By(StrEnum):
    """By what a registrant is looked for."""

    NUMBER = "number"
    KANA = "kana"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Term:
    """A key and what it is a key of. Personal: never logged, never in an address."""

    by: By
    key: str


def term(by: By, typed: str) -> Term:
    """The key of what was ``typed`` in any kind and width. Raises the errors of ``apps.registrants.search_errors``."""
    makers = {By.NUMBER: number_key, By.KANA: kana_key, By.PHONE: phone_key}
    return Term(by, makers[by](typed))


def number_key(typed: str) -> str:
    """A registration number as it is printed: ａ0001230 is A-000123-0."""
    found = NUMBER.fullmatch(bare(typed).upper())
    if found is None:
        raise UnreadableNumberError
    prefix, digits, last = found.groups()
    if check_digit(digits) != last:
        raise MistypedNumberError
    return f"{prefix}-{digits}-{last}"


def kana_key(typed: str) -> str:
    """The beginning of a name's search key; Latin letters and figures may stand in a group's name."""
    key = search_key(typed)
    if not KANA_KEY.fullmatch(key):
        raise KanaNeededError
    if len(key) < LEAST_KANA:
        raise KanaTooShortError(least=LEAST_KANA)
    return key


def phone_key(typed: str) -> str:
    """The digits of a whole number."""
    key = bare(typed, also="()（）.")
    if not PHONE.fullmatch(key):
        raise UnreadablePhoneError
    return key
