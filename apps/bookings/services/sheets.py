"""What stands on the official forms of a booking, from the booking and from what documents are made with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from apps.bookings.documents.data import (
    Applicant,
    ApplicationSheet,
    Check,
    CombinedSheet,
    EquipmentLine,
    Fee,
    FeeColumn,
    NoticeSheet,
    PermitSheet,
    Question,
    Reduction,
    RefusalSheet,
    ResponsiblePerson,
    Use,
)
from apps.bookings.models import Booking, Measure, MeasureKind, MeasureScope
from apps.bookings.queries.equipment import reserved
from apps.bookings.rules.grounds import Ground
from apps.bookings.rules.instruction import Act, Instruction
from apps.bookings.rules.numbering import document_number
from apps.bookings.rules.wording import period
from apps.bookings.services.papers import WIDE, Papers
from apps.registrants.models import Registrant
from kernel.clock import TOKYO


@dataclass(frozen=True, slots=True)
class Extras:
    """What a form states beside the booking's own columns: 附属設備, the questions, 人員の区分 for a pen."""

    equipment: tuple[EquipmentLine, ...] = ()
    questions: tuple[Question, ...] = ()
    headcounts: tuple[str, ...] = ()


FEE_STEPS = ("基本", "加算", "減免", "小計", "冷暖房", "設備")
"""The columns of the office's fee box; they stay empty where no fee was computed."""
QUESTIONS = ("入場料等", "営利・販売", "準備・リハ", "冷暖房", "飲食・火気", "音出し")
"""What every application asks; where nothing is known of it neither 無 nor 有 is ticked."""

BLANK_PERIOD = "令和　　年　　月　　日（　）　午前・午後・夜間　　時　　分〜　　時　　分"


def application_sheet(
    booking: Booking, papers: Papers, *, fee: Fee | None = None, reduction: Reduction | None = None, extras: Extras
) -> ApplicationSheet:
    """使用許可申請書 of an application, as a form to be signed or filed. What was not asked for stays off it.

    ``fee`` and ``reduction`` are the fee as it stands and the reduction asked for; without a fee its columns are empty.
    """
    applicant = applicant_of(booking.registrant)
    return ApplicationSheet(
        form=papers.form("application"),
        reception_number=booking.number,
        received_on=applied_on(booking),
        applied_on=applied_on(booking),
        authority=papers.issuer.authority,
        applicant=applicant,
        use=use_of(booking, papers, extras),
        questions=extras.questions,
        responsible=ResponsiblePerson(applicant.name, applicant.phone),
        reduction=reduction,
        fee=fee or empty_fee(papers),
        approvals=papers.options.approvals,
        notes=papers.notes("application"),
        reduction_asked=fee is not None,
        words=papers.words("application"),
    )


def blank_application_sheet(papers: Papers, headcounts: tuple[str, ...] = ()) -> ApplicationSheet:
    """使用許可申請書 for a pen: nothing on it but the facility's words."""
    return ApplicationSheet(
        form=papers.form("application"),
        reception_number="",
        received_on=None,
        applied_on=None,
        authority=papers.issuer.authority,
        applicant=Applicant("", "", group="　"),
        use=Use("", "", (BLANK_PERIOD,), ("",), "　　　人", _to_fill(headcounts)),
        questions=tuple(Question(label, None) for label in QUESTIONS),
        responsible=ResponsiblePerson("氏名　　　　　　　　　　", address="　"),
        reduction=None,
        fee=empty_fee(papers),
        approvals=papers.options.approvals,
        notes=papers.notes("application"),
        reduction_asked=False,
        words=papers.words("application"),
    )


def empty_fee(papers: Papers) -> Fee:
    """The office's fee box without figures."""
    return Fee(papers.issuer.fee_name, tuple(FeeColumn(label, "") for label in FEE_STEPS), total="")


