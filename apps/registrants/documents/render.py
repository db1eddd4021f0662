"""The cards and the register of issues as PDF/A-2a and PDF/UA-1."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

import segno

from apps.registrants.documents.data import CardFace, RegisterLine, RegisterSheet
from kernel.wareki import format_date
from shared.documents.renderer import Json, render_pdf

_HERE: Final = Path(__file__).parent
CARDS_A_SHEET: Final = 10


def card_pdf(face: CardFace) -> bytes:
    """One card: two pages of 85.6 × 54 mm, front and back."""
    return render_pdf(_HERE / "card.typ", {"cards": [_face(face)]}, dated=face.issued_on)


def sheet_pdf(faces: Sequence[CardFace], *, start: int, printed_on: date) -> bytes:
    """Cards on A4, two by five with crop marks, each page of fronts followed by its backs (長辺とじの両面印刷).

    ``start`` is the place of the first card, 1 to 10, so that a sheet that was begun is used up.
    """
    if not 1 <= start <= CARDS_A_SHEET:
        raise ValueError("a sheet has the places 1 to 10")
    data: dict[str, Json] = {"cards": [_face(face) for face in faces], "start": start}
    return render_pdf(_HERE / "card_sheet.typ", data, dated=printed_on)


def register_pdf(sheet: RegisterSheet) -> bytes:
    """交付台帳 on A4, lying, with room for the joint seal (割印) on each line."""
    data: dict[str, Json] = {
        "title": sheet.title,
        "fiscal_year": sheet.fiscal_year,
        "facility": sheet.facility,
        "printed_on": format_date(sheet.printed_on),
        "lines": [_line(line) for line in sheet.lines],
    }
    return render_pdf(_HERE / "card_register.typ", data, dated=sheet.printed_on)


def qr_svg(code: str) -> str:
    """``code`` as a QR code with its quiet zone, in SVG; as well corrected as its size allows, from level M on."""
    made: str = segno.make_qr(code, error="m").svg_inline(border=4, omitsize=True, unit="")
    return made.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def _face(face: CardFace) -> dict[str, Json]:
    return {
        "kind": face.kind,
        "title": face.title,
        "number": face.number,
        "branch": str(face.branch),
        "qr": qr_svg(face.code),
        "code": face.code,
        "holder": face.holder,
        "issued_on": format_date(face.issued_on),
        "validity": _validity(face),
        "birth": _day(face.birth),
        "address": face.address,
        "facility": face.issuer.facility,
        "signature": face.issuer.signature,
        "is_reissue": face.is_reissue,
    }


def _validity(face: CardFace) -> str:
    """有効期限, or from when on where a card is made before the birthday."""
    end = format_date(face.valid_until) if face.valid_until else "期限なし"
    if face.valid_from and face.valid_from > face.issued_on:
        return f"{format_date(face.valid_from)}から{'' if face.valid_until is None else end}"
    return end


def _line(line: RegisterLine) -> dict[str, Json]:
    return {
        "number": line.number,
        "branch": str(line.branch),
        "holder": line.holder,
        "cause": line.cause,
        "made_on": _day(line.made_on),
        "handed_over_on": _day(line.handed_over_on),
        "returned_on": _day(line.returned_on),
        "voided_on": _day(line.voided_on),
    }


def _day(day: date | None) -> str:
    return format_date(day) if day else ""
