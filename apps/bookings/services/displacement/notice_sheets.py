"""What stands on the notice of a public use, by what became of the booking and by how far its permission had come.

A permit that is taken back or changed, and an application that is not granted, are acts that can be contested: they
state the provision and the reason and bear 教示. A 仮予約 is no act of permission yet, so its notice bears none.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from apps.bookings.documents.data import NoticeSheet
from apps.bookings.models import Became, Displacement, DisplacementHit
from apps.bookings.rules.form_texts import CHANGE, REFUSAL, REVOCATION, FormText
from apps.bookings.rules.instruction import Act, instruction_for
from apps.bookings.rules.issuer import Issuer
from apps.bookings.rules.numbering import document_number
from apps.bookings.rules.states import PERMITTED, WAITING
from apps.bookings.rules.wording import period
from apps.bookings.services.displacement.telling import occasion_of
from apps.bookings.services.sheets import applicant_of, form_of
from kernel.yen import format_yen


@dataclass(frozen=True, slots=True)
class Wording:
    """Title, opening and form of a notice, and which act it is, if it is one."""

    title: str
    opening: str
    form: FormText
    act: Act | None


WORDINGS: Final = {
    (Became.CANCELLED, "permitted"): Wording(
        "使用許可取消通知書",
        "次の使用の許可を、下記の公用のため取り消したので通知します。",
        REVOCATION,
        Act.REVOCATION,
    ),
    (Became.CANCELLED, "applied"): Wording(
        "使用不許可通知書",
        "申請のあった次の使用については、下記の公用のため許可しないこととしたので通知します。",
        REFUSAL,
        Act.REFUSAL,
    ),
    (Became.CANCELLED, "reserved"): Wording(
        "仮予約取消通知書", "次の仮予約を、下記の公用のため取り消したので通知します。", REVOCATION, None
    ),
    (Became.MOVED, "permitted"): Wording(
        "使用許可変更通知書",
        "次の使用の許可を、下記の公用のため、承諾を得て変更したので通知します。",
        CHANGE,
        Act.REVOCATION,
    ),
    (Became.MOVED, "applied"): Wording(
        "使用申請変更通知書",
        "申請のあった次の使用を、下記の公用のため、承諾を得て変更したので通知します。",
        CHANGE,
        None,
    ),
    (Became.MOVED, "reserved"): Wording(
        "仮予約変更通知書", "次の仮予約を、下記の公用のため、承諾を得て変更したので通知します。", CHANGE, None
    ),
}


def standing(state: str) -> str:
    """How far the permission had come: permitted, applied for, or only reserved (仮予約)."""
    if state == PERMITTED:
        return "permitted"
    return "applied" if state in WAITING else "reserved"


def notice_sheet(found: Displacement, hit: DisplacementHit, issuer: Issuer, *, serial: int, on: dt.date) -> NoticeSheet:
    """The notice number ``serial`` of a booking that was moved or cancelled."""
    words = WORDINGS[(Became(hit.became), standing(hit.was["state"]))]
    instruction = None
    if words.act is not None:
        instruction = instruction_for(act=words.act, authority=issuer.authority, regime=issuer.regime, on=on)
    return NoticeSheet(
        form=form_of(words.form, issuer),
        number=document_number(issuer.symbol, serial),
        issued_on=on,
        authority=issuer.authority,
        applicant=applicant_of(hit.booking.registrant),
        title=words.title,
        opening=words.opening,
        rows=(*_rows(found, hit), *_outcome(hit, issuer)),
        instruction=instruction,
    )


def _rows(found: Displacement, hit: DisplacementHit) -> tuple[tuple[str, str], ...]:
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


def _outcome(hit: DisplacementHit, issuer: Issuer) -> tuple[tuple[str, str], ...]:
    booking, fee = hit.booking, issuer.fee_name
    if hit.became == Became.MOVED:
        after = period(booking.day, booking.slot_labels, booking.during.lower, booking.during.upper)
        return (
            ("変更後の日時", after),
            ("変更後の室場", booking.room.name),
            (fee, f"この変更により{fee}は増えません。"),
        )
    if not hit.paid:
        return ((fee, f"お納めいただく{fee}はありません。"),)
    told = f"お納めいただいた{format_yen(hit.refund)}の全額をお返しします。手続は施設からご案内します。"
    return ((f"{fee}の還付", told),)
