"""What can be wrong with texts of law, agreements and terms, and with a tenant's founding and closing."""

from __future__ import annotations

from kernel.errors import DomainError


class UnknownClauseError(DomainError):
    """No text of law or agreement of that code, or none that holds on that day."""

    code = "clause_unknown"
    status = 404


class ClauseForThePastError(DomainError):
    """A new version would hold for days that are over."""

    code = "clause_for_the_past"


class ClauseUnchangedError(DomainError):
    """The new version says the same as the one before."""

    code = "clause_unchanged"


class ClauseChangedError(DomainError):
    """Somebody else has written a version meanwhile."""

    code = "clause_changed"
    status = 409
