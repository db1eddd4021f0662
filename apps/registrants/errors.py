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
