"""納入通知書兼納付書 of the fee that holds: what is to be paid by when, of what, and how to contest it."""

from __future__ import annotations

from django.utils import translation

from apps.bookings.documents.money import PaymentSheet
from apps.bookings.documents.render import payment_pdf
from apps.bookings.errors import NothingOwedError
from apps.bookings.fee_texts import LINE_TEXTS
from apps.bookings.models import Booking
from apps.bookings.queries.fees import Fee, fee_of
from apps.bookings.queries.issuer import issuer_on
from apps.bookings.queries.ledgers import ledger_of
from apps.bookings.rules.fees.ledger import Ledger
from apps.bookings.rules.fees.lines import Line
from apps.bookings.rules.fees.wording import ratio_word
from apps.bookings.rules.form_texts import PAYMENT
from apps.bookings.rules.instruction import Act, instruction_for
from apps.bookings.rules.issuer import Issuer
from apps.bookings.services import sheets
from apps.bookings.services.fees.sheets import signed
from kernel import clock
from kernel.wareki import format_date
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
    issuer = issuer_on(clock.today(), booking.room.facility)
    pdf = payment_pdf(_sheet(booking, issuer, fee, ledger))
    persons = [booking.registrant_id]
    record(actor, Action.PRINT, object_type="booking", object_id=booking.pk, persons=persons, form="payment_notice")
    return pdf


def _sheet(booking: Booking, issuer: Issuer, fee: Fee, ledger: Ledger) -> PaymentSheet:
    today, due = clock.today(), fee.sheet.due_on
    form = sheets.form_of(PAYMENT, issuer)
    return PaymentSheet(
        form=form,
        title=f"{issuer.full_facility}{issuer.fee_name}納入通知書兼納付書",
        number=f"{booking.number}-{fee.sheet.number}",
        issued_on=today,
        authority=issuer.authority,
        applicant=sheets.applicant_of(booking.registrant),
        opening=f"{form.basis}の規定により、次のとおり{issuer.fee_name}を納付してください。",
        amount=format_yen(ledger.owed),
        due=format_date(due) if due else "施設の指示する日",
        rows=_rows(booking, issuer, ledger),
        lines=tuple((_words(line), line.article, signed(line.amount)) for line in fee.lines),
        instruction=instruction_for(act=Act.FEE, authority=issuer.authority, regime=issuer.regime, on=today),
    )


def _rows(booking: Booking, issuer: Issuer, ledger: Ledger) -> tuple[tuple[str, str], ...]:
    use = sheets.use_of(booking)
    return (
        ("受付番号", booking.number),
        ("使用日時", "　".join(use.periods)),
        ("使用室場", "　".join(use.rooms)),
        (f"{issuer.fee_name}の額", format_yen(ledger.total)),
        ("納付済みの額", format_yen(ledger.paid)),
        ("納付する場所", f"{issuer.full_facility}の窓口"),
    )


def _words(line: Line) -> str:
    """A line of the fee in the official language."""
    with translation.override("ja"):
        return str(LINE_TEXTS[line.key]).format(label=line.label, detail=line.detail, ratio=ratio_word(line))
