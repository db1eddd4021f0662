"""What every act on an existing booking has in common: find it under lock, change it, leave the trace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, models
from django.db.models import F

from apps.bookings.errors import ClosedRegistrationError, UnknownBookingError
from apps.bookings.mail import mail_context
from apps.bookings.models import Booking, BookingAct
from apps.bookings.rules.states import check_act
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together
from shared.outbox.messages import message

OWING_GUARD: Final = "a closed registration comes to owe nothing"
"""How the database refuses it."""


def booking_for(act: str, *, booking: UUID, seen_version: int | None, who: str | None = None) -> Booking:
    """The booking under lock, with room and facility, if its state allows ``act`` (to ``who``); one statement.

    ``account`` is annotated: the portal account to be written to, or None. Raises ``UnknownBookingError``,
    ``StalePageError`` or ``WrongStateError``.
    """
    found = under_lock(booking)
    check_act(act, state=found.state, version=found.version, seen_version=seen_version, who=who)
    return found


def under_lock(booking: UUID) -> Booking:
    """The booking of ``booking_for`` in whatever state: for its money, which outlives its use."""
    found = (
        Booking.objects.select_for_update(of=("self",))
        .select_related("room__facility")
        .annotate(account=F("registrant__portal_account"))
        .filter(pk=booking)
        .first()
    )
    if found is None:
        raise UnknownBookingError
    return found


def change(booking: Booking, **values: Any) -> None:
    """Write ``values`` and count the version up; one statement. ``ClosedRegistrationError``."""
    for name, value in values.items():
        setattr(booking, name, value)
    booking.version += 1
    with owing_told():
        Booking.objects.filter(pk=booking.pk).update(**values, version=booking.version)


@contextmanager
def owing_told() -> Iterator[None]:
    """Tell that a closed registration comes to owe nothing and is owed nothing, where the database refuses it."""
    try:
        yield
    except IntegrityError as error:
        if OWING_GUARD in str(error):
            raise ClosedRegistrationError from None
        raise


def leave_trace(actor: Actor, booking: Booking, act: str, *, mail: str, account: UUID | None, reason: str = "") -> None:
    """Write the act, the audit entry and the mail (``bookings/mail/<mail>``) that go with a change; one statement."""
    insert_together(*traces(actor, booking, act, mail=mail, account=account, reason=reason))


def traces(
    actor: Actor,
    booking: Booking,
    act: str,
    *,
    mail: str,
    account: UUID | None,
    reason: str = "",
    more: Mapping[str, Any] | None = None,
) -> list[models.Model]:
    """The rows of ``leave_trace``, unsaved. Without an account to write to there is no mail; ``more`` it says too."""
    rows: list[models.Model] = [
        BookingAct(
            booking_id=booking.pk, at=clock.now(), act=act, actor_kind=actor.kind, actor_id=actor.id, reason=reason
        ),
        entry(
            actor,
            Action.CHANGE,
            object_type="booking",
            object_id=booking.pk,
            persons=[booking.registrant_id],
            act=act,
        ),
    ]
    if account is not None:
        rows.append(
            message(
                template=f"bookings/mail/{mail}", recipient=account, context=mail_context(booking) | dict(more or {})
            )
        )
    return rows
