"""What can be wrong with a card (利用者カード・登録証) or a visit: stable codes, told by ``texts``."""

from __future__ import annotations

from apps.registrants.errors import RegistrantError


class CardError(RegistrantError):
    """Any rule of the two cards that was not met."""


class CardInWrongStateError(CardError):
    """The card's state does not allow this act."""

    code = "card_in_wrong_state"
    status = 409


class StaleCardError(CardError):
    """Somebody else has replaced the print since the page was shown."""

    code = "stale_card"
    status = 409


class HolderHasCardError(CardError):
    """The registrant has such a card, or has applied for one."""

    code = "card_exists"
    status = 409


class HolderNotInForceError(CardError):
    """The registration is not in force."""

    code = "card_holder_not_in_force"
    status = 409


class WrongHolderError(CardError):
    """利用者カード is for groups, 登録証 for individuals."""

    code = "card_for_wrong_holder"


class HolderNeedsBirthDateError(CardError):
    """Without a birth date nobody is known to be old enough."""

    code = "card_needs_birth_date"


class TooYoungError(CardError):
    """Too long before the birthday."""

    code = "card_holder_too_young"


class NotResidentError(CardError):
    """Not a resident of the city."""

    code = "card_holder_not_resident"


class SpecialReasonMissingError(CardError):
    """An exception without its reason."""

    code = "card_special_reason_missing"


class CardIdentityNotCheckedError(CardError):
    """A 登録証 is handed over to nobody but who has shown to be its holder."""

    code = "card_identity_not_checked"


class PrintHandedOverError(CardError):
    """This print is in its holder's hands: no second one is made, and it is not handed over again."""

    code = "card_print_handed_over"
    status = 409


class NothingToPrintError(CardError):
    """No card is chosen that still waits for its holder, or more than fit into one file."""

    code = "no_cards_to_print"


class ReviewInFutureError(CardError):
    """現況確認 on a day that has not come."""

    code = "card_review_in_future"


class ReviewTooEarlyError(CardError):
    """現況確認 before the card was issued."""

    code = "card_review_before_issue"


class ReviewedAlreadyError(CardError):
    """A 現況確認 of that day or later is noted."""

    code = "card_reviewed_already"
    status = 409


class NothingToReviewError(CardError):
    """No card was chosen, or more than are done at once. Parameter: ``most``."""

    code = "no_cards_to_review"


class UnknownVisitError(CardError):
    """No such visit today."""

    code = "no_such_visit"
    status = 404


class UnknownVisitPlaceError(CardError):
    """The facility is not one of the tenant's."""

    code = "no_such_visit_place"


class CardAdmitsNobodyError(CardError):
    """A group's card: its people are counted by the group's bookings."""

    code = "card_admits_nobody"
    status = 409


class UnknownIssuerError(CardError):
    """Nobody operates the facility on that day."""

    code = "card_without_issuer"
    status = 409


class UnknownCardError(RegistrantError):
    """No such card here."""

    code = "no_such_card"
    status = 404


class ConsentMissingError(CardError):
    """A 登録証 is applied for with the consent to the duplicate check."""

    code = "consent_missing"


class NameNotPrintableError(RegistrantError):
    """No font has some characters of the name that a card is to bear; others are to stand for them (代替文字)."""

    code = "name_not_printable"
