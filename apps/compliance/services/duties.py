"""Staff promise and learn, before they work and again when it is due (誓約・研修)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from apps.compliance.queries.clauses import current_clause
from apps.compliance.queries.duties import PLEDGE
from apps.compliance.roster_errors import NobodyTrainedError, PledgeNotConfirmedError, StaleRosterError
from apps.compliance.rules.duties import Done, owes_pledge, owes_training
from apps.compliance.services.roster.receive import receive
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry
from shared.duties.models import Attendance, Pledge, Training, TrainingKind
from shared.inserts import insert_together
from shared.staff.models import StaffAccount
from tenants.scope import SHARED_SCHEMA, scoped_connection


def receipt_step(account: StaffAccount) -> str:
    """Nothing to do for the person: whoever is in with a password of their own has received the sealed slip."""
    if not _is_citys():
        receive(account=account.pk)
    return ""


def pledge_step(account: StaffAccount) -> str:
    """The address of the pledge while it is owed; the city's own staff promise elsewhere, as officials."""
    if _is_citys():
        return ""
    done = Done(account.pledge_version, None)
    return "office:pledge" if owes_pledge(done, current_clause(PLEDGE, clock.today()).version) else ""


def training_step(account: StaffAccount) -> str:
    """The address of the training's material while a training is owed."""
    if _is_citys():
        return ""
    done = Done(None, account.trained_on)
    return "office:training_read" if owes_training(done, clock.today()) else ""


def pledge(*, actor: Actor, account: StaffAccount, version: int, is_confirmed: bool) -> None:
    """Promise ``version`` of the text, which has to be the one in force.

    ``PledgeNotConfirmedError``, ``StaleRosterError`` when a new version came into force meanwhile.
    """
    if not is_confirmed:
        raise PledgeNotConfirmedError(field="confirmed")
    if version != current_clause(PLEDGE, clock.today()).version:
        raise StaleRosterError
    with transaction.atomic():
        found = StaffAccount.objects.select_for_update().get(pk=account.pk)
        if found.pledge_version == version:
            return
        StaffAccount.objects.filter(pk=found.pk).update(pledge_version=version)
        made = Pledge(account=found, version=version, at=clock.now(), body=found.body)
        told = entry(actor, Action.CREATE, object_type="pledge", object_id=found.pk, version=version)
        insert_together(made, told)


def read_material(*, actor: Actor, account: StaffAccount, content: str, materials: str, is_confirmed: bool) -> None:
    """Note that somebody has read the training's material today. ``PledgeNotConfirmedError``."""
    if not is_confirmed:
        raise PledgeNotConfirmedError(field="confirmed")
    today = clock.today()
    _train(actor, TrainingKind.READING, today, said=(content, materials), accounts=[account.pk])


def hold_session(*, actor: Actor, held_on: dt.date, content: str, materials: str, accounts: Sequence[UUID]) -> None:
    """Enter a training session for many people at once. ``NobodyTrainedError``."""
    if not accounts:
        raise NobodyTrainedError(field="accounts")
    _train(actor, TrainingKind.SESSION, held_on, said=(content.strip(), materials.strip()), accounts=accounts)


def _train(
    actor: Actor, kind: TrainingKind, held_on: dt.date, *, said: tuple[str, str], accounts: Sequence[UUID]
) -> None:
    if actor.id is None:
        raise ValueError("a training is entered by somebody")
    made = Training(
        kind=kind,
        held_on=held_on,
        content=said[0],
        materials=said[1],
        entered_at=clock.now(),
        entered_by=actor.id,
    )
    with transaction.atomic():
        people = StaffAccount.objects.filter(pk__in=accounts)
        rows = [Attendance(training=made, account=one) for one in people]
        told = entry(actor, Action.CREATE, object_type="training", object_id=made.pk, people=len(rows))
        insert_together(made, *rows, told)
        people.exclude(trained_on__gte=held_on).update(trained_on=held_on)


def _is_citys() -> bool:
    return scoped_connection().scope.schema == SHARED_SCHEMA
