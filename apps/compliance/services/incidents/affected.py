"""Whose data an incident concerns (対象者): by number at the desk, or at the city by what the audit shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from apps.compliance.incident_errors import IncidentClosedError, NobodyAffectedError, UnknownNumbersError
from apps.compliance.models.exports import ExportRequest
from apps.compliance.models.incidents import AffectedPerson, Incident
from apps.compliance.queries.incident_evidence import shown_to
from apps.compliance.queries.incidents import seen_of
from apps.compliance.rules.exports import management_number
from apps.compliance.rules.incident_span import check_span
from apps.compliance.services.incidents.parts import Signer, signed, taken
from apps.registrants.models import Registrant
from apps.registrants.rules.numbering import read_number
from kernel import clock
from kernel.errors import DomainError
from kernel.width import bare
from shared.audit.models import Action, AuditEntry
from shared.audit.record import entry
from shared.inserts import insert_together
from tenants.models import Tenant

SHOWN_LINES: Final = 10
"""Of the lines that are told."""


def add_by_numbers(*, signer: Signer, tenant: str, incident: UUID, text: str) -> int:
    """Add the registrants of this tenant whose numbers stand in ``text``, one a line: how many are new.

    Raises ``UnknownNumbersError`` with the lines, and adds nobody then.
    """
    prefix = Tenant.objects.values_list("number_prefix", flat=True).get(schema_name=tenant)
    lines = [_number(line, prefix) for line in text.splitlines()]
    wanted = [line for line in lines if line]
    known = dict(Registrant.objects.filter(number__in=wanted).values_list("number", "pk"))
    lacking = [str(place) for place, line in enumerate(lines, start=1) if line is None or (line and line not in known)]
    if lacking:
        raise UnknownNumbersError(field="numbers", count=len(lacking), lines="、".join(lacking[:SHOWN_LINES]))
    with transaction.atomic():
        return _add(signer, taken(incident), [known[line] for line in wanted], "number")


def add_shown(
    *,
    signer: Signer,
    incident: UUID,
    since: dt.datetime,
    until: dt.datetime,
    clerk: str = "",
    number: str = "",
) -> int:
    """Add whoever was shown in the span, to ``clerk`` alone or in the export ``number`` alone: how many are new."""
    check_span(since, until)
    with transaction.atomic():
        found = taken(incident)
        shown = shown_to(
            officer=signer.actor.id,
            incident=incident,
            since=since,
            until=until,
            clerk=clerk.strip(),
            entry=_export(found, number.strip()),
        )
        return _add(signer, found, shown, "export" if number else "audit")


def exclude(*, signer: Signer, incident: UUID, registrants: Collection[UUID]) -> int:
    """Take people out who turned out not to be concerned; the record keeps that they were in."""
    with transaction.atomic():
        found = taken(incident)
        rows = AffectedPerson.objects.filter(incident=found, registrant__in=registrants, is_excluded=False)
        number = rows.update(is_excluded=True, excluded_at=clock.now(), excluded_by=signer.actor.id)
        insert_together(_told(signer, found, excluded=number))
    return number


def _export(found: Incident, number: str) -> str:
    """The request that a 管理番号 stands for; what stands for none finds nobody."""
    wanted = bare(number).upper()
    for one in ExportRequest.objects.filter(tenant=found.tenant, serial__isnull=False):
        if bare(management_number(one.fiscal_year or 0, one.serial or 0)) == wanted:
            return str(one.pk)
    return number


def _number(line: str, prefix: str) -> str | None:
    """The number as it is printed, "" for an empty line, None for what is none."""
    if not line.strip():
        return ""
    try:
        return read_number(line, prefix)
    except DomainError:
        return None


def _add(signer: Signer, found: Incident, registrants: Iterable[UUID], source: str) -> int:
    if seen_of(found).course.is_closed:
        raise IncidentClosedError
    known = set(AffectedPerson.objects.filter(incident=found).values_list("registrant", flat=True))
    new = [one for one in dict.fromkeys(registrants) if one not in known]
    if not new and not known:
        raise NobodyAffectedError
    common = signed(signer, found)
    rows = [AffectedPerson(**common, registrant=one, source=source) for one in new]
    AffectedPerson.objects.bulk_create(rows)
    insert_together(_told(signer, found, added=len(new), source=source))
    return len(new)


def _told(signer: Signer, found: Incident, **detail: Any) -> AuditEntry:
    return entry(signer.actor, Action.CHANGE, object_type="incident_persons", object_id=found.pk, **detail)
