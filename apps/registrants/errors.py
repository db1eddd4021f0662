"""What can be wrong with a registration (登録): stable codes, told by ``apps.registrants.texts``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from kernel.errors import DomainError


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing to be settled before a closing: ``what`` it is in words, its ``label``, and the page that shows it."""

    what: str
    label: str
    day: dt.date | None
    """The day of use; None: it stands in the way whatever the day of closing."""
    view: str
    """Name of the desk's address, which takes ``target``."""
    target: UUID
    own_view: str = ""
    """Name of the portal's address that takes tenant and ``target``; empty where the citizen has no page for it."""


class RegistrantError(DomainError):
    """Any rule of registration that was not met."""


class UnknownRegistrantError(RegistrantError):
    """No such registrant here."""

    code = "no_such_registrant"
    status = 404


class WrongStateError(RegistrantError):
    """The registration's state does not allow this act."""

    code = "registration_in_wrong_state"
    status = 409


class StaleRegistrationError(RegistrantError):
    """Somebody else has changed the registration since the page was shown."""

    code = "stale_registration"
    status = 409


class ReasonMissingError(RegistrantError):
    """An act that needs a reason has none."""

    code = "registration_reason_missing"


class ReasonTooLongError(RegistrantError):
    """A reason longer than what is kept."""

    code = "registration_reason_too_long"


class ActInPastError(RegistrantError):
    """The day from which an act is to hold is over."""

    code = "act_day_in_past"


class BeforeRegistrationError(RegistrantError):
    """The day from which an act is to hold is before the registration."""

    code = "act_before_registration"


class PeriodBackwardsError(RegistrantError):
    """A suspension would end before it begins."""

    code = "period_backwards"


class RenewalNotLaterError(RegistrantError):
    """A renewal that ends no later than the registration does already, or is over."""

    code = "renewal_not_later"


class ClosingObstructedError(RegistrantError):
    """Future bookings or unpaid charges stand in the way of closing. ``obstacles`` says which."""

    code = "closing_obstructed"
    status = 409

    def __init__(self, obstacles: Sequence[Obstacle]) -> None:
        super().__init__(count=len(obstacles))
        self.obstacles = tuple(obstacles)


class PossibleDuplicateError(RegistrantError):
    """Somebody who may be the same person is registered here, and nobody has said that it is another."""

    code = "possible_duplicate"
    status = 409