def permit_sheet(
    booking: Booking,
    papers: Papers,
    *,
    serial: int,
    fee: Fee | None = None,
    reduction: Reduction | None = None,
    extras: Extras,
    check: Check | None = None,
) -> PermitSheet:
    """使用許可書 number ``serial``, with the conditions that hold and the 教示 that is owed for them.

    ``fee`` and ``reduction`` are what was computed and granted; a fee that is computed brings its own 教示. Where the
    facility joins the two, a reduction that was granted makes it 許可書兼減免決定通知書.
    """
    conditions = papers.notes("permit", "conditions")
    owed = [papers.instruction(Act.CONDITIONAL_PERMIT if conditions else Act.PERMIT)]
    if fee is not None:
        owed.append(papers.instruction(Act.FEE))
    asked = applied_on(booking)
    words = papers.words("permit", asked=asked)
    if reduction is not None and papers.options.with_reduction:
        joint = papers.words(
            "permit", title="combined.reduction_title", opening="combined.reduction_opening", asked=asked
        )
        words = replace(joint, texts=(*words.texts, *papers.wording.versions("combined")))
    return PermitSheet(
        form=papers.form("permit"),
        number=document_number(papers.issuer.symbol, serial),
        issued_on=papers.on,
        applied_on=asked,
        authority=papers.issuer.authority,
        applicant=applicant_of(booking.registrant),
        use=use_of(booking, papers, replace(extras, headcounts=())),
        fee=fee or Fee(papers.issuer.fee_name, (), total=papers.issuer.fee_rule),
        reduction=reduction,
        conditions=conditions,
        instructions=tuple(one for one in owed if one is not None),
        words=words,
        check=check,
    )


def combined_sheet(application: ApplicationSheet, permit: PermitSheet, papers: Papers) -> CombinedSheet:
    """申請書兼許可書: both on one sheet, under one title."""
    fields = papers.fields()
    title = papers.wording.line("combined.title", fields)
    words = application.words or papers.words("application")
    texts = (*words.texts, *papers.wording.versions("combined"))
    return CombinedSheet(replace(application, words=replace(words, title=title, back=(), texts=texts)), permit)


def refusal_sheet(
    booking: Booking, papers: Papers, ground: Ground, *, serial: int, check: Check | None = None
) -> RefusalSheet:
    """使用不許可通知書 number ``serial`` with the provision applied, the booking's reason and 教示."""
    return RefusalSheet(
        form=papers.form("refusal"),
        number=document_number(papers.issuer.symbol, serial),
        issued_on=papers.on,
        applied_on=applied_on(booking),
        authority=papers.issuer.authority,
        applicant=applicant_of(booking.registrant),
        use=use_of(booking, papers),
        provision=papers.ground(ground),
        reason=booking.reason,
        instruction=papers.owed(Act.REFUSAL),
        words=papers.words("refusal", asked=applied_on(booking)),
        check=check,
    )


def revocation_sheet(
    booking: Booking, papers: Papers, ground: Ground, *, serial: int, check: Check | None = None
) -> NoticeSheet:
    """使用許可取消通知書 number ``serial`` with the provision applied, the booking's reason and 教示."""
    rows = (
        *_use_rows(use_of(booking, papers)),
        ("根拠規定", papers.ground(ground)),
        ("取消しの理由", booking.reason),
    )
    return notice(
        booking.registrant,
        papers,
        "revocation",
        rows,
        serial=serial,
        check=check,
        instruction=papers.owed(Act.REVOCATION),
    )


def change_sheet(
    booking: Booking, papers: Papers, before: Use, *, serial: int, check: Check | None = None
) -> NoticeSheet:
    """使用変更許可書 number ``serial``: the use as it was and as it is."""
    after = use_of(booking, papers)
    rows = (
        ("受付番号", booking.number),
        ("行事名", after.event or "―"),
        ("変更前の日時", "　".join(before.periods)),
        ("変更前の室場", "　".join(before.rooms)),
        ("変更後の日時", "　".join(after.periods)),
        ("変更後の室場", "　".join(after.rooms)),
        ("使用人数", after.attendance),
        *_equipment_rows(before, after),
    )
    return notice(booking.registrant, papers, "change", rows, serial=serial, check=check)


def cancellation_sheet(
    booking: Booking, papers: Papers, permit: str, *, serial: int, check: Check | None = None
) -> NoticeSheet:
    """使用取消承認通知書 number ``serial``: the permitted use that was given up as asked; ``permit`` is its number."""
    ended = (booking.ended_at or booking.created_at).astimezone(TOKYO).date()
    rows = (
        ("受付番号", booking.number),
        *((("許可書の番号", permit),) if permit else ()),
        *_use_rows(use_of(booking, papers)),
        ("取消しの日", papers.day(ended)),
        *((("還付の割合", f"{booking.refund_percent}％"),) if booking.refund_percent is not None else ()),
    )
    return notice(booking.registrant, papers, "cancellation", rows, serial=serial, check=check)


