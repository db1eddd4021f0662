"""What can be wrong with taking in a file: stable codes, told by ``shared.intake.texts``."""

from __future__ import annotations

from kernel.errors import DomainError


class IntakeError(DomainError):
    """Any rule of taking in that was not met."""


class UnknownJobError(IntakeError):
    """No such job, or no such row, here."""

    code = "no_such_intake"
    status = 404


class JobStateError(IntakeError):
    """The job's state does not allow this."""

    code = "intake_in_wrong_state"
    status = 409


class RowStateError(IntakeError):
    """Somebody has worked the row off already."""

    code = "intake_row_decided"
    status = 409


class FileError(IntakeError):
    """A file that cannot be taken in at all; ``why`` is the code of its sentence."""

    code = "intake_file"

    def __init__(self, why: str, **params: object) -> None:
        super().__init__(field="file", **params)
        self.code = f"intake_file_{why}"  # type: ignore[misc]  # one class for the sentences about files


class TooBigError(FileError):
    """A file that is longer than any that can be taken in."""

    status = 413

    def __init__(self, **params: object) -> None:
        super().__init__("too_big", **params)


class NamedTwiceError(IntakeError):
    """The mapping file says two things of one column, field or text."""

    code = "intake_mapping_twice"


class ColumnTwiceError(IntakeError):
    """Two columns are read into one field."""

    code = "intake_column_twice"


class FieldsMissingError(IntakeError):
    """Fields that no record can be without have no column."""

    code = "intake_fields_missing"


class UnreadableMappingError(IntakeError):
    """The mapping file is none."""

    code = "intake_mapping_unreadable"


class MappingSyntaxError(IntakeError):
    """The mapping file has a slip of the pen on a line."""

    code = "intake_mapping_syntax"


class OtherMappingError(IntakeError):
    """The mapping file is one for another kind of file."""

    code = "intake_mapping_other"


class UnknownFieldError(IntakeError):
    """The mapping file names a field that there is not."""

    code = "intake_mapping_field"


class NotCheckedError(IntakeError):
    """What was not checked as it is now is not taken in."""

    code = "intake_not_checked"
    status = 409


class StoppedError(IntakeError):
    """Somebody has stopped the work on the file."""

    code = "intake_stopped"
    status = 409


class BusyError(IntakeError):
    """Records of this kind are being taken in right now."""

    code = "intake_busy"
    status = 409


class ReasonNeededError(IntakeError):
    """A row is dismissed with a reason only."""

    code = "intake_reason_missing"
