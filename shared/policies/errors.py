"""What can be wrong with a policy of signing in, and with resetting a second factor."""

from __future__ import annotations

from kernel.errors import DomainError


class OutOfBoundsError(DomainError):
    """A value weaker than the floor or beyond the ceiling: ``low`` to ``high``."""

    code = "policy_out_of_bounds"


class PolicyInPastError(DomainError):
    """A policy begins today or later."""

    code = "policy_in_past"


class UnknownPlaceError(DomainError):
    """Neither a tenant nor the city."""

    code = "policy_unknown_place"
    status = 404


class NoLockError(DomainError):
    """The lock is over, or was never there."""

    code = "sign_in_no_lock"
    status = 404


class NothingToResetError(DomainError):
    """The account has no second factor, or is not there."""

    code = "second_factor_nothing_to_reset"
    status = 404
