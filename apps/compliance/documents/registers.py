"""A register as a list, and the certificate of a return or destruction (返還・廃棄証明書), as PDF/A-2a and PDF/UA-1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from kernel.wareki import format_date
from shared.documents.renderer import render_pdf

_HERE: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class RegisterSheet:
    """A printed register: a line of texts for each row."""

    title: str
    subtitle: str
    facility: str
    headings: Sequence[str]
    lines: Sequence[Sequence[str]]
    printed_on: date


@dataclass(frozen=True, slots=True)
class CertificateSheet:
    """A certificate: labels and texts, and who certifies to whom."""

    title: str
    number: str
    addressee: str
    sentence: str
    items: Sequence[tuple[str, str]]
    operator: str
    certified_on: date


def register_pdf(sheet: RegisterSheet) -> bytes:
    """The list on A4, lying, with who printed it over its ground."""
    data = {
        "title": sheet.title,
        "subtitle": sheet.subtitle,
        "facility": sheet.facility,
        "headings": list(sheet.headings),
        "lines": [list(line) for line in sheet.lines],
        "printed_on": format_date(sheet.printed_on),
    }
    return render_pdf(_HERE / "register.typ", data, dated=sheet.printed_on)


def certificate_pdf(sheet: CertificateSheet) -> bytes:
    """The certificate on A4, to be signed by the operator and the witness."""
    data = {
        "title": sheet.title,
        "number": sheet.number,
        "addressee": sheet.addressee,
        "sentence": sheet.sentence,
        "items": [list(item) for item in sheet.items],
        "operator": sheet.operator,
        "certified_on": format_date(sheet.certified_on),
    }
    return render_pdf(_HERE / "certificate.typ", data, dated=sheet.certified_on)
