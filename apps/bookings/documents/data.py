"""What stands on the forms of a booking.

Text is printed as it is given: times, amounts and counts come formatted by the rules that own them (``12,000円``,
``午前９時から正午まで``). Dates stay dates, because the forms set them by era. An empty text leaves its place empty.
"""

from dataclasses import dataclass
from datetime import date

from apps.bookings.rules.authority import Authority
from apps.bookings.rules.instruction import Instruction


@dataclass(frozen=True, slots=True)
class Form:
    """Which form (様式) this is, and of which facility.

    ``number`` is printed whole (様式第１号（第４条関係）); ``basis`` is the provision that the sentence before the
    table names (印西市…条例施行規則第４条第１項); ``facility`` is the name in the ordinance, with the city's.
    """

    number: str
    facility: str
    basis: str


@dataclass(frozen=True, slots=True)
class Applicant:
    """申請者. ``group`` is empty for a person who applies alone; ``name`` is then theirs, else the representative's."""

    address: str
    name: str
    group: str = ""
    phone: str = ""
    registration_number: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question answered by 無・有, such as 入場料等; ``detail`` says what is there (最高500円)."""

    label: str
    yes: bool | None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class EquipmentLine:
    """One item of 附属設備: what, how many, for how long, for how much."""

    name: str
    quantity: str
    hours: str = ""
    fee: str = ""


@dataclass(frozen=True, slots=True)
class ResponsiblePerson:
    """使用責任者: who answers for the use on the day."""

    name: str
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Use:
    """The use itself, worded alike on the application and on the answer to it.

    ``periods`` and ``rooms`` have one text for each line; ``attendance`` is the total (30人) and
    ``attendance_details`` its breakdowns, one text for each (市内25人　市外5人).
    """

    event: str
    purpose: str
    periods: tuple[str, ...]
    rooms: tuple[str, ...]
    attendance: str
    attendance_details: tuple[str, ...] = ()
    opening: str = ""
    equipment: tuple[EquipmentLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Reduction:
    """減免 asked for or granted: the clause of the ordinance that it rests on, and why."""

    clause: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FeeColumn:
    """One step of the fee: 減免, its rate (５割), its amount (△2,500円). The form numbers the steps."""

    label: str
    amount: str
    rate: str = ""


@dataclass(frozen=True, slots=True)
class Fee:
    """使用料 or 利用料金 (``name``), as computed for this booking: the steps in order, then the total."""

    name: str
    columns: tuple[FeeColumn, ...]
    total: str
    due: date | None = None
    paid: date | None = None


@dataclass(frozen=True, slots=True)
class Reprint:
    """再交付: the how-manieth, and when."""

    count: int
    on: date


@dataclass(frozen=True, slots=True)
class Words:
    """The wording of a document as it was in force when it was made, and which versions these were (``texts``).

    ``addressee`` replaces the authority's own lines after （宛先）; ``seal`` is what stands for the seal, empty for its
    place; ``back`` is printed on a page of its own; ``wide`` sets the numbers of dates in full width.
    """

    title: str
    opening: str
    addressee: tuple[str, ...] = ()
    seal: str = ""
    back: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """確認番号: by which anybody finds out whether the document was issued, and where (``url``, also as a QR code)."""

    text: str
    code: str
    page: str
    url: str


@dataclass(frozen=True, slots=True)
class ApplicationSheet:
    """使用許可申請書.

    ``publish`` is whether the event may be shown to the public, None when the facility does not ask. ``approvals``
    are the offices whose seals the 決裁欄 has room for, none when the decision is made on screen. Where nobody was
    asked about a reduction, neither 無 nor 有 is ticked. A blank form has no dates, and questions without an answer.
    """

    form: Form
    reception_number: str
    received_on: date | None
    applied_on: date | None
    authority: Authority
    applicant: Applicant
    use: Use
    questions: tuple[Question, ...]
    responsible: ResponsiblePerson
    reduction: Reduction | None
    fee: Fee | None
    publish: bool | None = None
    approvals: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    reduction_asked: bool = True
    words: Words | None = None


@dataclass(frozen=True, slots=True)
class PermitSheet:
    """使用許可書.

    ``instructions`` (教示) are what ``instruction_for`` gave for the permit and for its fee: none, one or two.
    """

    form: Form
    number: str
    issued_on: date
    applied_on: date
    authority: Authority
    applicant: Applicant
    use: Use
    fee: Fee | None
    reduction: Reduction | None
    conditions: tuple[str, ...]
    instructions: tuple[Instruction, ...] = ()
    reprint: Reprint | None = None
    seal_omitted: bool = True
    words: Words | None = None
    check: Check | None = None


@dataclass(frozen=True, slots=True)
class CombinedSheet:
    """申請書兼許可書: the application as it came in, and the permit that answers it, on one sheet."""

    application: ApplicationSheet
    permit: PermitSheet

    @property
    def issued_on(self) -> date:
        """When it was permitted."""
        return self.permit.issued_on


@dataclass(frozen=True, slots=True)
class RequestSheet:
    """An application in rows: 使用変更許可申請書, 使用取消届. ``reception_number`` is empty on a blank form."""

    form: Form
    reception_number: str
    applied_on: date | None
    authority: Authority
    applicant: Applicant
    rows: tuple[tuple[str, str], ...]
    words: Words
    notes: tuple[str, ...] = ()
    approvals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConfirmationSheet:
    """内容確認票: what was booked, in rows, for whoever booked it. It is no permit, and has no number of its own."""

    facility: str
    printed_on: date
    rows: tuple[tuple[str, str], ...]
    words: Words
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RefusalSheet:
    """使用不許可通知書.

    The provision applied, the reason and the 教示 are owed to whom is refused (the city's 行政手続条例); without them
    there is no such document, hence ValueError.
    """

    form: Form
    number: str
    issued_on: date
    applied_on: date
    authority: Authority
    applicant: Applicant
    use: Use
    provision: str
    reason: str
    instruction: Instruction
    reprint: Reprint | None = None
    seal_omitted: bool = True
    words: Words | None = None
    check: Check | None = None

    def __post_init__(self) -> None:
        if not (self.provision.strip() and self.reason.strip()):
            raise ValueError("A refusal states its provision and its reason")


@dataclass(frozen=True, slots=True)
class NoticeSheet:
    """A notice in rows: 使用許可取消通知書, 使用変更許可書, and the notice of a measure (利用停止通知書 …).

    ``instruction`` (教示) is owed where the act is to somebody's disadvantage, and missing for a change as asked for.
    """

    form: Form
    number: str
    issued_on: date
    authority: Authority
    applicant: Applicant
    title: str
    opening: str
    rows: tuple[tuple[str, str], ...]
    instruction: Instruction | None
    reprint: Reprint | None = None
    seal_omitted: bool = True
    words: Words | None = None
    check: Check | None = None


@dataclass(frozen=True, slots=True)
class ReductionSheet:
    """減免決定通知書: ``granted`` or not, the clause and ground asked for, what is to be paid then, a refusal's reason.

    A refusal without a reason is no such document, hence ValueError.
    """

    form: Form
    number: str
    issued_on: date
    applied_on: date
    authority: Authority
    applicant: Applicant
    use: Use
    granted: bool
    provision: str
    fee: Fee | None
    reason: str = ""
    instructions: tuple[Instruction, ...] = ()
    reprint: Reprint | None = None
    seal_omitted: bool = True
    words: Words | None = None
    check: Check | None = None

    def __post_init__(self) -> None:
        if not self.granted and not self.reason.strip():
            raise ValueError("A refusal states its reason")


@dataclass(frozen=True, slots=True)
class ReceiptSheet:
    """領収書: who paid how much of what, with the tax in it (適格請求書の記載事項) and who received it.

    ``purpose`` is what stands after 但し; ``rate`` and ``tax`` are worded (10％, 227円), empty where nothing is taxed.
    """

    facility: str
    number: str
    issued_on: date
    payer: str
    amount: str
    purpose: str
    method: str
    rate: str
    tax: str
    authority: Authority
    invoice_number: str = ""
    reprint: Reprint | None = None
    words: Words | None = None
    check: Check | None = None
