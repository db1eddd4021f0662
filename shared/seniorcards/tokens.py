"""The tokens of a card holder's names under every key in use, as the index's functions want them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.conf import settings

from kernel.errors import DomainError
from kernel.name_tokens import TokenKey, Tokens, proof, tokens

CURRENT: Final = "current"
FORMER: Final = "former"
REVERSED: Final = "reversed"
"""氏名逆順: asked for, never kept."""
ARRAYS: Final = "%s::text[], %s::bytea[], %s::text[], %s::bytea[], %s::bytea[], %s::bytea[], %s::bytea[], %s::bytea[]"
"""SQL of what ``arrays`` gives."""


class KeysMissingError(DomainError):
    """This process was given no key (``KASHIKAN_SENIOR_KEYS``)."""

    code = "senior_keys_missing"
    status = 503


@dataclass(frozen=True, slots=True)
class PersonName:
    """氏名 of a role (current, former or reversed): kana and as written, family and given name joined."""

    role: str
    kana: str
    written: str
    given_kana: str = ""
    """The given name alone, which stays when the family name changes."""


@dataclass(frozen=True, slots=True)
class NamedTokens:
    """The tokens of one name under one key."""

    role: str
    tokens: Tokens
    proof: bytes
    """That this process holds the key of that id."""

    @property
    def loose(self) -> list[bytes | None]:
        """T5 and the three T6: none for a name in the other order, which is a guess already."""
        t6: Sequence[bytes | None] = self.tokens.t6 or (None, None, None)
        return [None] * 4 if self.role == REVERSED else [self.tokens.t5, *t6]


class KeyRefusedError(DomainError):
    """This process's keys are not those that the index was made with, or lack the one in use."""

    code = "senior_key_refused"
    status = 503


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
        NamedTokens(
            name.role,
            tokens(key, kana=name.kana, name=name.written, born=born, given_kana=name.given_kana),
            proof(key),
        )
        for key in keys()
        for name in names
    ]


def arrays(named: Sequence[NamedTokens]) -> list[Any]:
    """Parallel arrays: key ids and their proofs, roles of the names, T1 to T4, and T5 with T6 as rows of four."""
    made = [one.tokens for one in named]
    return [
        [one.kid for one in made],
        [one.proof for one in named],
        [one.role for one in named],
        [one.t1 for one in made],
        [one.t2 for one in made],
        [one.t3 for one in made],
        [one.t4 for one in made],
        [one.loose for one in named],
    ]
