"""還付請求書 of a decision, with the numbers of the permit and the receipts that it refers to."""

from __future__ import annotations

from apps.bookings.documents.data import Check
from apps.bookings.documents.money import RefundSheet
from apps.bookings.models import Booking, Document, DocumentKind, Payment, Refund, RefundKind
from apps.bookings.rules.issuer import Issuer
from apps.bookings.rules.numbering import document_number
from apps.bookings.services import sheets
from apps.bookings.services.papers import Papers
from kernel.wareki import fiscal_year, format_date
from kernel.yen import format_yen


def refund_sheet(booking: Booking, refund: Refund, papers: Papers, *, check: Check | None) -> RefundSheet:
    """The form as it is kept with the decision, in the words of its day."""
    words = papers.words("refund")
    return RefundSheet(
        form=papers.form("refund"),
        title=words.title,
        number=refund_number(refund),
        decided_on=refund.day,
        authority=papers.issuer.authority,
        applicant=sheets.applicant_of(booking.registrant),
        opening=words.opening,
        amount=format_yen(refund.amount),
        rows=_rows(booking, refund, papers),
        notes=papers.notes("refund"),
        received=papers.wording.line("refund.received", papers.fields()),
        words=words,
        check=check,
    )


def refund_number(refund: Refund) -> str:
    """還付第2026-00001号."""
    return f"還付第{refund.fiscal_year}-{refund.serial:05d}号"


def _rows(booking: Booking, refund: Refund, papers: Papers) -> tuple[tuple[str, str], ...]:
    use, issuer = sheets.use_of(booking, papers), papers.issuer
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
