"""A permit that tells another fee than holds now (減免や変更の後): a 使用変更許可書 with the new one is issued."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from apps.bookings.documents.data import NoticeSheet
from apps.bookings.documents.stored import as_stored
from apps.bookings.errors import WrongStateError
from apps.bookings.models import Booking, Document, DocumentKind
from apps.bookings.queries.fees import Fee, fee_of
from apps.bookings.queries.issuer import issuer_on
from apps.bookings.rules.form_texts import CHANGE
from apps.bookings.rules.instruction import Act, instruction_for
from apps.bookings.rules.issuer import Issuer
from apps.bookings.rules.numbering import document_number
from apps.bookings.rules.states import STANDING
from apps.bookings.services import sheets
from apps.bookings.services.acting import traces, under_lock
from apps.bookings.services.issuing import next_serial
from kernel import clock
from kernel.wareki import fiscal_year, format_date
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
    fee = content.get("fee")
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
        today = clock.today()
        serial = next_serial(fiscal_year(today))
        document = Document(
            booking=found,
            kind=DocumentKind.CHANGE,
            fiscal_year=fiscal_year(today),
            serial=serial,
            issued_on=today,
            content=as_stored(_sheet(found, fee, outdated, serial=serial, on=today)),
        )
        insert_together(document, *traces(actor, found, "permit_anew", mail="", account=None))
    return document


def _sheet(booking: Booking, fee: Fee, outdated: Outdated, *, serial: int, on: dt.date) -> NoticeSheet:
    issuer = issuer_on(on, booking.room.facility)
    return NoticeSheet(
        form=sheets.form_of(CHANGE, issuer),
        number=document_number(issuer.symbol, serial),
        issued_on=on,
        authority=issuer.authority,
        applicant=sheets.applicant_of(booking.registrant),
        title="使用変更許可書",
        opening=f"使用の許可について、{issuer.fee_name}の額を次のとおり変更します。",
        rows=_rows(booking, issuer, fee, outdated),
        instruction=instruction_for(act=Act.FEE, authority=issuer.authority, regime=issuer.regime, on=on),
    )


def _rows(booking: Booking, issuer: Issuer, fee: Fee, outdated: Outdated) -> tuple[tuple[str, str], ...]:
    use, before = sheets.use_of(booking), outdated.document
    due = fee.sheet.due_on
    return (
        ("受付番号", booking.number),
        ("行事名", use.event or "―"),
        ("使用日時", "　".join(use.periods)),
        ("使用室場", "　".join(use.rooms)),
        ("変更する許可書", f"{document_number(issuer.symbol, before.serial)}（{format_date(before.issued_on)}）"),
        (f"変更前の{issuer.fee_name}", outdated.told),
        (f"{AFTER}{issuer.fee_name}", outdated.now),
        ("変更の理由", str(fee.sheet.get_cause_display())),
        *((("納付期限", format_date(due)),) if due else ()),
    )
