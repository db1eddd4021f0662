"""Reading all that is known of one booking, for the staff of its facility."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from apps.bookings.errors import UnknownBookingError
from apps.bookings.models import Booking, BookingAct, ChangeRequest, ChangeState, Document, PenaltyPoint, StaffNote
from shared.staff.models import StaffAccount


@dataclass(frozen=True, slots=True)
class Deed:
    """A line of the history: what was done, by whom, why. ``name`` is a staff member's, or empty."""

    at: dt.datetime
    act: str
    actor_kind: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Note:
    """A remark among staff (職員備考) with its author's name."""

    at: dt.datetime
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class BookingFile:
    """A booking with its history, notes and documents."""

    booking: Booking
    deeds: tuple[Deed, ...]
    notes: tuple[Note, ...]
    documents: tuple[Document, ...]
    change: ChangeRequest | None
    """A change that was asked for and waits for the decision."""
    points: tuple[PenaltyPoint, ...]


def desk_booking(booking: UUID) -> Booking:
    """A booking with registrant, room, facility and purpose; ``UnknownBookingError`` if there is none here."""
    related = ("registrant", "room__facility", "purpose")
    found = Booking.objects.select_related(*related).filter(pk=booking).first()
    if found is None:
        raise UnknownBookingError
    return found


def bookings_by_id(bookings: Collection[UUID]) -> dict[UUID, Booking]:
    """Those of the bookings that there are, with registrant, room and facility; one statement."""
    return Booking.objects.select_related("registrant", "room__facility").in_bulk(list(bookings))


def booking_file(booking: UUID) -> BookingFile:
    """The whole file of a booking; seven statements, whatever its length."""
    found = desk_booking(booking)
    acts = list(BookingAct.objects.filter(booking=booking))
    notes = list(StaffNote.objects.filter(booking=booking))
    ids = {act.actor_id for act in acts if act.actor_id} | {note.author for note in notes}
    names = dict(StaffAccount.objects.filter(pk__in=ids).values_list("pk", "name"))
    return BookingFile(
        booking=found,
        deeds=tuple(
            Deed(act.at, act.act, act.actor_kind, names.get(act.actor_id, "") if act.actor_id else "", act.reason)
            for act in acts
        ),
        notes=tuple(Note(note.at, names.get(note.author, ""), note.text) for note in notes),
        documents=tuple(Document.objects.filter(booking=booking)),
        change=ChangeRequest.objects.select_related("room").filter(booking=booking, state=ChangeState.ASKED).first(),
        points=tuple(PenaltyPoint.objects.filter(booking=booking)),
    )