MEASURE_TITLES = {
    MeasureKind.WARN: "measure.title",
    MeasureKind.NO_DRAW: "measure.no_draw",
    MeasureKind.FEWER: "measure.fewer",
    MeasureKind.SUSPEND: "measure.suspend",
    MeasureKind.STRIKE: "measure.strike",
}


def measure_sheet(measure: Measure, papers: Papers, *, serial: int, check: Check | None = None) -> NoticeSheet:
    """The notice of a measure that was decided, with its span, the points it rests on, the reason and 教示."""
    kind = MeasureKind(measure.kind)
    last = papers.day(measure.last) + "まで" if measure.last else "期限なし"
    span = f"{papers.day(measure.first)}から{last}" if measure.first and kind is not MeasureKind.WARN else "―"
    rows = (
        ("措置", str(kind.label)),
        ("範囲", measure.facility.name if measure.scope == MeasureScope.FACILITY else "全館"),
        ("期間", span),
        ("根拠の点数", f"{measure.points.normalize():f}点"),
        ("理由", measure.reason),
    )
    instruction = None if kind is MeasureKind.WARN else papers.owed(Act.SUSPENSION)
    return notice(
        measure.registrant,
        papers,
        "measure",
        rows,
        serial=serial,
        check=check,
        instruction=instruction,
        title=MEASURE_TITLES[kind],
    )


def notice(
    registrant: Registrant,
    papers: Papers,
    document: str,
    rows: tuple[tuple[str, str], ...],
    *,
    serial: int,
    check: Check | None,
    instruction: Instruction | None = None,
    title: str = "",
    opening: str = "",
) -> NoticeSheet:
    """A numbered notice in ``rows`` to ``registrant``; ``title`` and ``opening`` name other blocks than the form's."""
    words = papers.words(document, title=title, opening=opening)
    return NoticeSheet(
        form=papers.form(document),
        number=document_number(papers.issuer.symbol, serial),
        issued_on=papers.on,
        authority=papers.issuer.authority,
        applicant=applicant_of(registrant),
        title=words.title,
        opening=words.opening,
        rows=rows,
        instruction=instruction,
        words=words,
        check=check,
    )


def _reserved(booking: Booking) -> tuple[EquipmentLine, ...]:
    return tuple(EquipmentLine(one.kind.name, f"{one.quantity}{one.kind.unit}") for one in reserved(booking.pk))


def _equipment_rows(before: Use, after: Use) -> tuple[tuple[str, str], ...]:
    """附属設備 as it was and as it is, where it changes."""
    if before.equipment == after.equipment:
        return ()
    was, now = ("、".join(f"{one.name}　{one.quantity}" for one in use.equipment) or "なし" for use in (before, after))
    return (("変更前の附属設備", was), ("変更後の附属設備", now))


def _use_rows(use: Use) -> tuple[tuple[str, str], ...]:
    return (
        ("行事名", use.event or "―"),
        ("使用目的", use.purpose or "―"),
        ("使用日時", "　".join(use.periods)),
        ("使用室場", "　".join(use.rooms)),
    )


def applicant_of(registrant: Registrant) -> Applicant:
    """申請者: the group with its representative, or the person."""
    return Applicant(
        address=registrant.address,
        name=registrant.person_name,
        group=registrant.group_name,
        phone=registrant.phone,
        registration_number=registrant.number,
    )


def use_of(booking: Booking, papers: Papers | None = None, extras: Extras | None = None) -> Use:
    """The use as application and answer both word it, with what is known beside the booking (``extras``)."""
    when = period(booking.day, booking.slot_labels, booking.during.lower, booking.during.upper)
    return Use(
        event=booking.event_name,
        purpose=booking.purpose.name if booking.purpose else "",
        periods=(when.translate(WIDE) if papers and papers.options.wide_numerals else when,),
        rooms=(booking.room.name,),
        attendance=f"{booking.headcount}人",
        attendance_details=_to_fill(extras.headcounts) if extras else (),
        equipment=extras.equipment if extras else _reserved(booking),
    )


def _to_fill(headcounts: tuple[str, ...]) -> tuple[str, ...]:
    """The facility's own categories of people, for a pen."""
    return tuple(f"{name}　　　人" for name in headcounts)


def applied_on(booking: Booking) -> dt.date:
    """The day in Japan on which the application came in."""
    return (booking.applied_at or booking.created_at).astimezone(TOKYO).date()
