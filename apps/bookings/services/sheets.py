"""What stands on the official forms of a booking, from the booking and from who issues them."""

from __future__ import annotations

import datetime as dt

from apps.bookings.documents.data import (
    Applicant,
    ApplicationSheet,
    Fee,
    FeeColumn,
    Form,
    NoticeSheet,
    PermitSheet,
    Reduction,
    RefusalSheet,
    ResponsiblePerson,
    Use,
)
from apps.bookings.models import Booking, Measure, MeasureKind, MeasureScope
from apps.bookings.rules.form_texts import (
    APPLICATION,
    CHANGE,
    CONDITIONS,
    MEASURE,
    PERMIT,
    REFUSAL,
    REVOCATION,
    FormText,
)
from apps.bookings.rules.grounds import Ground, provision
from apps.bookings.rules.instruction import Act, Instruction, instruction_for
from apps.bookings.rules.issuer import Issuer
from apps.bookings.rules.numbering import document_number
from apps.bookings.rules.wording import period
from apps.registrants.models import Registrant
from kernel.clock import TOKYO
from kernel.wareki import format_date

FEE_STEPS = ("基本", "加算", "減免", "冷暖房", "設備")
"""The columns of the office's fee box; they stay empty where no fee was computed."""


def application_sheet(
    booking: Booking, issuer: Issuer, *, fee: Fee | None = None, reduction: Reduction | None = None
) -> ApplicationSheet:
    """使用許可申請書 of an application, as a form to be signed or filed. What was not asked for stays off it.

    ``fee`` and ``reduction`` are the fee as it stands and the reduction asked for; without a fee its columns are empty.
    """
    applicant = applicant_of(booking.registrant)
    return ApplicationSheet(
        form=form_of(APPLICATION, issuer),
        reception_number=booking.number,
        received_on=applied_on(booking),
        applied_on=applied_on(booking),
        authority=issuer.authority,
        applicant=applicant,
        use=use_of(booking),
        questions=(),
        responsible=ResponsiblePerson(applicant.name, applicant.phone),
        reduction=reduction,
        fee=fee or Fee(issuer.fee_name, tuple(FeeColumn(label, "") for label in FEE_STEPS), total=""),
        reduction_asked=fee is not None,
    )


def permit_sheet(
    booking: Booking,
    issuer: Issuer,
    *,
    serial: int,
    on: dt.date,
    fee: Fee | None = None,
    reduction: Reduction | None = None,
) -> PermitSheet:
    """使用許可書 number ``serial``, issued on the day ``on``, with its conditions and so with 教示.

    ``fee`` and ``reduction`` are what was computed and granted; a fee that is computed brings its own 教示.
    """
    owed = [_instruction(Act.CONDITIONAL_PERMIT, issuer, on)]
    if fee is not None:
        of_fee = instruction_for(act=Act.FEE, authority=issuer.authority, regime=issuer.regime, on=on)
        owed += [of_fee] if of_fee else []
    return PermitSheet(
        form=form_of(PERMIT, issuer),
        number=document_number(issuer.symbol, serial),
        issued_on=on,
        applied_on=applied_on(booking),
        authority=issuer.authority,
        applicant=applicant_of(booking.registrant),
        use=use_of(booking),
        fee=fee or Fee(issuer.fee_name, (), total=issuer.fee_rule),
        reduction=reduction,
        conditions=CONDITIONS,
        instructions=tuple(owed),
    )


def refusal_sheet(booking: Booking, issuer: Issuer, ground: Ground, *, serial: int, on: dt.date) -> RefusalSheet:
    """使用不許可通知書 number ``serial`` with the provision applied, the booking's reason and 教示."""
    return RefusalSheet(
        form=form_of(REFUSAL, issuer),
        number=document_number(issuer.symbol, serial),
        issued_on=on,
        applied_on=applied_on(booking),
        authority=issuer.authority,
        applicant=applicant_of(booking.registrant),
        use=use_of(booking),
        provision=provision(issuer.ordinance, ground),
        reason=booking.reason,
        instruction=_instruction(Act.REFUSAL, issuer, on),
    )


