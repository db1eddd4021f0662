"""What can be wrong with a registration, or with looking for one: stable codes, told by ``apps.registrants.texts``."""

from __future__ import annotations

from kernel.errors import DomainError


class RegistrantError(DomainError):
    """Any rule of registration that was not met."""


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
