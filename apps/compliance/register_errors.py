"""What can be wrong with a row of a register."""

from __future__ import annotations

from kernel.errors import DomainError


class UnknownRegisterRowError(DomainError):
    """No such row here."""

    code = "register_row_unknown"
    status = 404


class CorrectedAlreadyError(DomainError):
    """The row was corrected before: the newest one has to be corrected."""

    code = "register_row_corrected"
    status = 409


class CorrectionReasonError(DomainError):
    """A correction says why."""

    code = "register_correction_reason"


class FateDayError(DomainError):
    """The day of return or destruction does not fit what became of the copy."""

    code = "register_fate_day"


class KeyKeeperError(DomainError):
    """A lock has somebody who keeps its key."""

    code = "register_key_keeper"


class ContractSpanError(DomainError):
    """The contract ends before it begins."""

    code = "register_span_backwards"


class NoFutureError(DomainError):
    """A register tells what was done."""

    code = "register_in_future"
