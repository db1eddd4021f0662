"""照会票 as the functions of the database give them, to the two facilities and to the city."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import connection

from shared.actor import Actor

OPEN: Final = "SELECT inquiry, refusal FROM shared.senior_open_inquiry(%s, %s)"
LIST: Final = "SELECT * FROM shared.senior_inquiries()"
ANSWER: Final = "SELECT shared.senior_answer_inquiry(%s, %s, %s)"
CITY_ANSWER: Final = "SELECT shared.senior_city_answer(%s, %s, %s)"
DECIDE: Final = "SELECT shared.senior_decide(%s, %s, %s)"


@dataclass(frozen=True, slots=True)
class Letter:
    """An inquiry as one of its two facilities sees it."""

    inquiry: UUID
    is_received: bool
    """Whether this facility is the one that is asked."""
    facility: str
    """The other facility."""
    facility_en: str
    card: UUID
    """This facility's own card."""
    grade: int
    opened_at: dt.datetime
    answer: str
    answered_at: dt.datetime | None
    decision: str
    decided_at: dt.datetime | None
    closed_at: dt.datetime | None
    """Since when nobody need answer or decide."""
    answered_by_city: bool


def open_inquiry(actor: Actor, hit: UUID) -> tuple[UUID | None, str]:
    """Ask the facility whose card fitted: the inquiry, or why it is refused. The same pair is asked once."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN, [actor.id, hit])
        inquiry, refusal = cursor.fetchone()
    return inquiry, refusal or ""


def letters() -> list[Letter]:
    """All inquiries that this facility sent or received, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute(LIST)
        return [Letter(*row) for row in cursor.fetchall()]


def answer_inquiry(actor: Actor, inquiry: UUID, answer: str) -> str:
    """Answer ``same`` or ``other``: empty, or why it is refused."""
    return _told(ANSWER, actor, inquiry, answer)


def answer_for_facility(actor: Actor, inquiry: UUID, answer: str) -> str:
    """The city's answer in the facility's place, or instead of its answer: empty, or why it is refused."""
    return _told(CITY_ANSWER, actor, inquiry, answer)


def decide_inquiry(actor: Actor, inquiry: UUID, decision: str) -> str:
    """The city's ``namesake``, ``transfer`` or ``declined``: empty, or why it is refused."""
    return _told(DECIDE, actor, inquiry, decision)


def _told(statement: str, actor: Actor, inquiry: UUID, said: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(statement, [actor.id, inquiry, said])
        return cursor.fetchone()[0] or ""
