"""What a citizen wishes to have corrected (訂正の依頼): fields with the values that are said to be right.

A wish is read again when it is accepted, by the same rules as whatever is typed at a desk.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

from apps.registrants.portal_errors import StrayWishError
from apps.registrants.rules.entry import (
    EntryError,
    read_address,
    read_birth_date,
    read_item,
    read_kana,
    read_name,
    read_phone,
    read_postal,
)
from apps.registrants.rules.items import ITEMS

ITEM: Final = "item_"
PERSON: Final[Mapping[str, Callable[[str], Any]]] = {
    "family_name": read_name,
    "given_name": read_name,
    "family_kana": read_kana,
    "given_kana": read_kana,
    "postal_code": read_postal,
    "address": read_address,
    "phone": read_phone,
}
OF_A_GROUP: Final = frozenset({"postal_code", "address", "phone"})
"""代表者交代 and 団体名変更 are reported at the counter only. Domain handbook 2.3."""


def wishes_from(changes: Mapping[str, list[Any]]) -> dict[str, Any]:
    """The wishes out of field -> [registered, wished]."""
    return {name: after for name, (_, after) in changes.items()}


def person_wishes(wishes: Mapping[str, Any], *, kind: str, today: dt.date) -> dict[str, Any]:
    """Columns of the person with their wished values, as they are kept; ``StrayWishError`` for what cannot be kept."""
    found: dict[str, Any] = {}
    for name, value in wishes.items():
        if name.startswith(ITEM):
            continue
        if kind == "group" and name not in OF_A_GROUP:
            raise StrayWishError
        found[name] = _read(name, value, today)
    return found


def item_wishes(wishes: Mapping[str, Any], *, today: dt.date) -> dict[str, Any]:
    """Further items with their wished values; None for one that is to be left out. ``StrayWishError``."""
    return {
        name.removeprefix(ITEM): _item(name.removeprefix(ITEM), value, today)
        for name, value in wishes.items()
        if name.startswith(ITEM)
    }


def _read(name: str, value: Any, today: dt.date) -> Any:
    if not isinstance(value, str) or (name != "birth_date" and name not in PERSON):
        raise StrayWishError
    try:
        return read_birth_date(value, today) if name == "birth_date" else PERSON[name](value)
    except EntryError:
        raise StrayWishError from None


def _item(code: str, value: Any, today: dt.date) -> Any:
    if code not in ITEMS or not isinstance(value, str | bool | None):
        raise StrayWishError
    if value is None or isinstance(value, bool):
        return value or None
    try:
        return read_item(ITEMS[code], value, today)
    except EntryError:
        raise StrayWishError from None
