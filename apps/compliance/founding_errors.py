"""What can be wrong with the founding and the closing of a tenant, beside single fields."""

from __future__ import annotations

from kernel.errors import DomainError


class FoundingFaultError(DomainError):
    """A field of a founding is wrong; ``field`` and ``params["fault"]`` say which and how."""

    code = "founding_fault"


class FoundingTakenError(DomainError):
    """Somebody else has asked for the same name at the same moment."""

    code = "founding_taken"
    status = 409


class FoundingStateError(DomainError):
    """The founding is not in the state that the act needs."""

    code = "founding_state"
    status = 409


class AskerError(DomainError):
    """Whoever asked may not found tenants, or no longer."""

    code = "founding_asker"
    status = 403


class HinderedError(DomainError):
    """Something hinders the closing of a tenant."""

    code = "closing_hindered"
    status = 409


class OverrideError(DomainError):
    """Only 総括 closes a tenant in spite of what hinders it."""

    code = "closing_override"
    status = 403


class ClosingReasonError(DomainError):
    """A closing has a reason of some words."""

    code = "closing_reason"
