"""What can be wrong with a look at personal data: stable codes, told by ``apps.compliance.texts``."""

from __future__ import annotations

from kernel.errors import DomainError


class PurposeError(DomainError):
    """The purpose of a look at personal data is not stated as it must be."""


class PurposeTooShortError(PurposeError):
    """The reason says too little to be checked later."""

    code = "purpose_too_short"


class PurposeNamesSomebodyError(PurposeError):
    """The reason holds a number by which a person could be found: the audit must not."""

    code = "purpose_names_somebody"


class UnknownInquiryError(DomainError):
    """No such 照会票."""

    code = "city_no_such_inquiry"
    status = 404


class NotDecidingError(DomainError):
    """Only 所管課 and 総括 decide."""

    code = "city_not_deciding"
    status = 403


class DecidedError(DomainError):
    """The 照会票 was decided already."""

    code = "city_inquiry_decided"
    status = 409


class WrongDecisionError(DomainError):
    """The answer to the 照会票 does not allow this decision."""

    code = "city_wrong_decision"


class CardVoidError(DomainError):
    """The card that was to be transferred is void."""

    code = "city_card_void"
    status = 409


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
