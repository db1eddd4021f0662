"""封かん用紙: the sealed slip with a personal ID and a one-time password, printed once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Final

from kernel.clock import TOKYO
from kernel.wareki import format_date
from shared.documents.renderer import render_pdf

_HERE: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class SealedSlip:
    """Outside stand ``name`` and ``facility`` alone; all else is inside."""

    name: str
    facility: str
    title: str
    login_id: str
    password: str = field(repr=False)
    until: datetime
    address: str
    """Where to sign in."""


def slips_pdf(slips: Sequence[SealedSlip], *, printed_on: date) -> bytes:
    """Two pages a person, for both sides of one sheet: the outside, then the inside. PDF/A-2a and PDF/UA-1."""
    return render_pdf(_HERE / "slip.typ", {"slips": [_said(slip, printed_on) for slip in slips]}, dated=printed_on)


def _said(slip: SealedSlip, printed_on: date) -> dict[str, str]:
    until = slip.until.astimezone(TOKYO)
    return {
        "name": slip.name,
        "facility": slip.facility,
        "title": slip.title,
        "login_id": slip.login_id,
        "password": slip.password,
        "until": f"{format_date(until.date())} {until:%H:%M}",
        "printed_on": format_date(printed_on),
        "address": slip.address,
    }
