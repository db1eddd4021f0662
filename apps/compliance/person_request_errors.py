"""What can be wrong with a request of a person: stable codes, told by ``apps.compliance.person_request_texts``."""

from __future__ import annotations

from kernel.errors import DomainError


class UnknownRequestError(DomainError):
    """No such request here."""

    code = "person_request_unknown"
    status = 404


class RequestStepError(DomainError):
    """The step was taken already, or may not come yet."""

    code = "person_request_step"
    status = 409


class DecisionReasonError(DomainError):
    """A decision that grants less than was asked for needs its reason."""

    code = "person_request_reason"


class RequestDayError(DomainError):
    """A day that is to come, or too long ago."""

    code = "person_request_day"


class RequestPersonError(DomainError):
    """No registrant of this facility has the number."""

    code = "person_request_person"


class NoteNamesSomebodyError(DomainError):
    """The note holds a number by which a person could be found."""

    code = "person_request_note"


class DisclosureRangeError(DomainError):
    """A part is granted, and it is not said which, or why the rest is not."""

    code = "person_request_range"
