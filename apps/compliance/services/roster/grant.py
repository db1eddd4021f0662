"""情報政策 gives IDs and one-time passwords, each on a slip that is printed once (IDの付与).

The plain password exists in the slip alone, which the response carries away; a second print makes a new one.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from apps.compliance.models.roster import RosterRow
from apps.compliance.queries.facilities import tenant_names
from apps.compliance.roster_errors import UnknownRosterError, refused
from apps.compliance.rules.roster import NEW_PEOPLE, ONE_TIME_LIVES, one_time_password
from apps.compliance.services.roster.acting import answer, told
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record


@dataclass(frozen=True, slots=True)
class Slip:
    """A sealed slip: what stands outside, and inside."""

    name: str
    facility: str
    title: str
    login_id: str
    password: str = field(repr=False)
    until: dt.datetime
    roles: tuple[str, ...] = ()


def print_slips(*, actor: Actor, submission: UUID, rows: Sequence[UUID] = ()) -> list[Slip]:
    """Give the IDs of a submission that have not been given, or new passwords for ``rows``; all or none.

    ``UnknownRosterError``, and what the database refuses: ``NotApprovedError``, ``OfficerNeededError``,
    ``ReceivedAlreadyError``, ``UnknownAccountError``.
    """
    with transaction.atomic():
        found = RosterRow.objects.filter(submission=submission).select_related("submission").order_by("position")
        wanted = [row for row in found if (row.pk in rows if rows else row.granted_at is None)]
        if not wanted:
            raise UnknownRosterError
        slips = [_slip(actor, row) for row in wanted]
        record(actor, Action.PRINT, object_type="staff_roster", object_id=submission, slips=len(slips))
    return slips


def carry_out(*, actor: Actor, row: UUID) -> None:
    """Carry out an approved 変更届; the errors of what the database refuses."""
    told("staff_change", actor.id, row, actor=actor)


def suspend(*, actor: Actor, tenant: str, account: UUID, note: str) -> None:
    """The city suspends an ID at once. ``UnknownAccountError``, ``OfficerNeededError``."""
    told("staff_suspend", actor.id, tenant, account, "city", note.strip()[:200], actor=actor)


def _slip(actor: Actor, row: RosterRow) -> Slip:
    password, until = one_time_password(secrets.choice), clock.now() + ONE_TIME_LIVES
    is_new = row.submission.kind in NEW_PEOPLE and row.granted_at is None
    function = "staff_grant" if is_new else "staff_reset"
    login, refusal = answer(function, actor.id, row.pk, make_password(password), until, actor=actor)
    if refusal:
        raise refused(refusal)
    return Slip(
        name=row.name,
        facility=tenant_names()[row.tenant].name,
        title=row.title,
        login_id=login,
        password=password,
        until=until,
    )
