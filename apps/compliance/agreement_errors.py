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


class MemberLineError(DomainError):
    """A line of the members lacks its 法人番号."""

    code = "member_without_number"


class CorporateNumberError(DomainError):
    """The check digit of a 法人番号 does not fit, or it has not thirteen digits."""

    code = "corporate_number_wrong"


class BodyTwiceError(DomainError):
    """The same body stands twice among the members."""

    code = "member_twice"


class OneMemberError(DomainError):
    """A consortium has two members or more."""

    code = "consortium_of_one"


class NoBodyError(DomainError):
    """A designated manager is a body with a 法人番号, or a consortium of such."""

    code = "manager_without_body"


class OperatorTakenError(DomainError):
    """Another operator has this name."""

    code = "operator_name_taken"
    status = 409


class UnknownAssignmentError(DomainError):
    """No such designation."""

    code = "assignment_unknown"
    status = 404


class NotInCareError(DomainError):
    """The facility is not in the care of who asks."""

    code = "not_in_care"
    status = 403


class TermBackwardsError(DomainError):
    """The last day lies before the first."""

    code = "term_backwards"


class TermOverlapsError(DomainError):
    """Another operator runs the facility on some of these days."""

    code = "term_overlaps"
    status = 409


class TermOverError(DomainError):
    """The designation is over."""

    code = "term_over"
    status = 409


class EndNotEarlierError(DomainError):
    """An early end lies before the term's own last day, and after yesterday."""

    code = "end_not_earlier"


class AgreementForThePastError(DomainError):
    """A change of an agreement would hold for days that are over."""

    code = "agreement_for_the_past"


class AgreementChangedError(DomainError):
    """Somebody else has changed the agreement meanwhile."""

    code = "agreement_changed"
    status = 409


class TenantStateError(DomainError):
    """The tenant is not in the state that the act needs."""

    code = "tenant_state"
    status = 409
