"""Whether two individuals of one tenant may be the same person (重複の候補). Somebody decides; nothing is merged."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from kernel.name_keys import folded_key
from kernel.width import DASHES, visible

NAME_AND_BIRTH: Final = "name_and_birth"
PHONE: Final = "phone"
ADDRESS: Final = "address"
_DASH: Final = re.compile(f"[{re.escape(DASHES)}]")
_BLOCK: Final = re.compile(r"(?<=[0-9])(?:丁目|番地の|番地|番|号|の)(?=[0-9]|$)")


@dataclass(frozen=True, slots=True)
class Likeness:
    """What is compared of a person. The name's key ignores width, small kana and long vowels."""

    name_key: str
    birth_date: dt.date | None
    phone_key: str
    address_key: str


def likeness(kana: str, birth_date: dt.date | None, phone_key: str, address: str) -> Likeness:
    """The likeness of a person with the joined ``kana``."""
    return Likeness(folded_key(kana), birth_date, phone_key, address_key(address))


def address_key(address: str) -> str:
    """An address without the differences of writing: 1丁目2番地3 and １−２−３ are one; kanji figures are not read."""
    narrow = "".join(unicodedata.normalize("NFKC", visible(address)).split())
    return _BLOCK.sub("-", _DASH.sub("-", narrow)).rstrip("-")


def grounds(one: Likeness, other: Likeness) -> tuple[str, ...]:
    """Why the two may be one person; empty when nothing says so.

    A shared address alone is a household: it counts with the same name or the same birth date only.
    """
    is_name = bool(one.name_key) and one.name_key == other.name_key
    is_birth = one.birth_date is not None and one.birth_date == other.birth_date
    found = {
        NAME_AND_BIRTH: is_name and is_birth,
        PHONE: bool(one.phone_key) and one.phone_key == other.phone_key,
        ADDRESS: bool(one.address_key) and one.address_key == other.address_key and (is_name or is_birth),
    }
    return tuple(code for code, holds in found.items() if holds)
