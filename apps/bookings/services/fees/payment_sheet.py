"""納入通知書兼納付書 of the fee that holds: what is to be paid by when, of what, and how to contest it."""

from __future__ import annotations

from django.utils import translation

from apps.bookings.documents.money import PaymentSheet
from apps.bookings.documents.render import payment_pdf
from apps.bookings.errors import NothingOwedError
from apps.bookings.fee_texts import LINE_TEXTS
from apps.bookings.models import Booking
from apps.bookings.queries.fees import Fee, fee_of
from apps.bookings.queries.ledgers import ledger_of
from apps.bookings.rules.fees.ledger import Ledger
from apps.bookings.rules.fees.lines import Line
from apps.bookings.rules.fees.wording import ratio_word
from apps.bookings.rules.instruction import Act
from apps.bookings.services import sheets
from apps.bookings.services.fees.sheets import signed
from apps.bookings.services.papers import Papers, papers_on
from kernel import clock
from kernel.yen import format_yen
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record


def print_payment_notice(*, actor: Actor, booking: Booking) -> bytes:
    """納入通知書兼納付書 as PDF; ``booking`` with registrant, purpose, room and facility.

    Raises ``NothingOwedError`` and ``NoOperatorError``.
    """
    fee, ledger = fee_of(booking.pk), ledger_of(booking.pk)
    if fee is None or ledger.owed <= 0:
        raise NothingOwedError
    papers = papers_on(clock.today(), booking.room.facility)
    pdf = payment_pdf(payment_sheet(booking, papers, fee, ledger))
    persons = [booking.registrant_id]
    record(actor, Action.PRINT, object_type="booking", object_id=booking.pk, persons=persons, form="payment_notice")
    return pdf


def payment_sheet(booking: Booking, papers: Papers, fee: Fee, ledger: Ledger) -> PaymentSheet:
    """The form of ``fee`` in the words of the day; ``ledger`` tells what of it is still owed."""
    words, due = papers.words("payment"), fee.sheet.due_on
    return PaymentSheet(
        form=papers.form("payment"),
        title=words.title,
        number=f"{booking.number}-{fee.sheet.number}",
        issued_on=papers.on,
        authority=papers.issuer.authority,
        applicant=sheets.applicant_of(booking.registrant),
        opening=words.opening,
        amount=format_yen(ledger.owed),
        due=papers.day(due) if due else _said(papers, "no_due"),
        rows=_rows(booking, papers, ledger),
        lines=tuple((_words(line), line.article, signed(line.amount)) for line in fee.lines),
        slip=_said(papers, "slip"),
        notes=papers.notes("payment"),
        words=words,
        instruction=papers.instruction(Act.FEE),
    )


def _said(papers: Papers, part: str) -> str:
    return papers.wording.line(f"payment.{part}", papers.fields())


def _rows(booking: Booking, papers: Papers, ledger: Ledger) -> tuple[tuple[str, str], ...]:
    use = sheets.use_of(booking, papers)
    return (
        ("受付番号", booking.number),
        ("使用日時", "　".join(use.periods)),
        ("使用室場", "　".join(use.rooms)),
        (f"{papers.issuer.fee_name}の額", format_yen(ledger.total)),
        ("納付済みの額", format_yen(ledger.paid)),
        ("納付する場所", _said(papers, "place")),
    )


def _words(line: Line) -> str:
    """A line of the fee in the official language."""
    with translation.override("ja"):
        return str(LINE_TEXTS[line.key]).format(label=line.label, detail=line.detail, ratio=ratio_word(line))
