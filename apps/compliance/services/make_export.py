"""A worker makes the file of an approved export. Killed, it begins anew; two at once make one file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

import structlog
from django.db import transaction
from django.utils.translation import override

from apps.compliance.export_texts import ExportPurpose
from apps.compliance.models.exports import ExportRequest
from apps.compliance.rules.exports import TO_MAKE, Decision, Outcome, differs, management_number
from apps.registrants.queries.exporting import fields_to_export, lines_of, people_in
from apps.registrants.rules.choosing import Chosen
from kernel import clock
from kernel.clock import TOKYO
from shared.actor import SYSTEM
from shared.audit.models import Action
from shared.audit.record import record
from shared.sheets import Cell, in_cp932, in_utf8, sheet
from shared.vault.keeping import put
from shared.vault.models import ExportedPerson

CHUNK: Final = 500
WAITING: Final = {"decision": Decision.APPROVED, "outcome__in": TO_MAKE}

log = structlog.get_logger(__name__)


class _WithdrawnError(Exception):
    """The request is no longer wanted."""


def make_waiting() -> int:
    """Make every file that is approved and waits in this tenant; how many."""
    done = 0
    tried: set[UUID] = set()
    while found := ExportRequest.objects.filter(**WAITING).exclude(pk__in=tried).order_by("decided_at").first():
        tried.add(found.pk)
        done += _made(found)
    return done


def _made(found: ExportRequest) -> bool:
    ExportRequest.objects.filter(pk=found.pk, outcome=Outcome.NONE).update(outcome=Outcome.MAKING)
    try:
        return _make(found)
    except _WithdrawnError:
        return False
    except Exception as error:  # noqa: BLE001  # told by its class: an error of the database may quote a person's row
        log.warning("export failed", export=str(found.pk), error=type(error).__qualname__)
        _end(found, Outcome.FAILED, why=type(error).__qualname__)
        return False


def _make(found: ExportRequest) -> bool:
    chosen = Chosen(found.kind, tuple(found.states), found.until_from, found.until_to)
    people = list(people_in(chosen).values_list("pk", flat=True))
    if differs(found.expected, len(people), found.margin):
        _end(found, Outcome.DIFFERS, count=len(people))
        return False
    with override("ja"):
        text = sheet(_rows(found, people))
    content, lacking = (in_utf8(text), "") if found.encoding == "utf8" else in_cp932(text)
    return _keep(found, people, content, lacking)


def _rows(found: ExportRequest, people: list[UUID]) -> Iterator[list[Cell]]:
    """The 管理番号 stands in the first line, the fields' names in the second."""
    labels = fields_to_export()
    yield [
        "管理番号",
        _number(found),
        "作成日時",
        f"{clock.now().astimezone(TOKYO):%Y-%m-%d %H:%M}",
        "人数",
        len(people),
        "目的",
        str(ExportPurpose(found.purpose).label),
        "取扱注意：目的の外に使わず、使い終えたら廃棄して台帳に記録すること",
    ]
    yield [str(labels[name]) for name in found.fields]
    for start in range(0, len(people), CHUNK):
        yield from lines_of(people[start : start + CHUNK], found.fields)
        _tell(found, min(start + CHUNK, len(people)))


def _tell(found: ExportRequest, rows: int) -> None:
    """Say how far it has come, outside any transaction; ``_WithdrawnError`` when it is no longer wanted."""
    still = ExportRequest.objects.filter(pk=found.pk, outcome=Outcome.MAKING).update(rows_done=rows)
    if not still:
        raise _WithdrawnError


def _keep(found: ExportRequest, people: list[UUID], content: bytes, lacking: str) -> bool:
    number = _number(found)
    with transaction.atomic():
        locked = ExportRequest.objects.select_for_update().filter(pk=found.pk, outcome=Outcome.MAKING)
        if not locked.exists():
            return False
        now = clock.now()
        file = put(
            kind="export",
            subject=found.pk,
            name=f"{number}.csv",
            content=content,
            media_type=f"text/csv; charset={'utf-8' if found.encoding == 'utf8' else 'shift_jis'}",
            made_for=found.asked_by,
            remarks={"lacking": lacking} if lacking else {},
        )
        ExportedPerson.objects.bulk_create(
            [ExportedPerson(request=found.pk, person=one, at=now) for one in people], batch_size=5000
        )
        told = {"file": file.pk, "made_at": now, "fetch_by": file.fetch_by, "made_count": len(people)}
        ExportRequest.objects.filter(pk=found.pk).update(outcome=Outcome.MADE, rows_done=len(people), **told)
        _trace(found, act="make", count=len(people), number=number, sha256=file.sha256)
    return True


def _end(found: ExportRequest, outcome: Outcome, **detail: Any) -> None:
    with transaction.atomic():
        ended = ExportRequest.objects.filter(pk=found.pk, outcome=Outcome.MAKING).update(outcome=outcome)
        if ended:
            _trace(found, act=outcome.value, approved=found.expected, **detail)


def _trace(found: ExportRequest, **detail: Any) -> None:
    record(SYSTEM, Action.EXPORT, object_type="export", object_id=found.pk, purpose=found.note, **detail)


def _number(found: ExportRequest) -> str:
    return management_number(found.fiscal_year or 0, found.serial or 0)
