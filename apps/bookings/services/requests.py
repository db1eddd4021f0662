"""Forms that somebody hands in: blank and filled 使用許可申請書, 使用変更許可申請書, 使用取消届; and the 内容確認票."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final
from uuid import UUID

from apps.bookings.documents.data import ConfirmationSheet, RequestSheet
from apps.bookings.documents.render import application_pdf, confirmation_pdf, request_pdf
from apps.bookings.errors import UnknownDocumentError
from apps.bookings.models import Booking, BookingState, ChangeRequest, ChangeState, Facility, ReductionRequest
from apps.bookings.queries.desk_booking import desk_booking
from apps.bookings.queries.fees import Fee, fee_of, reduction_of
from apps.bookings.queries.own import own_booking
from apps.bookings.rules.states import OCCUPYING, PERMITTED
from apps.bookings.services.extras import extras_of, headcounts_on
from apps.bookings.services.fees.sheets import asked_reduction, printed_fee
from apps.bookings.services.papers import Papers, papers_on
from apps.bookings.services.sheets import (
    BLANK_PERIOD,
    applicant_of,
    application_sheet,
    applied_on,
    blank_application_sheet,
    use_of,
)
from apps.registrants.models import Registrant
from kernel import clock
from kernel.clock import TOKYO
from kernel.yen import format_yen
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record


def print_application(*, actor: Actor, booking: Booking) -> bytes:
    """使用許可申請書 as PDF, addressed to who was in charge on the day of the application, in that day's words.

    Raises ``NoOperatorError``, and ``UnknownDocumentError`` before there is an application.
    """
    if booking.applied_at is None or booking.purpose is None:
        raise UnknownDocumentError
    papers = papers_on(applied_on(booking), booking.room.facility)
    stored = fee_of(booking.pk)
    sheet = application_sheet(
        booking,
        papers,
        fee=printed_fee(stored, papers.issuer.fee_name),
        reduction=asked_reduction(reduction_of(booking.pk)),
        extras=extras_of(booking, stored, for_a_pen=True),
    )
    _audited(actor, booking, "application")
    return application_pdf(sheet)


def print_request(*, actor: Actor, booking: UUID, form: str) -> bytes:
    """A form of any booking, at the desk. ``UnknownBookingError``, ``UnknownDocumentError``, ``NoOperatorError``."""
    found = desk_booking(booking)
    if form not in REQUESTS or found.registrant.forgotten_on is not None:
        raise UnknownDocumentError
    return REQUESTS[form](actor=actor, booking=found)


def print_own_request(*, actor: Actor, booking: UUID, form: str) -> bytes:
    """A form of an own booking, on the portal; its errors are those of ``print_request``."""
    found = own_booking(booking)
    if form not in OWN_REQUESTS:
        raise UnknownDocumentError
    found.registrant = Registrant.objects.only(*ON_A_FORM).get(pk=found.registrant_id)
    return REQUESTS[form](actor=actor, booking=found)


def print_blank_application(*, facility: Facility) -> bytes:
    """使用許可申請書 for a pen, as PDF; it names nobody, so it is not audited. ``NoOperatorError``."""
    papers = papers_on(clock.today(), facility)
    return application_pdf(blank_application_sheet(papers, headcounts_on(papers.on, facility.pk)))


def print_change_application(*, actor: Actor, booking: Booking) -> bytes:
    """使用変更許可申請書 of a permitted booking, filled in with the change that was asked for, if any was.

    ``UnknownDocumentError``, ``NoOperatorError``.
    """
    _check_permitted(booking)
    papers = papers_on(clock.today(), booking.room.facility)
    waiting = ChangeRequest.objects.filter(booking=booking, state=ChangeState.ASKED)
    sheet = change_application_sheet(booking, papers, waiting.select_related("room").first())
    _audited(actor, booking, "change_application")
    return request_pdf(sheet)


def change_application_sheet(booking: Booking, papers: Papers, asked: ChangeRequest | None) -> RequestSheet:
    """使用変更許可申請書; what is not asked for yet is left to a pen."""
    use = use_of(booking, papers)
    rows = (
        ("受付番号", booking.number),
        ("行事名", use.event),
        ("変更前の日時", "　".join(use.periods)),
        ("変更前の室場", "　".join(use.rooms)),
        ("変更後の日時", papers.day(asked.day) if asked else BLANK_PERIOD),
        ("変更後の室場", asked.room.name if asked else ""),
        ("変更の理由", ""),
    )
    day = asked.asked_at.astimezone(TOKYO).date() if asked else None
    return _request("change_application", booking, papers, rows, day)


def print_giving_up(*, actor: Actor, booking: Booking) -> bytes:
    """使用取消届 of a permitted booking, to be signed. ``UnknownDocumentError``, ``NoOperatorError``."""
    _check_permitted(booking)
    sheet = giving_up_sheet(booking, papers_on(clock.today(), booking.room.facility))
    _audited(actor, booking, "giving_up")
    return request_pdf(sheet)


def giving_up_sheet(booking: Booking, papers: Papers) -> RequestSheet:
    """使用取消届, but for the reason and the date."""
    use = use_of(booking, papers)
    rows = (
        ("受付番号", booking.number),
        ("行事名", use.event),
        ("使用目的", use.purpose),
        ("使用日時", "　".join(use.periods)),
        ("使用室場", "　".join(use.rooms)),
        ("取消しの理由", ""),
    )
    return _request("giving_up", booking, papers, rows, None)


def print_reduction_application(*, actor: Actor, booking: Booking) -> bytes:
    """減免申請書 of a booking that stands, with what was asked for, or to be filled in by a pen.

    ``UnknownDocumentError``, ``NoOperatorError``.
    """
    if booking.applied_at is None or booking.state not in OCCUPYING:
        raise UnknownDocumentError
    papers = papers_on(clock.today(), booking.room.facility)
    sheet = reduction_application_sheet(booking, papers, reduction_of(booking.pk))
    _audited(actor, booking, "reduction_application")
    return request_pdf(sheet)


def reduction_application_sheet(booking: Booking, papers: Papers, asked: ReductionRequest | None) -> RequestSheet:
    """減免申請書; what is not known is left to a pen."""
    use = use_of(booking, papers)
    rows = (
        ("受付番号", booking.number),
        ("行事名", use.event),
        ("使用目的", use.purpose),
        ("使用日時", "　".join(use.periods)),
        ("使用室場", "　".join(use.rooms)),
        ("減免の事由", f"{asked.article}　{asked.ground_label}" if asked else "第　　条第　　号該当"),
        ("減免の理由", ""),
        ("証明書類", ""),
    )
    day = asked.asked_at.astimezone(TOKYO).date() if asked else None
    return _request("reduction_application", booking, papers, rows, day)


def print_confirmation(*, actor: Actor, booking: Booking) -> bytes:
    """内容確認票 of a booking that stands, for whoever booked it. ``UnknownDocumentError``, ``NoOperatorError``."""
    if booking.applied_at is None or booking.state not in OCCUPYING:
        raise UnknownDocumentError
    papers = papers_on(clock.today(), booking.room.facility)
    sheet = confirmation_sheet(booking, papers, fee_of(booking.pk))
    _audited(actor, booking, "confirmation")
    return confirmation_pdf(sheet)


def confirmation_sheet(booking: Booking, papers: Papers, fee: Fee | None) -> ConfirmationSheet:
    """内容確認票 as of today."""
    return ConfirmationSheet(
        facility=papers.issuer.full_facility,
        printed_on=papers.on,
        rows=_confirmed(booking, papers, fee),
        words=papers.words("confirmation"),
        notes=papers.notes("confirmation"),
    )


def _confirmed(booking: Booking, papers: Papers, fee: Fee | None) -> tuple[tuple[str, str], ...]:
    applied = (booking.applied_at or booking.created_at).astimezone(TOKYO)
    use = use_of(booking, papers)
    return (
        ("利用者ID", booking.registrant.number),
        ("お名前", booking.registrant.group_name or booking.registrant.person_name),
        ("受付番号", booking.number),
        ("受付日時", f"{papers.day(applied.date())}　{applied:%H:%M}"),
        ("予約の状態", str(BookingState(booking.state).label)),
        ("利用日時", "　".join(use.periods)),
        ("施設", papers.issuer.full_facility),
        ("室場", "　".join(use.rooms)),
        ("目的", "　".join(one for one in (use.purpose, use.event) if one)),
        ("人数", use.attendance),
        (papers.issuer.fee_name, format_yen(fee.sheet.total) if fee else "―"),
        ("支払期限", _pay_by(booking, papers, fee)),
    )


def _pay_by(booking: Booking, papers: Papers, fee: Fee | None) -> str:
    """The fee's own day (納付期限); of a 仮予約 whose fee has none, the end of the 仮予約."""
    if fee is not None and fee.sheet.due_on is not None:
        return papers.day(fee.sheet.due_on)
    due = booking.due_at.astimezone(TOKYO) if booking.due_at else None
    return f"{papers.day(due.date())}　{due:%H:%M}" if due else "―"


