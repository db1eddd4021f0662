"""What stands on the official forms of a booking, from the booking and from who issues them."""

from __future__ import annotations

import datetime as dt

from apps.bookings.documents.data import (
    Applicant,
    ApplicationSheet,
    Fee,
    FeeColumn,
    Form,
    PermitSheet,
    Reduction,
    RefusalSheet,
    ResponsiblePerson,
    Use,
)
from apps.bookings.models import Booking
from apps.bookings.rules.form_texts import APPLICATION, CONDITIONS, PERMIT, REFUSAL, FormText
from apps.bookings.rules.grounds import Ground, provision
from apps.bookings.rules.instruction import Act, Instruction, instruction_for
from apps.bookings.rules.issuer import Issuer
from apps.bookings.rules.numbering import document_number
from apps.bookings.rules.wording import period
from apps.registrants.models import Registrant
from kernel.clock import TOKYO

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
