"""The index's upkeep: tokens of another key, counts, the end of an old key, purging, building it anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection

from shared.seniorcards.models import Terms
from shared.seniorcards.tokens import ARRAYS, KeyRefusedError, NamedTokens, arrays

RETOKEN: Final = f"SELECT shared.senior_retoken(%s::uuid[], {ARRAYS})"
REBUILD_PUT: Final = f"SELECT shared.senior_rebuild_put(%s, %s::uuid[], {ARRAYS})"


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


def retoken(rows: CardTokens) -> bool:
    """Put tokens of issued cards of this tenant into the index. As the tenant's role.

    False, and nothing done but telling the city, where this process's keys do not fit: a card that is not in the index
    yet needs the key in use.
    """
    [(is_done,)] = _run(RETOKEN, [[card for card, _ in rows], *arrays([named for _, named in rows])])
    return bool(is_done)


def rebuild_put(run: UUID, rows: CardTokens) -> None:
    """The same into the index that the run builds anew. As the tenant's role.

    ``KeyRefusedError`` without the key in use, or where another run has begun since.
    """
    [(is_done,)] = _run(REBUILD_PUT, [run, [card for card, _ in rows], *arrays([named for _, named in rows])])
    if not is_done:
        raise KeyRefusedError


def lacking(kid: str, after: UUID | None, size: int) -> list[UUID]:
    """This tenant's cards that stand in the index without the key ``kid``, or without what the city wants to be looked
    at, in order, beyond ``after``."""
    return [card for (card,) in _run("SELECT * FROM shared.senior_lacking(%s, %s, %s)", [kid, after, size])]


def counts() -> list[Count]:
    """Cards by tenant, key and state. As the city's role, like everything below."""
    return [Count(*row) for row in _run("SELECT * FROM shared.senior_counts()")]


def drop_key(kid: str, *, kept: str) -> tuple[int, int]:
    """Put the key ``kept`` in use and remove the rows of ``kid``, unless cards do not stand under ``kept`` yet: how
    many those are, how many rows went."""
    [(lacking, dropped)] = _run("SELECT lacking, dropped FROM shared.senior_drop_key(%s, %s)", [kid, kept])
    return lacking, dropped


def set_terms(officer: UUID | None, terms: Terms) -> str:
    """Set how often may be asked and what is looked at: empty, or why it is refused. As the city's role."""
    values = [terms.clerk_hour, terms.tenant_day, terms.wrong_numbers, terms.given_name, terms.birth_slips]
    [(refusal,)] = _run("SELECT shared.senior_set_terms(%s, %s, %s, %s, %s, %s)", [officer, *values])
    return refusal or ""


def purge(years: int) -> int:
    """Forget cards that have been void for ``years`` years: how many rows went."""
    [(gone,)] = _run("SELECT shared.senior_purge(%s)", [years])
    return int(gone)


def rebuild_begin() -> UUID:
    """Empty the place in which the index is built anew, for this run alone: its id."""
    [(run,)] = _run("SELECT shared.senior_rebuild_begin()")
    return UUID(str(run))


def mark() -> str:
    """What stands for all differences in full: taken before they are listed, it tells whether any other came."""
    [(found,)] = _run("SELECT shared.senior_rebuild_mark()")
    return str(found)


def differences() -> list[Difference]:
    """Where the index differs from what was built anew."""
    return [Difference(*row) for row in _run("SELECT * FROM shared.senior_rebuild_differences()")]


def rebuild_replace(run: UUID, seen: str) -> int | None:
    """Put what the run built anew into the index's place: how many rows it has.

    None, and nothing done, if the differences are not those of the mark ``seen`` any more, or another run has begun.
    """
    [(rows,)] = _run("SELECT shared.senior_rebuild_replace(%s, %s)", [run, seen])
    return None if rows < 0 else int(rows)


def _run(statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