def _request(
    document: str, booking: Booking, papers: Papers, rows: tuple[tuple[str, str], ...], day: dt.date | None
) -> RequestSheet:
    return RequestSheet(
        form=papers.form(document),
        reception_number=booking.number,
        applied_on=day,
        authority=papers.issuer.authority,
        applicant=applicant_of(booking.registrant),
        rows=rows,
        words=papers.words(document),
        notes=papers.notes(document),
        approvals=papers.options.approvals,
    )


def _check_permitted(booking: Booking) -> None:
    if booking.state != PERMITTED:
        raise UnknownDocumentError


def _audited(actor: Actor, booking: Booking, form: str) -> None:
    record(actor, Action.PRINT, object_type="booking", object_id=booking.pk, persons=[booking.registrant_id], form=form)


REQUESTS: Final[dict[str, Callable[..., bytes]]] = {
    "application": print_application,
    "change_application": print_change_application,
    "giving_up": print_giving_up,
    "reduction_application": print_reduction_application,
    "confirmation": print_confirmation,
}
"""Forms that are made from the booking as it is."""
OWN_REQUESTS: Final = ("confirmation", "change_application", "giving_up", "reduction_application")
"""Those that a citizen prints. What the facility issues, the facility hands out."""
ON_A_FORM: Final = ("number", "group_name", "family_name", "given_name", "address", "phone")
"""What a form states of the registrant; the portal's role reads no more."""
