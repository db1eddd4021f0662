"""A facility writes its roster, and submits it (名簿案の作成・提出)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from apps.compliance.models.roster import RosterRow, RosterSubmission
from apps.compliance.queries.roster import bounds_of
from apps.compliance.roster_errors import EmptyRosterError
from apps.compliance.rules.roster import Act, Entry, Kind, last_day_of
from apps.compliance.services.roster.acting import submission_for, write
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together


def begin(*, actor: Actor, tenant: str, kind: Kind) -> UUID:
    """An empty draft of a roster of new people; its id. ``NoOperatorError``."""
    bounds_of(tenant)
    made = made_by(actor, tenant, kind)
    insert_together(made, entry(actor, Action.CREATE, object_type="staff_roster", object_id=made.pk, kind=kind.value))
    return made.pk


def save(*, actor: Actor, submission: UUID, entries: Sequence[Entry], seen_version: int | None = None) -> None:
    """Replace the people of a draft, or of one that came back. The errors of ``submission_for``."""
    with transaction.atomic():
        found = submission_for(Act.EDIT, submission=submission, seen_version=seen_version)
        bounds = bounds_of(found.tenant)
        RosterRow.objects.filter(submission=found).delete()
        write(found)
        rows = [
            RosterRow(
                submission=found,
                tenant=found.tenant,
                position=place,
                name=one.name,
                kana=one.kana,
                title=one.title,
                body=one.body,
                roles=list(one.roles),
                terminal=one.terminal,
                starts_on=one.starts_on,
                ends_on=last_day_of(one, bounds),
                trained_on=one.trained_on,
            )
            for place, one in enumerate(entries, start=1)
        ]
        told = entry(actor, Action.CHANGE, object_type="staff_roster", object_id=submission, people=len(rows))
        insert_together(*rows, told)


def submit(*, actor: Actor, submission: UUID, seen_version: int | None = None) -> None:
    """Hand the roster to the city. The errors of ``submission_for``; ``EmptyRosterError``."""
    with transaction.atomic():
        found = submission_for(Act.SUBMIT, submission=submission, seen_version=seen_version)
        people = RosterRow.objects.filter(submission=found).count()
        if not people:
            raise EmptyRosterError
        write(found, submitted_at=clock.now(), submitted_by=actor.id)
        insert_together(
            entry(actor, Action.PERMISSION, object_type="staff_roster", object_id=submission, people=people)
        )


def made_by(actor: Actor, tenant: str, kind: Kind) -> RosterSubmission:
    """An unsaved draft."""
    if actor.id is None:
        raise ValueError("a roster is made by somebody")
    return RosterSubmission(tenant=tenant, kind=kind, made_at=clock.now(), made_by=actor.id)
