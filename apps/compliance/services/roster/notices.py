"""What a facility tells the city about one ID: leaving, an emergency, a change, a forgotten password.

Leaving and emergency switch the account off in the same transaction, before anybody at the city has read of it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.compliance.models.roster import RosterChange, RosterRow
from apps.compliance.queries.roster import bounds_of
from apps.compliance.roster_errors import OwnAccountError, ReasonNeededError, UnknownAccountError
from apps.compliance.rules.roster import STOPS_AT_ONCE, Act, Entry, Kind, is_withheld, last_day_of
from apps.compliance.services.roster.acting import submission_for, told, write
from apps.compliance.services.roster.keep import made_by
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together
from shared.staff.models import StaffAccount


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a 変更届 asks for; empty fields stay as they are."""

    change: RosterChange
    title: str = ""
    body: str = ""
    roles: tuple[str, ...] = ()
    ends_on: dt.date | None = None


def notify(*, actor: Actor, tenant: str, account: UUID, kind: Kind, reason: str, wanted: Wanted | None = None) -> UUID:
    """Submit a notice about ``account``; its id.

    ``ReasonNeededError``, ``UnknownAccountError``, ``OwnAccountError`` (nobody stops or raises the own ID),
    ``OfficerNeededError``, ``NoOperatorError``.
    """
    if not reason.strip():
        raise ReasonNeededError(field="reason")
    if is_withheld(account, actor.id):
        raise OwnAccountError
    with transaction.atomic():
        found = StaffAccount.objects.filter(pk=account).first()
        if found is None:
            raise UnknownAccountError
        made = made_by(actor, tenant, kind)
        insert_together(made)
        row = RosterRow(
            submission=made, tenant=tenant, position=1, reason=reason.strip(), **_said(found, wanted, tenant)
        )
        told_of = entry(actor, Action.PERMISSION, object_type="staff_roster", object_id=made.pk, kind=kind.value)
        insert_together(row, told_of)
        write(submission_for(Act.SUBMIT, submission=made.pk), submitted_at=clock.now(), submitted_by=actor.id)
        if kind in STOPS_AT_ONCE:
            told("staff_switch_off", actor.id, account, kind.value, actor=actor)
    return made.pk


def _said(found: StaffAccount, wanted: Wanted | None, tenant: str) -> dict[str, Any]:
    """The row's values: the account as it is, and what is to become of it."""
    asked = wanted or Wanted(RosterChange.NONE)
    bounds = bounds_of(tenant)
    entry_ = Entry(found.name, "", asked.title, asked.body, asked.roles, ends_on=asked.ends_on or found.ends_on)
    return {
        "account": found.pk,
        "login_id": found.login_id,
        "name": found.name,
        "title": asked.title or found.title,
        "body": asked.body or found.body,
        "roles": list(asked.roles or found.roles),
        "starts_on": found.starts_on,
        "ends_on": last_day_of(entry_, bounds),
        "change": asked.change,
    }
