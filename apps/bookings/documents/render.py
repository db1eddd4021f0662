"""The forms of a booking as PDF."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from apps.bookings.documents.data import (
    ApplicationSheet,
    NoticeSheet,
    PermitSheet,
    ReceiptSheet,
    ReductionSheet,
    RefusalSheet,
    Reprint,
)
from apps.bookings.documents.money import PaymentSheet, RefundSheet
from apps.bookings.documents.parts import attributes
from apps.bookings.rules.authority import CityAuthority, ManagerAuthority
from apps.bookings.rules.instruction import Instruction
from kernel.wareki import format_date
from shared.documents.renderer import Json, render_pdf

_HERE = Path(__file__).parent


def application_pdf(sheet: ApplicationSheet) -> bytes:
    """使用許可申請書 as PDF/A-2a and PDF/UA-1, one A4 page unless the texts are long."""
    return _render("application.typ", sheet, dated=sheet.applied_on)


def permit_pdf(sheet: PermitSheet) -> bytes:
    """使用許可書 as PDF/A-2a and PDF/UA-1, marked 再交付 when it is a reprint."""
    return _render("permit.typ", sheet, dated=sheet.issued_on)


def refusal_pdf(sheet: RefusalSheet) -> bytes:
    """使用不許可通知書 as PDF/A-2a and PDF/UA-1, with its reason and the 教示."""
    return _render("refusal.typ", sheet, dated=sheet.issued_on)


def notice_pdf(sheet: NoticeSheet) -> bytes:
    """A notice in rows as PDF/A-2a and PDF/UA-1, with its 教示 where it is owed."""
    return _render("notice.typ", sheet, dated=sheet.issued_on)


def notices_pdf(sheets: Sequence[NoticeSheet]) -> bytes:
    """Several notices in rows as one PDF/A-2a and PDF/UA-1, each from a page of its own."""
    data: dict[str, Json] = {
        "facility": sheets[0].form.facility,
        "notices": [_printed_fields(sheet) for sheet in sheets],
    }
    return render_pdf(_HERE / "notices.typ", data, dated=max(sheet.issued_on for sheet in sheets))


def reduction_pdf(sheet: ReductionSheet) -> bytes:
    """減免決定通知書 as PDF/A-2a and PDF/UA-1, with the fee that is to be paid, or the reason and the 教示."""
    return _render("reduction.typ", sheet, dated=sheet.issued_on)


def receipt_pdf(sheet: ReceiptSheet, *, reprint: Reprint | None = None) -> bytes:
    """領収書 as PDF/A-2a and PDF/UA-1, marked 再交付 when it is a reprint."""
    return _render("receipt.typ", replace(sheet, reprint=reprint), dated=sheet.issued_on)


def refund_pdf(sheet: RefundSheet, *, reprint: Reprint | None = None) -> bytes:
    """還付請求書 as PDF/A-2a and PDF/UA-1, marked 再交付 when it is a reprint."""
    return _render("refund.typ", replace(sheet, reprint=reprint), dated=sheet.decided_on)


def payment_pdf(sheet: PaymentSheet) -> bytes:
    """納入通知書兼納付書 as PDF/A-2a and PDF/UA-1, with its 教示 where it is owed."""
    return _render("payment.typ", sheet, dated=sheet.issued_on)


def _render(
    template: str,
    sheet: ApplicationSheet
    | PermitSheet
    | RefusalSheet
    | NoticeSheet
    | ReductionSheet
    | ReceiptSheet
    | RefundSheet
    | PaymentSheet,
    *,
    dated: date,
) -> bytes:
    return render_pdf(_HERE / template, _printed_fields(sheet), dated=dated)


def _printed_fields(part: object) -> dict[str, Json]:
    return {name: _printed(value) for name, value in attributes(part).items()}


def _printed(value: object) -> Json:
    match value:
        case date():
            return format_date(value)
        case CityAuthority() | ManagerAuthority():
            return {"addressee": value.addressee, "signature": value.signature}
        case Instruction():
            return {"heading": value.heading, "paragraphs": value.paragraphs, "reference": value.reference}
        case tuple():
            return [_printed(item) for item in value]
        case None | str() | int():
            return value
        case _:
            return _printed_fields(value)
