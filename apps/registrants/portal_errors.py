"""What can be wrong between a citizen at the portal and a facility: stable codes, told by ``portal_texts``."""

from __future__ import annotations

from collections.abc import Sequence

from apps.registrants.errors import Obstacle, RegistrantError


class AlreadyLinkedError(RegistrantError):
    """An account holds the registration already; it must be taken away first."""

    code = "already_linked"
    status = 409


class NotLinkedError(RegistrantError):
    """No account holds the registration."""

    code = "not_linked"
    status = 409


class WrongLinkCodeError(RegistrantError):
    """No open code of this number is the one that was typed."""

    code = "wrong_link_code"


class LinkedElsewhereError(RegistrantError):
    """Another account holds the registration."""

    code = "linked_elsewhere"
    status = 409


class OpenProvisionalError(RegistrantError):
    """The account has a 仮登録 at this facility that waits to be completed."""

    code = "open_provisional"
    status = 409


class AskedAlreadyError(RegistrantError):
    """A request of this kind waits for its answer."""

    code = "open_request"
    status = 409


class NothingToCorrectError(RegistrantError):
    """What is wished is what is registered, and nothing is said."""

    code = "nothing_to_correct"


class UnknownRequestError(RegistrantError):
    """No such request waits here."""

    code = "no_such_request"
    status = 404


class AnswerMissingError(RegistrantError):
    """Whoever declines says why."""

    code = "answer_missing"


class WithdrawalObstructedError(RegistrantError):
    """Bookings or money stand in the way of ending the registration. ``obstacles`` says which."""

    code = "withdrawal_obstructed"
    status = 409

    def __init__(self, obstacles: Sequence[Obstacle]) -> None:
        super().__init__(count=len(obstacles))
        self.obstacles = tuple(obstacles)


class StrayWishError(RegistrantError):
    """A request wishes for something that cannot be written as it stands."""

    code = "stray_wish"
    status = 409
