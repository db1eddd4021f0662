"""What can be wrong with a registration, or with looking for one: stable codes, told by ``apps.registrants.texts``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from kernel.errors import DomainError


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing to be settled before a closing: ``what`` it is in words, its ``label``, and the page that shows it."""

    what: str
    label: str
    day: dt.date | None
    """The day of use; None: it stands in the way whatever the day of closing."""
    view: str
    """Name of the desk's address, which takes ``target``."""
    target: UUID


class RegistrantError(DomainError):
    """Any rule of registration that was not met."""


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


class UnknownRegistrantError(RegistrantError):
    """No such registrant here."""

    code = "no_such_registrant"
    status = 404


class WrongStateError(RegistrantError):
    """The registration's state does not allow this act."""

    code = "registration_in_wrong_state"
    status = 409


class StaleRegistrationError(RegistrantError):
    """Somebody else has changed the registration since the page was shown."""

    code = "stale_registration"
    status = 409


class ReasonMissingError(RegistrantError):
    """An act that needs a reason has none."""

    code = "registration_reason_missing"


class ReasonTooLongError(RegistrantError):
    """A reason longer than what is kept."""

    code = "registration_reason_too_long"


class ActInPastError(RegistrantError):
    """The day from which an act is to hold is over."""

    code = "act_day_in_past"


class BeforeRegistrationError(RegistrantError):
    """The day from which an act is to hold is before the registration."""

    code = "act_before_registration"


class PeriodBackwardsError(RegistrantError):
    """A suspension would end before it begins."""

    code = "period_backwards"


class RenewalNotLaterError(RegistrantError):
    """A renewal that ends no later than the registration does already, or is over."""

    code = "renewal_not_later"


class ClosingObstructedError(RegistrantError):
    """Future bookings or unpaid charges stand in the way of closing. ``obstacles`` says which."""

    code = "closing_obstructed"
    status = 409

    def __init__(self, obstacles: Sequence[Obstacle]) -> None:
        super().__init__(count=len(obstacles))
        self.obstacles = tuple(obstacles)


class MergedRecordError(RegistrantError):
    """The record was merged into another one: only parting them brings it back."""

    code = "registration_was_merged"
    status = 409


class SameRecordError(RegistrantError):
    """A record was to be merged into itself."""

    code = "merge_same_record"


class DifferentKindsError(RegistrantError):
    """An individual and a group are never one."""

    code = "merge_different_kinds"


class BothHaveCardError(RegistrantError):
    """Both records have a card of the same kind that is not void."""

    code = "merge_both_have_card"
    status = 409


class BothHaveAccountError(RegistrantError):
    """The records are linked to two portal accounts."""

    code = "merge_both_have_account"
    status = 409


class OpenRequestError(RegistrantError):
    """The record that goes has a citizen's request that nobody has answered."""

    code = "merge_open_request"
    status = 409


class PartedTooLateError(RegistrantError):
    """A merge is undone within some days only. Parameter: ``days``."""

    code = "parted_too_late"
    status = 409


class MergedOnError(RegistrantError):
    """The record that was kept has itself been merged into another since: that comes first."""

    code = "merged_on"
    status = 409


class UnknownProposalError(RegistrantError):
    """No such proposal here, or it is decided."""

    code = "no_such_proposal"
    status = 404


class UnreadableNumberError(RegistrantError):
    """What was typed is no registration number."""

    code = "unreadable_number"


class MistypedNumberError(RegistrantError):
    """The check digit is wrong."""

    code = "mistyped_number"


class KanaNeededError(RegistrantError):
    """Names are searched by kana; something else was typed."""

    code = "kana_needed"


class KanaTooShortError(RegistrantError):
    """So short a beginning would list half the register."""

    code = "kana_too_short"


class UnreadablePhoneError(RegistrantError):
    """What was typed is no whole telephone number."""

    code = "unreadable_phone"


class RequirementsUnmetError(RegistrantError):
    """A group does not meet its requirements (団体要件); ``count`` rules, which the page names."""

    code = "group_requirements_unmet"


class WaiverNotAllowedError(RegistrantError):
    """Only the facility's manager registers a group that does not meet its requirements."""

    code = "waiver_not_allowed"
    status = 403


class SimilarGroupsError(RegistrantError):
    """There are similar groups that nobody has looked at."""

    code = "similar_groups_unseen"
    status = 409


class NoRosterError(RegistrantError):
    """The group has no roster, or it was discarded already."""

    code = "no_roster"
    status = 409


class ItemNotCollectedError(RegistrantError):
    """A value of an item that the tenant does not collect (収集の制限)."""

    code = "item_not_collected"


class ItemMissingError(RegistrantError):
    """A further item that the tenant requires was left out."""

    code = "item_missing"


class PossibleDuplicateError(RegistrantError):
    """Somebody who may be the same person is registered here, and nobody has said that it is another."""

    code = "possible_duplicate"
    status = 409


class PurposeMissingError(RegistrantError):
    """An item is collected only for a stated purpose."""

    code = "purpose_of_use_missing"


class UnknownItemError(RegistrantError):
    """No such item in the registry."""

    code = "no_such_item"
    status = 404


class PolicyDayOverError(RegistrantError):
    """A policy begins today or later: what has held is not rewritten."""

    code = "policy_day_is_over"


class PolicyValueError(RegistrantError):
    """A number of a policy that makes no sense."""

    code = "policy_value_out_of_range"


class UnknownPolicyError(RegistrantError):
    """No policy that is still to come begins on that day."""

    code = "no_such_policy"
    status = 404


class UnknownCardError(RegistrantError):
    """No such card here."""

    code = "no_such_card"
    status = 404


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


class AnswerMissingError(RegistrantError):
    """A 照会票 is answered with 同一人 or 別人."""

    code = "inquiry_answer_missing"
