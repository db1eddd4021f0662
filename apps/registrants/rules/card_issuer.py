"""In whose name a card is issued (発行者)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MAYOR: Final = "市長"


@dataclass(frozen=True, slots=True)
class CardIssuer:
    """``facility`` is the name of the designated unit (発行施設), ``signature`` the lines under which it issues."""

    facility: str
    signature: tuple[str, ...]


def card_issuer(*, city: str, facility: str, is_manager: bool, operator: str, title: str) -> CardIssuer:
    """A designated manager issues in its own name; else the mayor, or the city's organ of that title."""
    if is_manager:
        return CardIssuer(facility, (f"{_with_city(city, facility)}指定管理者", operator))
    organ = f"{city}長" if title == MAYOR else title
    return CardIssuer(facility, (_with_city(city, organ),))


def _with_city(city: str, name: str) -> str:
    return name if name.startswith(city) else f"{city}{name}"
