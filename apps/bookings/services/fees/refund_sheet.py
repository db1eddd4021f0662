"""還付請求書 of a decision, with the numbers of the permit and the receipts that it refers to."""

from __future__ import annotations

from apps.bookings.documents.money import RefundSheet
from apps.bookings.documents.stored import as_stored
from apps.bookings.models import Booking, Document, DocumentKind, Payment, Refund, RefundKind
from apps.bookings.queries.issuer import issuer_on
from apps.bookings.rules.form_texts import REFUND
from apps.bookings.rules.issuer import Issuer
from apps.bookings.rules.numbering import document_number
from apps.bookings.services import sheets
from kernel.wareki import fiscal_year, format_date
from kernel.yen import format_yen
from shared.documents.renderer import Json


def refund_sheet(booking: Booking, refund: Refund) -> Json:
    """The form as it is kept with the decision; ``NoOperatorError`` when nobody is in charge."""
    issuer = issuer_on(refund.day, booking.room.facility)
    return as_stored(
        RefundSheet(
            form=sheets.form_of(REFUND, issuer),
            title=f"{issuer.full_facility}{issuer.fee_name}還付請求書",
            number=refund_number(refund),
            decided_on=refund.day,
            authority=issuer.authority,
            applicant=sheets.applicant_of(booking.registrant),
            opening=f"納付した{issuer.fee_name}について、{sheets.form_of(REFUND, issuer).basis}の規定により、"
            "次のとおり還付を請求します。",
            amount=format_yen(refund.amount),
            rows=_rows(booking, refund, issuer),
        )
    )


def refund_number(refund: Refund) -> str:
    """還付第2026-00001号."""
    return f"還付第{refund.fiscal_year}-{refund.serial:05d}号"


def _rows(booking: Booking, refund: Refund, issuer: Issuer) -> tuple[tuple[str, str], ...]:
    use = sheets.use_of(booking)
    share = "全額" if refund.kind == RefundKind.EXCESS else f"{refund.percent}％"
    basis = f"{issuer.ordinance}{refund.article}" if refund.article else ""
    rows = [
        ("受付番号", booking.number),
        ("使用日時", "　".join(use.periods)),
        ("使用室場", "　".join(use.rooms)),
        ("使用許可書", _permits(booking, issuer)),
        ("領収書", _receipts(booking)),
        ("納付した額", format_yen(refund.base)),
        ("還付の理由", refund.reason or refund.rule),
        ("還付率", share),
        ("根拠規定", basis),
    ]
    return tuple((label, text or "―") for label, text in rows)


def _permits(booking: Booking, issuer: Issuer) -> str:
    kinds = [DocumentKind.PERMIT, DocumentKind.CHANGE]
    found = Document.objects.filter(booking=booking.pk, kind__in=kinds).order_by("fiscal_year", "serial")
    return "、".join(f"{document_number(issuer.symbol, one.serial)}（{format_date(one.issued_on)}）" for one in found)


def _receipts(booking: Booking) -> str:
    found = Payment.objects.filter(booking=booking.pk, void=None).order_by("fiscal_year", "serial")
    return "、".join(
        f"領収第{fiscal_year(one.day)}-{one.serial:05d}号（{format_date(one.day)}　{format_yen(one.amount)}）"
        for one in found
    )
