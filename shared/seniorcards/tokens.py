"""The tokens of a card holder's names under every key in use, as the index's functions want them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.conf import settings

from kernel.errors import DomainError
from kernel.name_tokens import TokenKey, Tokens, tokens

CURRENT: Final = "current"
FORMER: Final = "former"
ARRAYS: Final = "%s::text[], %s::text[], %s::bytea[], %s::bytea[], %s::bytea[], %s::bytea[]"
"""SQL of what ``arrays`` gives."""


class KeysMissingError(DomainError):
    """This process was given no key (``KASHIKAN_SENIOR_KEYS``)."""

    code = "senior_keys_missing"
    status = 503


@dataclass(frozen=True, slots=True)
class PersonName:
    """氏名 of a role (current or former): kana and as written, family and given name joined."""

    role: str
    kana: str
    written: str


@dataclass(frozen=True, slots=True)
class NamedTokens:
    """The tokens of one name under one key."""

    role: str
    tokens: Tokens


def keys() -> tuple[TokenKey, ...]:
    """The keys in use, the one that new tokens are made with first. ``KeysMissingError``."""
    found: tuple[TokenKey, ...] = settings.SENIOR_KEYS
    if not found:
        raise KeysMissingError
    return found


def keys_or_none() -> str | None:
    """The id of the key in use, or None in a process that has no keys."""
    return settings.SENIOR_KEYS[0].kid if settings.SENIOR_KEYS else None


def tokens_of(names: Sequence[PersonName], born: date) -> list[NamedTokens]:
    """Every name under every key. ``KeysMissingError``, ``kernel.name_tokens.NamelessError``."""
    return [
        NamedTokens(name.role, tokens(key, kana=name.kana, name=name.written, born=born))
        for key in keys()
        for name in names
    ]


def arrays(named: Sequence[NamedTokens]) -> list[Any]:
    """Parallel arrays: key ids, roles of the names, T1 to T4."""
    made = [one.tokens for one in named]
    return [
        [one.kid for one in made],
        [one.role for one in named],
        [one.t1 for one in made],
        [one.t2 for one in made],
        [one.t3 for one in made],
        [one.t4 for one in made],
    ]
