"""The index's upkeep: tokens of another key, counts, the end of an old key, purging, building it anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection

from shared.seniorcards.tokens import ARRAYS, NamedTokens, arrays

RETOKEN: Final = f"SELECT shared.senior_retoken(%s::uuid[], {ARRAYS})"
REBUILD_PUT: Final = f"SELECT shared.senior_rebuild_put(%s::uuid[], {ARRAYS})"


@dataclass(frozen=True, slots=True)
class Count:
    """How many cards of a tenant stand in the index under a key in a state."""

    tenant: str
    kid: str
    status: str
    cards: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the index and the tenants' cards disagree: ``missing``, ``extra``, ``tokens`` or ``state``."""

    tenant: str
    card: UUID
    what: str


CardTokens = Sequence[tuple[UUID, NamedTokens]]


def retoken(rows: CardTokens) -> None:
    """Put tokens of issued cards of this tenant into the index. As the tenant's role."""
    _run(RETOKEN, [[card for card, _ in rows], *arrays([named for _, named in rows])])


def rebuild_put(rows: CardTokens) -> None:
    """The same into the index that is being built anew. As the tenant's role."""
    _run(REBUILD_PUT, [[card for card, _ in rows], *arrays([named for _, named in rows])])


def lacking(kid: str, after: UUID | None, size: int) -> list[UUID]:
    """This tenant's cards that stand in the index without the key ``kid``, in order, beyond ``after``."""
    return [card for (card,) in _run("SELECT * FROM shared.senior_lacking(%s, %s, %s)", [kid, after, size])]


def counts() -> list[Count]:
    """Cards by tenant, key and state. As the city's role, like everything below."""
    return [Count(*row) for row in _run("SELECT * FROM shared.senior_counts()")]


def drop_key(kid: str) -> tuple[int, int]:
    """Remove the rows of a key, unless cards stand in the index under no other: how many do, how many rows went."""
    [(lacking, dropped)] = _run("SELECT lacking, dropped FROM shared.senior_drop_key(%s)", [kid])
    return lacking, dropped


def purge(years: int) -> int:
    """Forget cards that have been void for ``years`` years: how many rows went."""
    [(gone,)] = _run("SELECT shared.senior_purge(%s)", [years])
    return int(gone)


def rebuild_begin() -> None:
    """Empty the place in which the index is built anew."""
    _run("SELECT shared.senior_rebuild_begin()")


def differences() -> list[Difference]:
    """Where the index differs from what was built anew."""
    return [Difference(*row) for row in _run("SELECT * FROM shared.senior_rebuild_differences()")]


def rebuild_replace(seen: int) -> int | None:
    """Put what was built anew into the index's place: how many rows it has.

    None, and nothing done, if there are not ``seen`` differences any more: the index was written to meanwhile.
    """
    [(rows,)] = _run("SELECT shared.senior_rebuild_replace(%s)", [seen])
    return None if rows < 0 else int(rows)


def _run(statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
