"""What can be wrong with a step of a change of operator."""

from __future__ import annotations

from typing import ClassVar

from kernel.errors import DomainError


class UnknownHandoverError(DomainError):
    """No such case, or another tenant's."""

    code = "handover_unknown"
    status: ClassVar[int] = 404


class HandoverOrderError(DomainError):
    """The step is another's, was taken already, or another one comes first."""

    code = "handover_order"
    status: ClassVar[int] = 409


class HandoverTooEarlyError(DomainError):
    """The term has not ended."""

    code = "handover_too_early"
    status: ClassVar[int] = 409


class HandoverIncompleteError(DomainError):
    """The confirmation needs receipt, certificate and package first."""

    code = "handover_incomplete"
    status: ClassVar[int] = 409


class HandoverNoteError(DomainError):
    """The step needs words, and not too many."""

    code = "handover_note"


class HandoverLinesError(DomainError):
    """A line of the certificate is not complete."""

    code = "handover_lines"


class HandoverTermError(DomainError):
    """The term has no end, or there is a case for it already."""

    code = "handover_term"
