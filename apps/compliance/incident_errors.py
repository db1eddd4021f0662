"""What can be wrong with the report of an incident: stable codes, told by ``apps.compliance.incident_texts``."""

from __future__ import annotations

from kernel.errors import DomainError


class UnknownIncidentError(DomainError):
    """No such incident here."""

    code = "incident_unknown"
    status = 404


class AfterNowError(DomainError):
    """A moment that is still to come."""

    code = "incident_after_now"


class NoticedBeforeError(DomainError):
    """Noticed before it happened."""

    code = "incident_noticed_before"


class PhonedBeforeError(DomainError):
    """The call is said to have been made before it was noticed."""

    code = "incident_phoned_before"


class StepNotDueError(DomainError):
    """The step was recorded already, or something must come before it."""

    code = "incident_step_not_due"
    status = 409


class ItemsMissingError(DomainError):
    """The step needs items that say nothing yet."""

    code = "incident_items_missing"


class StaleItemsError(DomainError):
    """Somebody else made a version meanwhile."""

    code = "incident_items_stale"
    status = 409


class NothingChangedError(DomainError):
    """A version that says what the one before says."""

    code = "incident_nothing_changed"


class IncidentClosedError(DomainError):
    """The incident is closed."""

    code = "incident_closed"
    status = 409


class UnknownNumbersError(DomainError):
    """Registration numbers that this facility does not have."""

    code = "incident_unknown_numbers"


class NobodyAffectedError(DomainError):
    """There is nobody to tell, or to look for."""

    code = "incident_nobody_affected"


class SpanBackwardsError(DomainError):
    """A span that ends before it begins, or is longer than the audit is searched for."""

    code = "incident_span"


class ReasonMissingError(DomainError):
    """A choice that needs its reason."""

    code = "incident_reason_missing"
