"""A disposal (廃棄): asked for, listed, confirmed by somebody else, carried out by a job.

The database's functions list and erase (``shared.retention_sql``); this asks them, and leaves the trace.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from apps.compliance.models.registers import DisposalRecord, Ending, Medium
from apps.compliance.models.retention import Disposal
from apps.compliance.queries.retention import number_of, stage_of
from apps.compliance.retention_errors import (
    DisposalOpenError,
    DisposalStateError,
    NothingDueError,
    UnknownDisposalError,
    UnknownKindError,
)
from apps.compliance.rules import retention as rules
from apps.compliance.rules.retention import OPEN, Stage
from kernel import clock
from kernel.wareki import fiscal_year
from shared import disposing
from shared.actor import SYSTEM, Actor
from shared.audit.models import Action
from shared.audit.record import record
from shared.retention import Fate, Place, kinds, kinds_at
from shared.staff.models import StaffAccount
from tenants.scope import SHARED_SCHEMA

LOCK: Final = "SELECT pg_advisory_xact_lock(hashtextextended('disposals ' || %s, 0))"
REGISTER_LOCK: Final = "SELECT pg_advisory_xact_lock(hashtextextended('register ' || %s || ' disposals', 0))"


def ask_disposal(*, actor: Actor, tenant: str, kind: str) -> Disposal:
    """Ask for all records of ``kind`` whose period is over today. Whoever keeps the rows lists them at once; what the
    city asks of a facility, a task lists. ``UnknownKindError``, ``DisposalOpenError``, ``NothingDueError``."""
    if kind not in kinds_at(Place.SHARED if tenant == SHARED_SCHEMA else Place.TENANT):
        raise UnknownKindError(field="kind")
    try:
        with transaction.atomic():
            asked = _asked(actor, tenant, kind)
            if actor.kind == "staff" or tenant == SHARED_SCHEMA:
                listed = disposing.make_list(asked.pk, tenant)
                if not listed:
                    raise NothingDueError(field="kind")
            _trace(actor, asked, "ask")
    except IntegrityError as error:
        if "one_open_disposal_a_kind" in str(error):
            raise DisposalOpenError(field="kind") from None
        raise
    return asked


def list_waiting(tenant: str) -> int:
    """List what the city asked of this facility; how many disposals. As the facility."""
    waiting = Disposal.objects.filter(tenant=tenant, decision="", listed_at__isnull=True)
    done = 0
    for one in waiting:
        with transaction.atomic():
            listed = disposing.make_list(one.pk, tenant)
            _trace(SYSTEM, one, "list", listed=listed)
        done += 1
    return done


def confirm_disposal(*, actor: Actor, disposal: UUID, execute_on: dt.date) -> None:
    """Confirm what is listed, to be carried out from ``execute_on`` on. As the city. ``UnknownDisposalError``,
    ``DisposalStateError``, ``SameHandError``, ``ExecutionDayError``."""
    rules.check_execution(execute_on, clock.today())
    with transaction.atomic():
        found, officer = _for_decision(actor, disposal, {Stage.ASKED})
        rules.check_hands(officer.login_id, officer.name, found.asked_login, found.asked_name)
        _decide(found, officer, "confirmed", execute_on=execute_on)
        _trace(actor, found, "confirm", listed=found.listed)


def refuse_disposal(*, actor: Actor, disposal: UUID, reason: str) -> None:
    """Do not confirm it, with a reason. The errors of ``confirm_disposal``, and ``DisposalReasonError``."""
    told = rules.check_refusal(reason)
    with transaction.atomic():
        found, officer = _for_decision(actor, disposal, {Stage.ASKED})
        _decide(found, officer, "refused", decision_note=told)
        _trace(actor, found, "refuse")


def withdraw_disposal(*, actor: Actor, disposal: UUID) -> None:
    """Give it up before it is carried out: a facility what it asked for itself and is not decided, the city all.
    ``UnknownDisposalError``, ``DisposalStateError``."""
    is_city = actor.kind == "city"
    with transaction.atomic():
        stages = OPEN if is_city else {Stage.LISTING, Stage.ASKED}
        found, officer = _for_decision(actor, disposal, stages)
        if not is_city and found.asked_kind != "staff":
            raise DisposalStateError
        _decide(found, officer, "withdrawn")
        _trace(actor, found, "withdraw")


def carry_out(tenant: str, *, most: int = disposing.MOST) -> int:
    """Carry out what is confirmed for today or before, batch by batch, each a transaction; how many records.

    Interrupted, it goes on where it was: a batch is done and marked in one transaction.
    """
    total = 0
    archived = [code for code, kind in kinds().items() if kind.fate is Fate.ARCHIVED]  # by ``archive_audit``
    ready = Disposal.objects.filter(
        tenant=tenant, decision="confirmed", done_at__isnull=True, execute_on__lte=clock.today()
    ).exclude(kind__in=archived)
    for one in ready.order_by("asked_at"):
        while (progress := run_batch(one, most)).waiting:
            total += progress.done
        total += progress.done
    return total


def run_batch(one: Disposal, most: int) -> disposing.Progress:
    """One batch of a confirmed disposal, with its trace; the last one with the line of the register."""
    with transaction.atomic():
        progress = disposing.run_batch(one.pk, one.tenant, most)
        record(
            SYSTEM,
            Action.DELETE,
            object_type="disposal",
            object_id=one.pk,
            kind=one.kind,
            done=progress.done,
            dropped=progress.dropped,
        )
        if not progress.waiting and one.tenant != SHARED_SCHEMA:
            _register(Disposal.objects.get(pk=one.pk))
    return progress


def _register(one: Disposal) -> None:
    """The line of the register of 返還・廃棄, once a disposal is done."""
    how = {Fate.ANONYMISED: "匿名化", Fate.ERASED: "消去", Fate.ARCHIVED: "保管ファイルへの移動"}
    kind = kinds()[one.kind]
    with connection.cursor() as cursor:
        cursor.execute(REGISTER_LOCK, [one.tenant])
    last = DisposalRecord.objects.filter(tenant=one.tenant).order_by("-serial").values_list("serial", flat=True).first()
    DisposalRecord.objects.create(
        tenant=one.tenant,
        serial=(last or 0) + 1,
        recorded_at=clock.now(),
        recorded_by=one.asked_by,
        recorded_name=one.asked_name,
        ending=Ending.DESTROYED,
        what=str(kind.label)[:140],
        medium=Medium.DISK,
        quantity=f"{one.done}件",
        method=f"保存期間の満了による{how[kind.fate]}",
        done_on=clock.today(),
        witness=one.decided_name,
        control_number=number_of(one),
    )


def _asked(actor: Actor, tenant: str, kind: str) -> Disposal:
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [tenant])
    year = fiscal_year(clock.today())
    earlier = Disposal.objects.filter(tenant=tenant, fiscal_year=year).order_by("-serial")
    who = StaffAccount.objects.get(pk=str(actor.id))
    return Disposal.objects.create(
        tenant=tenant,
        kind=kind,
        fiscal_year=year,
        serial=(earlier.values_list("serial", flat=True).first() or 0) + 1,
        due_on=clock.today(),
        asked_at=clock.now(),
        asked_kind=actor.kind,
        asked_by=who.pk,
        asked_login=who.login_id,
        asked_name=who.name,
    )


def _for_decision(actor: Actor, disposal: UUID, stages: frozenset[Stage] | set[Stage]) -> tuple[Disposal, StaffAccount]:
    found = Disposal.objects.select_for_update().filter(pk=disposal).first()
    if found is None and not Disposal.objects.filter(pk=disposal).exists():
        raise UnknownDisposalError
    if found is None or stage_of(found) not in stages:  # a row rule lets nobody lock what is decided
        raise DisposalStateError
    return found, StaffAccount.objects.get(pk=str(actor.id))


def _decide(found: Disposal, officer: StaffAccount, decision: str, **more: Any) -> None:
    Disposal.objects.filter(pk=found.pk).update(
        decision=decision,
        decided_at=clock.now(),
        decided_by=officer.pk,
        decided_login=officer.login_id,
        decided_name=officer.name,
        **more,
    )


def _trace(actor: Actor, one: Disposal, act: str, **detail: Any) -> None:
    record(
        actor,
        Action.CHANGE if act != "ask" else Action.CREATE,
        object_type="disposal",
        object_id=one.pk,
        act=act,
        kind=one.kind,
        tenant=one.tenant,
        **detail,
    )
