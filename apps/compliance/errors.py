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


class InquiryClosedError(DomainError):
    """Nobody need answer or decide the 照会票 any more."""

    code = "city_inquiry_closed"
    status = 409


class IssuedMeanwhileError(DomainError):
    """An answer is not corrected any more: the card that was asked about has been issued since."""

    code = "city_issued_meanwhile"
    status = 409


class WrongAnswerError(DomainError):
    """同一人 or 別人, and not what was answered already."""

    code = "city_wrong_answer"


class NotSettingTermsError(DomainError):
    """Only 総括 sets how often may be asked."""

    code = "city_not_setting_terms"
    status = 403


class WrongDecisionError(DomainError):
    """The answer to the 照会票 does not allow this decision."""

    code = "city_wrong_decision"


class CardVoidError(DomainError):
    """The card that was to be transferred is void."""

    code = "city_card_void"
    status = 409


class ExportFieldsError(DomainError):
    """No field was chosen, or one that there is not."""

    code = "export_no_fields"


class ExportSensitiveError(DomainError):
    """Birth date or third persons' data were chosen without saying why."""

    code = "export_sensitive_without_reason"


class ExportSpanError(DomainError):
    """The last day lies before the first."""

    code = "export_span_backwards"


class ExportNobodyError(DomainError):
    """Nobody fits what was asked for."""

    code = "export_fits_nobody"


class ExportMarginError(DomainError):
    """The margin is no small number."""

    code = "export_margin"


class UnknownExportError(DomainError):
    """No such request here."""

    code = "export_unknown"
    status = 404


class ExportStateError(DomainError):
    """Somebody was faster: the request is not in the state that the act needs."""

    code = "export_state"
    status = 409


class ExportSamePersonError(DomainError):
    """Whoever asked cannot decide."""

    code = "export_same_person"
    status = 403


class ExportConditionError(DomainError):
    """A refusal needs its reason."""

    code = "export_no_reason"


class ExportTerminalError(DomainError):
    """The file is fetched from a registered terminal only."""

    code = "export_terminal"
    status = 403
