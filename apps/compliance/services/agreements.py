"""A designation (指定) is entered, its agreement changed from a day on, and ended before its time (指定の取消し)."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from apps.compliance.agreement_errors import (
    AgreementChangedError,
    AgreementForThePastError,
    EndNotEarlierError,
    NotInCareError,
    TermBackwardsError,
    TermOverError,
    TermOverlapsError,
)
from apps.compliance.models.agreements import AgreementVersion, AssignmentEnding
from apps.compliance.queries.agreements import designation
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from shared.staff.care import may_write_about
from shared.staff.models import StaffAccount
from shared.staff.rights import Right
from tenants.models import Operator, OperatorAssignment, Tenant

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Terms:
    """What an agreement says beside its days."""

    agreement_number: str
    personal_version: int
    security_version: int
    privacy_officer: str
    security_officer: str


def designate(
    *,
    actor: Actor,
    account: StaffAccount,
    tenant: Tenant,
    operator: Operator,
    first: dt.date,
    last: dt.date | None,
    fee_regime: str,
    terms: Terms,
) -> OperatorAssignment:
    """Enter who runs ``tenant`` from 0:00 of ``first`` to 24:00 of ``last``, or without end.

    ``NotInCareError``, ``TermBackwardsError``, ``TermOverlapsError`` (two at once too: the database decides).
    """
    _check_care(account, tenant.schema_name)
    if last and last < first:
        raise TermBackwardsError(field="last")
    row = OperatorAssignment(
        tenant=tenant,
        operator=operator,
        during=DateRange(first, last + DAY if last else None),
        fee_regime=fee_regime,
        agreement_number=terms.agreement_number,
        privacy_officer=terms.privacy_officer,
        security_officer=terms.security_officer,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            _version(actor, row, 1, terms, first=first, why="締結").save(force_insert=True)
            record(actor, Action.PERMISSION, object_type="assignment", object_id=row.pk, tenant=tenant.schema_name)
    except IntegrityError:
        raise TermOverlapsError(field="first") from None
    return row


def change_agreement(
    *,
    actor: Actor,
    account: StaffAccount,
    assignment: int,
    in_force_from: dt.date,
    why: str,
    seen_version: int,
    terms: Terms,
) -> int:
    """Register what is agreed from ``in_force_from``, today or later, on; the number of the version.

    ``UnknownAssignmentError``, ``NotInCareError``, ``AgreementForThePastError``, ``AgreementChangedError``,
    ``TermOverError``.
    """
    found = designation(assignment)
    _check_care(account, found.assignment.tenant.schema_name)
    if found.latest != seen_version:
        raise AgreementChangedError
    if in_force_from < clock.today():
        raise AgreementForThePastError(field="in_force_from")
    if found.assignment.last_day and in_force_from > found.assignment.last_day:
        raise TermOverError(field="in_force_from")
    row = _version(actor, found.assignment, found.latest + 1, terms, first=in_force_from, why=why)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            record(actor, Action.CHANGE, object_type="assignment", object_id=assignment, version=row.version)
    except IntegrityError:
        raise AgreementChangedError from None
    return row.version


def end_early(
    *, actor: Actor, account: StaffAccount, assignment: int, kind: str, last_day: dt.date, reason: str
) -> None:
    """End a designation at 24:00 of ``last_day``; yesterday ends it at once, in all open sessions.

    ``UnknownAssignmentError``, ``NotInCareError``, ``TermOverError``, ``EndNotEarlierError``.
    """
    found = designation(assignment).assignment
    _check_care(account, found.tenant.schema_name)
    yesterday = clock.today() - DAY
    if found.last_day and found.last_day <= yesterday:
        raise TermOverError
    is_earlier = found.last_day is None or last_day < found.last_day
    if not is_earlier or last_day < max(yesterday, found.during.lower):
        raise EndNotEarlierError(field="last_day")
    with transaction.atomic():
        OperatorAssignment.objects.filter(pk=assignment).update(during=DateRange(found.during.lower, last_day + DAY))
        AssignmentEnding.objects.create(
            assignment=found, kind=kind, last_day=last_day, reason=reason, made_by=actor.id, made_at=clock.now()
        )
        record(actor, Action.PERMISSION, object_type="assignment", object_id=assignment, ended=kind)


def _version(
    actor: Actor, assignment: OperatorAssignment, version: int, terms: Terms, *, first: dt.date, why: str
) -> AgreementVersion:
    operator = assignment.operator
    return AgreementVersion(
        assignment=assignment,
        version=version,
        in_force_from=first,
        representative_title=operator.representative_title,
        representative_name=operator.representative_name,
        members=list(operator.members.values("name", "corporate_number", "is_lead")),
        made_by=actor.id,
        made_at=clock.now(),
        why=why,
        **asdict(terms),
    )


def _check_care(account: StaffAccount, schema: str) -> None:
    if not may_write_about(account, Right.AGREEMENTS_KEEP, [schema]):
        raise NotInCareError
