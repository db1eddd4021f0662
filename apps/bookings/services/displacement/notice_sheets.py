"""What stands on the notice of a public use, by what became of the booking and by how far its permission had come.

A permit that is taken back or changed, and an application that is not granted, are acts that can be contested: they
state the provision and the reason and bear 教示. A 仮予約 is no act of permission yet, so its notice bears none.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from apps.bookings.documents.data import Check, NoticeSheet
from apps.bookings.models import Became, Displacement, DisplacementHit
from apps.bookings.rules.instruction import Act
from apps.bookings.rules.numbering import document_number
from apps.bookings.rules.states import PERMITTED, WAITING
from apps.bookings.rules.wording import period
from apps.bookings.services.displacement.telling import occasion_of
from apps.bookings.services.papers import Papers
from apps.bookings.services.sheets import applicant_of
from kernel.yen import format_yen


@dataclass(frozen=True, slots=True)
class Kind:
    """Whose blocks a notice is worded by, which variant of title and opening, and which act it is, if it is one."""

    document: str
    variant: str
    act: Act | None

    def block(self, part: str) -> str:
        """The block of the variant, or of the form itself."""
        return f"{self.document}.{self.variant}_{part}" if self.variant else f"{self.document}.{part}"


KINDS: Final = {
    (Became.CANCELLED, "permitted"): Kind("taken_back", "", Act.REVOCATION),
    (Became.CANCELLED, "applied"): Kind("not_granted", "", Act.REFUSAL),
    (Became.CANCELLED, "reserved"): Kind("taken_back", "reserved", None),
    (Became.MOVED, "permitted"): Kind("moved", "", Act.REVOCATION),
    (Became.MOVED, "applied"): Kind("moved", "applied", None),
    (Became.MOVED, "reserved"): Kind("moved", "reserved", None),
}


def standing(state: str) -> str:
    """How far the permission had come: permitted, applied for, or only reserved (仮予約)."""
    if state == PERMITTED:
        return "permitted"
    return "applied" if state in WAITING else "reserved"


def kind_of(hit: DisplacementHit) -> Kind:
    """Which notice a booking gets that was moved or cancelled."""
    return KINDS[(Became(hit.became), standing(hit.was["state"]))]


def notice_sheet(
    found: Displacement, hit: DisplacementHit, papers: Papers, *, serial: int, check: Check | None
) -> NoticeSheet:
    """The notice number ``serial`` of a booking that was moved or cancelled, in the words of its day."""
    kind = kind_of(hit)
    words = papers.words(kind.document, title=kind.block("title"), opening=kind.block("opening"))
    return NoticeSheet(
        form=papers.form(kind.document),
        number=document_number(papers.issuer.symbol, serial),
        issued_on=papers.on,
        authority=papers.issuer.authority,
        applicant=applicant_of(hit.booking.registrant),
        title=words.title,
        opening=words.opening,
        rows=(*_rows(found, hit, papers), *_outcome(kind, hit, papers)),
        instruction=papers.owed(kind.act) if kind.act is not None else None,
        words=words,
        check=check,
    )


def _rows(found: Displacement, hit: DisplacementHit, papers: Papers) -> tuple[tuple[str, str], ...]:
    was, booking = hit.was, hit.booking
    starts, ends = (dt.datetime.fromisoformat(was[end]) for end in ("starts", "ends"))
    return (
        ("受付番号", booking.number),
        ("行事名", booking.event_name or "―"),
        ("使用日時", period(dt.date.fromisoformat(was["day"]), was["labels"], starts, ends)),
        ("使用室場", was["room"]),
        ("公用の内容", occasion_of(found)),
        ("根拠規定", found.article),
        ("理由", found.reason),
    )


def _outcome(kind: Kind, hit: DisplacementHit, papers: Papers) -> tuple[tuple[str, str], ...]:
    booking, fee = hit.booking, papers.issuer.fee_name

    def said(part: str, **more: str) -> str:
        return papers.wording.line(f"{kind.document}.{part}", papers.fields(**more))

    if hit.became == Became.MOVED:
        after = period(booking.day, booking.slot_labels, booking.during.lower, booking.during.upper)
        return ("変更後の日時", after), ("変更後の室場", booking.room.name), (fee, said("same_fee"))
    if not hit.paid:
        return ((fee, said("unpaid")),)
    return ((f"{fee}の還付", said("paid", 還付額=format_yen(hit.refund))),)
