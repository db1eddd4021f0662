"""What can be wrong with periods of keeping and with disposals."""

from __future__ import annotations

from kernel.errors import DomainError


class UnknownDisposalError(DomainError):
    """No such disposal here."""

    code = "disposal_unknown"
    status = 404


class UnknownKindError(DomainError):
    """No such kind of record there."""

    code = "disposal_unknown_kind"


class DisposalOpenError(DomainError):
    """A disposal of this kind is under way already."""

    code = "disposal_open"
    status = 409


class NothingDueError(DomainError):
    """There is no record whose period is over."""

    code = "disposal_nothing_due"


class DisposalStateError(DomainError):
    """It was decided already, or is not listed yet."""

    code = "disposal_state"
    status = 409


class SameHandError(DomainError):
    """Whoever asked may not confirm."""

    code = "disposal_same_hand"
    status = 403


class DisposalReasonError(DomainError):
    """A refusal has no reason."""

    code = "disposal_reason"


class ExecutionDayError(DomainError):
    """The day of carrying out lies before today, or too far off."""

    code = "disposal_day"


class PeriodTooShortError(DomainError):
    """The period is shorter than this kind may be kept; ``least`` months."""

    code = "retention_too_short"


class PeriodBackdatedError(DomainError):
    """A period begins today at the earliest, and once a day."""

    code = "retention_backdated"


class PeriodReasonError(DomainError):
    """A change of a period has no reason."""

    code = "retention_reason"
