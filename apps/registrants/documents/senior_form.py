"""様式第５号 (老人福祉センター・老人憩いの家登録（変更・再交付）申請書) as PDF/A-2a and PDF/UA-1, or for a pen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from kernel.wareki import format_date
from shared.documents.renderer import Json, render_pdf

_HERE: Final = Path(__file__).parent
NUMBER: Final = "様式第５号"
CONTACTS: Final = 2


@dataclass(frozen=True, slots=True)
class Contact:
    """緊急連絡先."""

    name: str = ""
    relation: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Applicant:
    """What is known of the holder. ``age`` is in whole years; texts may be empty."""

    name: str
    kana: str
    birth: date | None
    age: int | None
    postal_code: str
    address: str
    phone: str
    contacts: Sequence[Contact]
    card_number: str = ""
    qualification: str = ""
    special_reason: str = ""
    former_name: str = ""
    has_consented: bool = False


NOBODY: Final = Applicant("", "", None, None, "", "", "", ())


@dataclass(frozen=True, slots=True)
class SeniorForm:
    """One form. ``act`` is ``new``, ``change``, ``lost``, ``damaged``, or empty for a pen; so is ``applicant`` None.

    ``qualifications`` are codes with their words, ``documents`` what may be shown.
    """

    addressee: tuple[str, ...]
    qualifications: Sequence[tuple[str, str]]
    documents: Sequence[str]
    printed_on: date
    act: str = ""
    applicant: Applicant | None = None


def senior_form_pdf(form: SeniorForm) -> bytes:
    """The form on A4."""
    who = form.applicant or NOBODY
    contacts = [*who.contacts, Contact(), Contact()][: max(CONTACTS, len(who.contacts))]
    data: dict[str, Json] = {
        "number": NUMBER,
        "is_blank": form.applicant is None,
        "act": form.act,
        "applied_on": "" if form.applicant is None else format_date(form.printed_on),
        "addressee": form.addressee,
        "name": who.name,
        "kana": who.kana,
        "birth": format_date(who.birth) if who.birth else "",
        "age": "" if who.age is None else str(who.age),
        "postal_code": who.postal_code,
        "address": who.address,
        "phone": who.phone,
        "contacts": [{"name": one.name, "relation": one.relation, "phone": one.phone} for one in contacts],
        "card_number": who.card_number,
        "qualification": who.qualification,
        "qualifications": [{"code": code, "label": label} for code, label in form.qualifications],
        "special_reason": who.special_reason,
        "former_name": who.former_name,
        "has_consented": who.has_consented,
        "documents": form.documents,
    }
    return render_pdf(_HERE / "senior_form.typ", data, dated=form.printed_on)
