"""What can be wrong in the monthly monitoring: stable codes, told by ``apps.compliance.monitoring_texts``."""

from __future__ import annotations

from kernel.errors import DomainError


class MonitoringError(DomainError):
    """An act of the monthly monitoring that cannot be."""


class UnknownMonthError(MonitoringError):
    """No sheet of that facility and month."""

    code = "monitoring_no_such_month"
    status = 404


class NotYourTurnError(MonitoringError):
    """The month is not in a state in which this may be done."""

    code = "monitoring_not_your_turn"
    status = 409


class MonthChangedError(MonitoringError):
    """Somebody else has changed the month since the page was made."""

    code = "monitoring_changed"
    status = 409


class ReportIncompleteError(MonitoringError):
    """Items or figures are missing from the self-check."""

    code = "monitoring_incomplete"


class NoteMissingError(MonitoringError):
    """一部不適 or 不適 without a word about what is wrong."""

    code = "monitoring_note_missing"


class PhoneInTextError(MonitoringError):
    """A free text holds what looks like a telephone number."""

    code = "monitoring_phone"


class UncheckedItemsError(MonitoringError):
    """The city has not judged every item."""

    code = "monitoring_unchecked"


class FindingsOpenError(MonitoringError):
    """A finding is not yet answered or confirmed."""

    code = "monitoring_findings_open"
    status = 409


class UnknownFindingError(MonitoringError):
    """No such finding, or not in a state for this."""

    code = "monitoring_no_such_finding"
    status = 404


class UnknownOrderError(MonitoringError):
    """No such order to improve."""

    code = "monitoring_no_such_order"
    status = 404


class FindingDecidedError(MonitoringError):
    """The finding was answered or decided already."""

    code = "monitoring_finding_decided"
    status = 409


class DeadlinePastError(MonitoringError):
    """A deadline before today."""

    code = "monitoring_deadline_past"


class CheckDayError(MonitoringError):
    """The day of the on-site check is in the future, or before the month."""

    code = "monitoring_check_day"


class ReasonMissingError(MonitoringError):
    """An act that wants a reason has none."""

    code = "monitoring_reason_missing"


class OverrideReasonError(MonitoringError):
    """Another grade than the rule's without a reason."""

    code = "monitoring_override_reason"


class PhotoTooLargeError(MonitoringError):
    """A photograph beyond the bounds."""

    code = "monitoring_photo_large"


class NotAPhotoError(MonitoringError):
    """Neither JPEG nor PNG by its content."""

    code = "monitoring_not_a_photo"


class TooManyPhotosError(MonitoringError):
    """A month holds as many photographs as it may."""

    code = "monitoring_photos_full"


class UnknownItemError(MonitoringError):
    """No such item of the checklist."""

    code = "monitoring_no_such_item"
    status = 404


class RequiredItemError(MonitoringError):
    """One of the three items was to be switched off, reworded or left to somebody else."""

    code = "monitoring_required_item"


class NoGradesError(MonitoringError):
    """A year without a judged month has nothing to sum up."""

    code = "monitoring_no_grades"
