"""The fee as the official forms print it: the columns ① to ⑦, and the notice about a reduction."""

from __future__ import annotations

import datetime as dt
from typing import Final

from apps.bookings.documents.data import Fee as PrintedFee
from apps.bookings.documents.data import FeeColumn, Reduction, ReductionSheet
from apps.bookings.models import Booking, ReductionRequest, ReductionState
from apps.bookings.queries.fees import Fee
from apps.bookings.rules.fees.lines import Column, Line, Step
from apps.bookings.rules.fees.wording import ratio_word
from apps.bookings.rules.form_texts import REDUCTION
from apps.bookings.rules.instruction import Act, instruction_for
from apps.bookings.rules.issuer import Issuer
from apps.bookings.rules.numbering import document_number
from apps.bookings.services import sheets
from kernel.clock import TOKYO
from kernel.yen import format_yen

LABELS: Final = {
    Column.BASE: "基本",
    Column.SURCHARGE: "加算",
    Column.REDUCTION: "減免",
    Column.SUBTOTAL: "小計",
    Column.CLIMATE: "冷暖房",
    Column.EQUIPMENT: "設備",
}
RATED: Final = {Column.SURCHARGE: Step.SURCHARGE, Column.REDUCTION: Step.REDUCTION, Column.CLIMATE: Step.CLIMATE}


def printed_fee(fee: Fee | None, name: str) -> PrintedFee | None:
    """The fee with its columns, as computed; None where none was."""
    if fee is None:
        return None
    columns = [
        FeeColumn(LABELS[column], signed(amount), _rate(fee.lines, column))
        for column, amount in fee.columns()
        if column in LABELS
    ]
    return PrintedFee(name, tuple(columns), total=format_yen(fee.sheet.total), due=fee.sheet.due_on)


def printed_reduction(asked: ReductionRequest | None) -> Reduction | None:
    """The reduction that was granted, by its clause."""
    if asked is None or asked.state != ReductionState.GRANTED:
        return None
    return Reduction(f"{asked.article}（{asked.ground_label}）")


def asked_reduction(asked: ReductionRequest | None) -> Reduction | None:
    """The reduction that was asked for, whatever became of it."""
    return None if asked is None else Reduction(asked.article, asked.ground_label)


def reduction_sheet(
    booking: Booking,
    issuer: Issuer,
    asked: ReductionRequest,
    fee: Fee | None,
    *,
    granted: bool,
    reason: str,
    serial: int,
    on: dt.date,
) -> ReductionSheet:
    """減免決定通知書 number ``serial``, decided on the day ``on``; a refusal carries 教示 where one is owed."""
    instruction = None
    if not granted:
        act = Act.REDUCTION_REFUSAL
        instruction = instruction_for(act=act, authority=issuer.authority, regime=issuer.regime, on=on)
    return ReductionSheet(
        form=sheets.form_of(REDUCTION, issuer),
        number=document_number(issuer.symbol, serial),
        issued_on=on,
        applied_on=asked.asked_at.astimezone(TOKYO).date(),
        authority=issuer.authority,
        applicant=sheets.applicant_of(booking.registrant),
        use=sheets.use_of(booking),
        granted=granted,
        provision=f"{issuer.ordinance}{asked.article}（{asked.ground_label}）",
        fee=printed_fee(fee, issuer.fee_name),
        reason=reason,
        instructions=(instruction,) if instruction else (),
    )


def signed(amount: int) -> str:
    """2,500円; what is taken off as △2,500円."""
    return f"△{format_yen(-amount)}" if amount < 0 else format_yen(amount)


def _rate(lines: tuple[Line, ...], column: Column) -> str:
    """The ratio of a column, where one line alone makes it."""
    made = [line for line in lines if line.column is column and line.step is RATED.get(column) and "/" not in line.key]
    return ratio_word(made[0]) if len(made) == 1 else ""
