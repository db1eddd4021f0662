"""What can be wrong with the check for duplicates, its inquiries and issuing (重複確認・照会票・交付): stable codes."""

from __future__ import annotations

from apps.registrants.errors import RegistrantError


class NotCardOfficerError(RegistrantError):
    """Only a 登録証担当 asks the index of all facilities."""

    code = "not_card_officer"
    status = 403


class CheckNotStatedError(RegistrantError):
    """The duplicate check needs a purpose."""

    code = "check_purpose_missing"


class IdentityNotCheckedError(RegistrantError):
    """The duplicate check is for somebody who showed who they are."""

    code = "identity_not_checked"


class CheckTooOftenError(RegistrantError):
    """More checks than a person or a facility may make."""

    code = "checks_too_often"
    status = 429


class NumberTriedTooOftenError(RegistrantError):
    """More old numbers that do not fit than may be tried about one application in a day."""

    code = "numbers_tried_too_often"
    status = 429


class CheckOverError(RegistrantError):
    """The answer to a duplicate check is shown for some minutes, and to the one that asked."""

    code = "check_over"
    status = 410


class CardNotCheckedError(RegistrantError):
    """A 登録証 is issued only after the duplicate check."""

    code = "card_not_checked"
    status = 409


class CardExistsError(RegistrantError):
    """The person has a valid 登録証."""

    code = "senior_card_exists"
    status = 409


class CardUnresolvedError(RegistrantError):
    """A card of a similar person is valid, and nobody has said yet that it is another person's."""

    code = "senior_card_unresolved"
    status = 409


class UnknownInquiryError(RegistrantError):
    """No such 照会票 here."""

    code = "no_such_inquiry"
    status = 404


class AnsweredError(RegistrantError):
    """The 照会票 was answered already."""

    code = "inquiry_answered"
    status = 409


class InquiryClosedError(RegistrantError):
    """Nobody need answer the 照会票 any more: one of the two cards is void, or is not applied for any more."""

    code = "inquiry_closed"
    status = 409


class AnswerMissingError(RegistrantError):
    """A 照会票 is answered with 同一人 or 別人."""

    code = "inquiry_answer_missing"
