"""The cards and the register of issues as PDF/A-2a and PDF/UA-1."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

import segno

from apps.registrants.documents.data import CardFace, RegisterLine, RegisterSheet
from kernel.wareki import format_date
from shared.documents.renderer import Json, queried, render_pdf

_HERE: Final = Path(__file__).parent
CARDS_A_SHEET: Final = 10
BLANK: Final = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
"""Stands for a QR code where only its place matters."""


def card_pdf(face: CardFace) -> bytes:
    """One card: two pages of 85.6 × 54 mm, front and back."""
    return render_pdf(_HERE / "card.typ", {"cards": [_face(face)]}, dated=face.issued_on)


def sheet_pdf(
    faces: Sequence[CardFace], *, start: int, printed_on: date, fits: Sequence[int | None] | None = None
) -> bytes:
    """Cards on A4, two by five with crop marks, each page of fronts followed by its backs (長辺とじの両面印刷).

    ``start`` is the place of the first card, 1 to 10, so that a sheet that was begun is used up. ``fits`` is what
    ``fits_of`` found for each.
    """
    if not 1 <= start <= CARDS_A_SHEET:
        raise ValueError("a sheet has the places 1 to 10")
    known = fits or [None] * len(faces)
    cards = [_face(face, fit) for face, fit in zip(faces, known, strict=True)]
    data: dict[str, Json] = {"cards": cards, "start": start}
    return render_pdf(_HERE / "card_sheet.typ", data, dated=printed_on)


def fits_of(faces: Sequence[CardFace]) -> list[int]:
    """Which of the card's settings each face fits, the largest type first: half of the work of laying it."""
    cards = [_face(face, qr=BLANK) for face in faces]
    return queried(_HERE / "card_fit.typ", {"cards": cards}, "fit")


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
    """``code`` as a QR code with its quiet zone, in SVG; as well corrected as its size allows, from level M on.

    All eight masks are tried and the clearest is taken, as the standard wants it (JIS X 0510). A fixed one would read
    worse on a bad print and spare an eighth of a sheet's time.
    """
    made: str = segno.make_qr(code, error="m").svg_inline(border=4, omitsize=True, unit="")
    return made.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def _face(face: CardFace, fit: int | None = None, *, qr: str = "") -> dict[str, Json]:
    return {
        "fit": fit,
        "kind": face.kind,
        "title": face.title,
        "number": face.number,
        "branch": str(face.branch),
        "qr": qr or qr_svg(face.code),
        "code": face.code,
        "holder": face.holder,
        "representative": face.representative,
        "registered_on": _day(face.registered_on),
        "issued_on": format_date(face.issued_on),
        "validity": _validity(face),
        "birth": _day(face.birth),
        "address": face.address,
        "facility": face.issuer.facility,
        "signature": face.issuer.signature,
        "is_reissue": face.is_reissue,
        "is_substitute": face.is_substitute,
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
        "acts": line.acts,
    }


def _day(day: date | None) -> str:
    return format_date(day) if day else ""
