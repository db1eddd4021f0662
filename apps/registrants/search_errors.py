"""What can be wrong with what somebody is looked for by: stable codes, told by ``texts``."""

from __future__ import annotations

from apps.registrants.errors import RegistrantError


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
