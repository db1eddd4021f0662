"""The evidence package (証拠資料): who saw, printed or exported which of the persons; made once, then kept."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from dataclasses import astuple, fields
from typing import Final
from uuid import UUID

from django.db import transaction

from apps.compliance.incident_errors import NobodyAffectedError, UnknownIncidentError
from apps.compliance.models.incidents import AffectedPerson, EvidencePackage
from apps.compliance.queries.incident_evidence import EvidenceLine, evidence
from apps.compliance.rules.incident_span import check_span
from apps.compliance.services.incidents.parts import Signer, lock, signed, taken
from kernel import clock
from shared.audit.models import Action
from shared.audit.record import entry, record
from shared.inserts import insert_together
from shared.sheets import sheet as sheet_of

AT_ONCE: Final = 50
"""Persons up to whose number the package is made in the request; beyond it a worker makes it."""
HEADINGS: Final = tuple(field.name for field in fields(EvidenceLine))


def order_package(*, signer: Signer, incident: UUID, since: dt.datetime, until: dt.datetime) -> EvidencePackage:
    """Order the package of a span. Raises ``UnknownIncidentError``, ``SpanBackwardsError``, ``NobodyAffectedError``."""
    check_span(since, until)
    with transaction.atomic():
        found = taken(incident)
        persons = AffectedPerson.objects.filter(incident=found, is_excluded=False).count()
        if not persons:
            raise NobodyAffectedError
        package = EvidencePackage(**signed(signer, found), since=since, until=until, persons=persons)
        insert_together(
            package,
            entry(
                signer.actor,
                Action.EXPORT,
                object_type="incident_evidence",
                object_id=package.pk,
                incident=str(found.pk),
                people=persons,
            ),
        )
    if persons <= AT_ONCE:
        make_package(package.pk)
    return package


def make_package(package: UUID) -> bool:
    """Make an ordered package; False if it was made already. Whoever comes second waits and finds it made."""
    with transaction.atomic():
        lock(f"evidence {package}")
        found = EvidencePackage.objects.filter(pk=package, made_at__isnull=True).first()
        if found is None:
            return False
        lines = evidence(officer=found.by, incident=found.incident_id, since=found.since, until=found.until)
        sheet = _sheet(lines)
        EvidencePackage.objects.filter(pk=package).update(
            made_at=clock.now(), lines=len(lines), sheet=sheet, sha256=hashlib.sha256(sheet).hexdigest()
        )
    return True


def waiting_packages() -> list[UUID]:
    """Packages that a worker has to make, the oldest first."""
    return list(EvidencePackage.objects.filter(made_at__isnull=True).order_by("at").values_list("pk", flat=True))


def fetch_package(*, signer: Signer, incident: UUID, package: UUID, form: str) -> tuple[EvidencePackage, bytes]:
    """A made package and its sheet, for a page or a file; each fetching is recorded. ``UnknownIncidentError``."""
    found = EvidencePackage.objects.filter(pk=package, incident_id=incident, made_at__isnull=False).first()
    if found is None or found.sheet is None:
        raise UnknownIncidentError
    record(signer.actor, Action.EXPORT, object_type="incident_evidence", object_id=package, form=form)
    return found, bytes(found.sheet)


def lines_of(sheet: bytes) -> list[dict[str, str]]:
    """The lines of a sheet, each by its headings."""
    return list(csv.DictReader(io.StringIO(sheet.decode())))


def _sheet(lines: list[EvidenceLine]) -> bytes:
    rows = ([_told(value) for value in astuple(line)] for line in lines)
    return sheet_of([HEADINGS, *rows]).encode()


def _told(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.astimezone(clock.TOKYO).isoformat(timespec="seconds")
    return "" if value is None else str(value)
