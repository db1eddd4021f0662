"""What the roster's use cases share: a submission under lock, and a call of the database's functions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F

from apps.compliance.models.roster import RosterSubmission
from apps.compliance.roster_errors import RosterStateError, StaleRosterError, UnknownRosterError, refused
from apps.compliance.rules.roster import Act, after
from shared.actor import Actor


def submission_for(act: Act, *, submission: UUID, seen_version: int | None = None) -> RosterSubmission:
    """The submission under lock, with the state after ``act`` set on it. Inside a transaction.

    ``UnknownRosterError``, ``StaleRosterError``, ``RosterStateError``.
    """
    found = RosterSubmission.objects.select_for_update().filter(pk=submission).first()
    if found is None:
        is_there = RosterSubmission.objects.filter(pk=submission).exists()  # the row rules hide from a facility's lock
        raise RosterStateError if is_there else UnknownRosterError  # what it may no longer write
    if seen_version is not None and seen_version != found.version:
        raise StaleRosterError
    found.state = after(found.kind, found.state, act)
    return found


def write(found: RosterSubmission, **values: Any) -> None:
    """Write the state and further ``values``, and count the version up."""
    rows = RosterSubmission.objects.filter(pk=found.pk)
    rows.update(state=found.state, version=F("version") + 1, **values)


def told(function: str, *values: Any, actor: Actor) -> None:
    """Call a function that answers with a refusal or nothing; raises what the refusal means."""
    said = answer(function, *values, actor=actor)
    if said[0]:
        raise refused(said[0])


def answer(function: str, *values: Any, actor: Actor) -> Any:
    """Call ``shared.<function>`` with ``values`` and where the request comes from: the row that it answers."""
    given = [*values, actor.address, actor.request_id]
    places = ", ".join(["%s"] * len(given))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM shared.{function}({places})", given)  # noqa: S608  # a name of ours
        return cursor.fetchone()
