"""A permit that tells another fee than holds now (減免や変更の後): a 使用変更許可書 with the new one is issued."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from apps.bookings.documents.data import Check, NoticeSheet
from apps.bookings.documents.stored import as_stored
from apps.bookings.errors import WrongStateError
from apps.bookings.models import Booking, Document, DocumentKind
from apps.bookings.queries.fees import Fee, fee_of
from apps.bookings.rules.instruction import Act
from apps.bookings.rules.numbering import document_number
from apps.bookings.rules.states import STANDING
from apps.bookings.services import sheets
from apps.bookings.services.acting import traces, under_lock
from apps.bookings.services.issuing import next_serial
from apps.bookings.services.marks import marked
from apps.bookings.services.papers import Papers, papers_on
from kernel import clock
from kernel.wareki import fiscal_year
from kernel.yen import format_yen
from shared.actor import Actor
from shared.inserts import insert_together

AFTER: Final = "変更後の"


@dataclass(frozen=True, slots=True)
class Outdated:
    """What the newest permit tells, and what the fee is now."""

    told: str
    now: str
    document: Document


def outdated_permit(booking: Booking, documents: Iterable[Document], fee: Fee | None) -> Outdated | None:
    """The permit whose fee is not the one that holds; None where they agree, or none was told. No statement."""
    if fee is None or booking.state not in STANDING:
        return None
    kinds = {DocumentKind.PERMIT.value, DocumentKind.CHANGE.value}
    issued = sorted((one for one in documents if one.kind in kinds), key=lambda one: (one.fiscal_year, one.serial))
    told = [(total, one) for one in issued if (total := _fee_told(one.content))]
    if not told:
        return None
    total, document = told[-1]
    now = format_yen(fee.sheet.total)
    return None if total == now else Outdated(total, now, document)


def _fee_told(content: Any) -> str:
    """The amount that a permit or a change tells; empty where it tells none."""
    if not isinstance(content, dict):
        return ""
    fee = content.get("permit", content).get("fee")
    if isinstance(fee, dict):
        total = str(fee.get("total", ""))
        return total if total.endswith("円") else ""
    rows = content.get("rows")
    found = [row for row in rows if isinstance(row, list) and len(row) == 2] if isinstance(rows, list) else []
    return next((str(text) for label, text in found if str(label).startswith(AFTER) and str(text).endswith("円")), "")


def permit_anew(*, actor: Actor, booking: UUID) -> Document:
    """Issue the 使用変更許可書 with the fee that holds. ``WrongStateError`` where the permit tells it already."""
    with transaction.atomic():
        found = under_lock(booking)
        fee = fee_of(booking)
        outdated = outdated_permit(found, Document.objects.filter(booking=booking), fee)
        if outdated is None or fee is None:
            raise WrongStateError
        papers = papers_on(clock.today(), found.room.facility)
        year = fiscal_year(papers.on)
        serial = next_serial(year)
        mark, check = marked(papers, DocumentKind.CHANGE, document_number(papers.issuer.symbol, serial))
        document = mark.document = Document(
            booking=found,
            kind=DocumentKind.CHANGE,
            fiscal_year=year,
            serial=serial,
            issued_on=papers.on,
            content=as_stored(_sheet(found, fee, outdated, papers, serial=serial, check=check)),
            texts=papers.ids("change"),
        )
        insert_together(document, mark, *traces(actor, found, "permit_anew", mail="", account=None))
    return document


def _sheet(booking: Booking, fee: Fee, outdated: Outdated, papers: Papers, *, serial: int, check: Check) -> NoticeSheet:
    words = papers.words("change", opening="change.fee_opening")
    return NoticeSheet(
        form=papers.form("change"),
        number=document_number(papers.issuer.symbol, serial),
        issued_on=papers.on,
        authority=papers.issuer.authority,
        applicant=sheets.applicant_of(booking.registrant),
        title=words.title,
        opening=words.opening,
        rows=_rows(booking, papers, fee, outdated),
        instruction=papers.instruction(Act.FEE),
        words=words,
        check=check,
    )


def _rows(booking: Booking, papers: Papers, fee: Fee, outdated: Outdated) -> tuple[tuple[str, str], ...]:
    use, before, issuer = sheets.use_of(booking, papers), outdated.document, papers.issuer
    due = fee.sheet.due_on
    return (
        ("受付番号", booking.number),
        ("行事名", use.event or "―"),
        ("使用日時", "　".join(use.periods)),
        ("使用室場", "　".join(use.rooms)),
        ("変更する許可書", f"{document_number(issuer.symbol, before.serial)}（{papers.day(before.issued_on)}）"),
        (f"変更前の{issuer.fee_name}", outdated.told),
        (f"{AFTER}{issuer.fee_name}", outdated.now),
        ("変更の理由", str(fee.sheet.get_cause_display())),
        *((("納付期限", papers.day(due)),) if due else ()),
    )
