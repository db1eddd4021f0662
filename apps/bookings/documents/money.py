"""What stands on the forms about money that goes back or is due: 還付請求書, 納入通知書."""

from dataclasses import dataclass
from datetime import date

from apps.bookings.documents.data import Applicant, Check, Form, Reprint, Words
from apps.bookings.rules.authority import Authority
from apps.bookings.rules.instruction import Instruction


@dataclass(frozen=True, slots=True)
class RefundSheet:
    """還付請求書: filled as far as the facility knows it, to be dated and signed by who claims it.

    ``rows`` are labels and texts, the numbers of 領収書 and 許可書 among them. Where the money goes is not among them:
    the form has room to write the account by hand, and nothing of it is kept. ``notes`` stand below that room,
    ``received`` above the signature of who takes cash; one of before has words of the form itself.
    """

    form: Form
    title: str
    number: str
    decided_on: date
    authority: Authority
    applicant: Applicant
    opening: str
    amount: str
    rows: tuple[tuple[str, str], ...]
    reprint: Reprint | None = None
    notes: tuple[str, ...] = ()
    received: str = ""
    words: Words | None = None
    check: Check | None = None


@dataclass(frozen=True, slots=True)
class PaymentSheet:
    """納入通知書兼納付書: what is to be paid by when, of what, how it came about, and how to contest it.

    ``lines`` are the lines of the fee with their articles and amounts, ``instruction`` is owed for 使用料 only.
    ``slip`` is the title of the part that is cut off, ``notes`` stand above it.
    """

    form: Form
    title: str
    number: str
    issued_on: date
    authority: Authority
    applicant: Applicant
    opening: str
    amount: str
    due: str
    rows: tuple[tuple[str, str], ...]
    lines: tuple[tuple[str, str, str], ...]
    slip: str
    notes: tuple[str, ...]
    words: Words
    instruction: Instruction | None = None