def revocation_sheet(booking: Booking, issuer: Issuer, ground: Ground, *, serial: int, on: dt.date) -> NoticeSheet:
    """使用許可取消通知書 number ``serial`` with the provision applied, the booking's reason and 教示."""
    use = use_of(booking)
    return NoticeSheet(
        form=form_of(REVOCATION, issuer),
        number=document_number(issuer.symbol, serial),
        issued_on=on,
        authority=issuer.authority,
        applicant=applicant_of(booking.registrant),
        title="使用許可取消通知書",
        opening="次の使用の許可を、下記の理由により取り消したので通知します。",
        rows=(
            *_use_rows(use),
            ("根拠規定", provision(issuer.ordinance, ground)),
            ("取消しの理由", booking.reason),
        ),
        instruction=_instruction(Act.REVOCATION, issuer, on),
    )


def change_sheet(booking: Booking, issuer: Issuer, before: Use, *, serial: int, on: dt.date) -> NoticeSheet:
    """使用変更許可書 number ``serial``: the use as it was and as it is."""
    after = use_of(booking)
    return NoticeSheet(
        form=form_of(CHANGE, issuer),
        number=document_number(issuer.symbol, serial),
        issued_on=on,
        authority=issuer.authority,
        applicant=applicant_of(booking.registrant),
        title="使用変更許可書",
        opening="申請のあった使用の変更について、次のとおり許可します。",
        rows=(
            ("受付番号", booking.number),
            ("行事名", after.event or "―"),
            ("変更前の日時", "　".join(before.periods)),
            ("変更前の室場", "　".join(before.rooms)),
            ("変更後の日時", "　".join(after.periods)),
            ("変更後の室場", "　".join(after.rooms)),
            ("使用人数", after.attendance),
        ),
        instruction=None,
    )


MEASURE_TITLES = {
    MeasureKind.WARN: "警告書",
    MeasureKind.NO_DRAW: "抽選申込停止通知書",
    MeasureKind.FEWER: "申込数制限通知書",
    MeasureKind.SUSPEND: "利用停止通知書",
    MeasureKind.STRIKE: "登録抹消通知書",
}


def measure_sheet(measure: Measure, issuer: Issuer, *, serial: int, on: dt.date) -> NoticeSheet:
    """The notice of a measure that was decided, with its span, the points it rests on, the reason and 教示."""
    kind = MeasureKind(measure.kind)
    last = format_date(measure.last) + "まで" if measure.last else "期限なし"
    span = f"{format_date(measure.first)}から{last}" if measure.first and kind is not MeasureKind.WARN else "―"
    return NoticeSheet(
        form=form_of(MEASURE, issuer),
        number=document_number(issuer.symbol, serial),
        issued_on=on,
        authority=issuer.authority,
        applicant=applicant_of(measure.registrant),
        title=MEASURE_TITLES[kind],
        opening="次のとおり決定したので通知します。",
        rows=(
            ("措置", str(kind.label)),
            ("範囲", measure.facility.name if measure.scope == MeasureScope.FACILITY else "全館"),
            ("期間", span),
            ("根拠の点数", f"{measure.points.normalize():f}点"),
            ("理由", measure.reason),
        ),
        instruction=None if kind is MeasureKind.WARN else _instruction(Act.SUSPENSION, issuer, on),
    )


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


def use_of(booking: Booking) -> Use:
    """The use as application and answer both word it."""
    return Use(
        event=booking.event_name,
        purpose=booking.purpose.name if booking.purpose else "",
        periods=(period(booking.day, booking.slot_labels, booking.during.lower, booking.during.upper),),
        rooms=(booking.room.name,),
        attendance=f"{booking.headcount}人",
    )


def applied_on(booking: Booking) -> dt.date:
    """The day in Japan on which the application came in."""
    return (booking.applied_at or booking.created_at).astimezone(TOKYO).date()


def form_of(text: FormText, issuer: Issuer) -> Form:
    """Which form it is, and the provision that it rests on."""
    return Form(text.number, issuer.full_facility, text.basis(issuer.ordinance))


def _instruction(act: Act, issuer: Issuer, on: dt.date) -> Instruction:
    found = instruction_for(act=act, authority=issuer.authority, regime=issuer.regime, on=on)
    assert found is not None  # noqa: S101  # owed for these acts
    return found
