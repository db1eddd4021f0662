"""The forms of a booking as PDF."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from apps.bookings.documents.data import (
    ApplicationSheet,
    Check,
    CombinedSheet,
    ConfirmationSheet,
    NoticeSheet,
    PermitSheet,
    ReceiptSheet,
    ReductionSheet,
    RefusalSheet,
    Reprint,
    RequestSheet,
    Words,
)
from apps.bookings.documents.money import PaymentSheet, RefundSheet
from apps.bookings.documents.parts import attributes
from apps.bookings.rules.authority import CityAuthority, ManagerAuthority
from apps.bookings.rules.instruction import Instruction
from apps.registrants.documents.render import qr_svg
from kernel import clock
from kernel.wareki import format_date
from shared.documents.renderer import Json, render_pdf

_HERE = Path(__file__).parent


def application_pdf(sheet: ApplicationSheet) -> bytes:
    """使用許可申請書 as PDF/A-2a and PDF/UA-1, one A4 page unless the texts are long."""
    return _render("application.typ", sheet, dated=sheet.applied_on or clock.today())


def permit_pdf(sheet: PermitSheet) -> bytes:
    """使用許可書 as PDF/A-2a and PDF/UA-1, marked 再交付 when it is a reprint."""
    return _render("permit.typ", sheet, dated=sheet.issued_on)


def combined_pdf(sheet: CombinedSheet) -> bytes:
    """申請書兼許可書 as PDF/A-2a and PDF/UA-1."""
    return _render("combined.typ", sheet, dated=sheet.issued_on)


def many_pdf(sheets: Sequence[PermitSheet | CombinedSheet], *, title: str, dated: date) -> bytes:
    """Many permits in one file, each beginning on a page of its own; tagged like one alone."""
    permits = [sheet.permit if isinstance(sheet, CombinedSheet) else sheet for sheet in sheets]
    keywords = list(dict.fromkeys(one.reference for permit in permits for one in permit.instructions))
    data: dict[str, Json] = {"title": title, "keywords": keywords, "sheets": [_printed_sheet(one) for one in sheets]}
    return render_pdf(_HERE / "many.typ", data, dated=dated)


def request_pdf(sheet: RequestSheet) -> bytes:
    """使用変更許可申請書 or 使用取消届 as PDF/A-2a and PDF/UA-1."""
    return _render("request.typ", sheet, dated=sheet.applied_on or clock.today())


def confirmation_pdf(sheet: ConfirmationSheet) -> bytes:
    """内容確認票 as PDF/A-2a and PDF/UA-1."""
    return _render("confirmation.typ", sheet, dated=sheet.printed_on)


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
        "notices": [_printed_sheet(sheet) for sheet in sheets],
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


AnySheet = (
    ApplicationSheet
    | PermitSheet
    | RefusalSheet
    | NoticeSheet
    | ReductionSheet
    | ReceiptSheet
    | CombinedSheet
    | RequestSheet
    | ConfirmationSheet
    | RefundSheet
    | PaymentSheet
)
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


TEMPLATES: Final[dict[type[AnySheet], str]] = {
    ApplicationSheet: "application.typ",
    PermitSheet: "permit.typ",
    CombinedSheet: "combined.typ",
    RefusalSheet: "refusal.typ",
    NoticeSheet: "notice.typ",
    ReductionSheet: "reduction.typ",
    ReceiptSheet: "receipt.typ",
    RequestSheet: "request.typ",
    ConfirmationSheet: "confirmation.typ",
    RefundSheet: "refund.typ",
    PaymentSheet: "payment.typ",
}


def sample_pdf(sheet: AnySheet) -> bytes:
    """Any sheet with 見本 over its pages: it is no document."""
    data: dict[str, Json] = {**_printed_sheet(sheet), "sample": True}
    return render_pdf(_HERE / TEMPLATES[type(sheet)], data, dated=clock.today())


def _render(template: str, sheet: AnySheet, *, dated: date) -> bytes:
    return render_pdf(_HERE / template, _printed_sheet(sheet), dated=dated)


def _printed_sheet(sheet: AnySheet) -> dict[str, Json]:
    words: Words | None = getattr(sheet.permit if isinstance(sheet, CombinedSheet) else sheet, "words", None)
    return _printed_fields(sheet, _wide_date if words and words.wide else format_date)


def _wide_date(day: date) -> str:
    return format_date(day).translate(WIDE)


def _printed_fields(part: object, dates: Callable[[date], str] = format_date) -> dict[str, Json]:
    return {name: _printed(value, dates) for name, value in attributes(part).items()}


def _printed(value: object, dates: Callable[[date], str]) -> Json:
    match value:
        case date():
            return dates(value)
        case tuple():
            return [_printed(item, dates) for item in value]
        case None | str() | int():
            return value
        case CityAuthority() | ManagerAuthority() | Instruction() | Check():
            return _told(value)
        case _:
            return _printed_fields(value, dates)


def _told(part: CityAuthority | ManagerAuthority | Instruction | Check) -> dict[str, Json]:
    """What a form shows of a part that knows more."""
    match part:
        case Instruction():
            return {"heading": part.heading, "paragraphs": part.paragraphs, "reference": part.reference}
        case Check():
            return {"text": part.text, "code": part.code, "page": part.page, "qr": qr_svg(part.url)}
        case _:
            return {"addressee": part.addressee, "signature": part.signature}
