"""Asking the index as a facility: the question first, its answer in a later transaction. The database decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection

from shared.actor import Actor
from shared.seniorcards.tokens import ARRAYS, NamedTokens, arrays

ASK: Final = f"SELECT ticket, refusal FROM shared.senior_ask(%s, %s, %s, %s, %s, %s, {ARRAYS}, %s, %s)"  # noqa: S608  # a constant
CHECK: Final = f"SELECT * FROM shared.senior_check(%s, {ARRAYS})"  # noqa: S608  # a constant
VERIFY: Final = f"SELECT shared.senior_verify(%s, %s, {ARRAYS})"
CLEAR: Final = f"SELECT outcome, namesake FROM shared.senior_clear(%s, {ARRAYS})"  # noqa: S608  # a constant


@dataclass(frozen=True, slots=True)
class Question:
    """What a clerk states before the index is asked. ``purpose`` is a ``CallPurpose``."""

    card: UUID
    purpose: str
    identity_checked: bool
    tokens: Sequence[NamedTokens]
    number: str | None = None
    """The old card's number, if that is to be verified."""


@dataclass(frozen=True, slots=True)
class Found:
    """A card that fits, and as much of it as its grade lets be told (domain handbook 5.4)."""

    hit: UUID
    grade: int
    facility: str
    facility_en: str
    number: str | None
    """登録番号, of an exact fit alone."""
    status: str | None
    """State of the card, unless it is merely similar."""
    issued_year: int | None
    """交付年度, of an exact fit alone."""


def ask(actor: Actor, question: Question) -> tuple[UUID | None, str]:
    """Put the question: its ticket, or why it is refused. Must be committed before the answer is read."""
    act = "verify" if question.number is not None else "check"
    stated = [act, question.purpose, actor.id, question.identity_checked, question.card, question.number]
    ticket, refusal = _row(ASK, [*stated, *arrays(question.tokens), actor.address, actor.request_id])
    return ticket, refusal or ""


def check(ticket: UUID, tokens: Sequence[NamedTokens]) -> list[Found]:
    """What fits, the nearest first. ``IntegrityError`` without a question of these very tokens in the last minutes."""
    with connection.cursor() as cursor:
        cursor.execute(CHECK, [ticket, *arrays(tokens)])
        return [Found(*row) for row in cursor.fetchall()]


def verify(ticket: UUID, tokens: Sequence[NamedTokens], number: str) -> bool:
    """Whether one of the cards that fit bears ``number``. ``IntegrityError`` like ``check``."""
    (fits,) = _row(VERIFY, [ticket, number, *arrays(tokens)])
    return bool(fits)


def clear(card: UUID, tokens: Sequence[NamedTokens]) -> tuple[str, int]:
    """Enter the card into the index if nothing stands against it: ``cleared``, ``unchecked``, ``exists``,
    ``unresolved``, ``key`` (not the one in use) or ``card`` (not to be issued), and the number that the city gave to a
    namesake."""
    outcome, namesake = _row(CLEAR, [card, *arrays(tokens)])
    return outcome, namesake


def _row(statement: str, values: Sequence[Any]) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row: tuple[Any, ...] = cursor.fetchone()
    return row
