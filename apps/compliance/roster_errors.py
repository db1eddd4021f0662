"""What can be wrong with a roster or an account; told by ``apps.compliance.roster_texts``."""

from __future__ import annotations

from typing import Final

from kernel.errors import DomainError


class RosterError(DomainError):
    """A rule of rosters and accounts was not met."""


class UnknownRosterError(RosterError):
    """No such submission here."""

    code = "roster_unknown"
    status = 404


class RosterStateError(RosterError):
    """The submission's state does not allow this."""

    code = "roster_in_wrong_state"
    status = 409


class StaleRosterError(RosterError):
    """Somebody else has changed the submission since the page was made."""

    code = "roster_stale"
    status = 409


class EmptyRosterError(RosterError):
    """A roster without people."""

    code = "roster_empty"


class NoOperatorError(RosterError):
    """Nobody runs the facility, today or later."""

    code = "roster_no_operator"
    status = 409


class ReasonNeededError(RosterError):
    """It has to be said why."""

    code = "roster_reason_needed"


class UnknownAccountError(RosterError):
    """No such account, or it is suspended already."""

    code = "account_unknown"
    status = 409


class OwnAccountError(RosterError):
    """Nobody does this with the own ID."""

    code = "account_is_own"
    status = 403


class OfficerNeededError(RosterError):
    """Who asks lacks the role for it."""

    code = "account_officer_needed"
    status = 403


class NotApprovedError(RosterError):
    """No approved row of a roster stands behind it."""

    code = "account_not_approved"
    status = 409


class GrantedAlreadyError(RosterError):
    """The row was carried out already."""

    code = "account_granted_already"
    status = 409


class ReceivedAlreadyError(RosterError):
    """The person has received the slip: a new password needs a request."""

    code = "account_received_already"
    status = 409


class PledgeNotConfirmedError(RosterError):
    """Nobody promises or learns without saying so."""

    code = "pledge_not_confirmed"


class NobodyTrainedError(RosterError):
    """A training without anybody who took part."""

    code = "nobody_trained"


class LastOfficerError(RosterError):
    """Somebody of 情報政策 has to remain."""

    code = "account_last_officer"
    status = 409


REFUSALS: Final[dict[str, type[RosterError]]] = {
    "role": OfficerNeededError,
    "row": UnknownRosterError,
    "not_approved": NotApprovedError,
    "kind": NotApprovedError,
    "granted": GrantedAlreadyError,
    "not_granted": NotApprovedError,
    "received": ReceivedAlreadyError,
    "roles": NotApprovedError,
    "account": UnknownAccountError,
    "own": OwnAccountError,
    "last": LastOfficerError,
}
"""What the database's functions say -> what is told."""


def refused(word: str) -> RosterError:
    """The error for a refusal of the database's functions."""
    return REFUSALS[word]()
