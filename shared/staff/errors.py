"""What can be wrong with a staff member's password, second factor or session: stable codes, told by ``texts``."""

from __future__ import annotations

from kernel.errors import DomainError


class StaffPasswordError(DomainError):
    """A new password that does not meet the policy of the place."""


class ShortError(StaffPasswordError):
    """Fewer characters than ``least``."""

    code = "staff_password_short"


class FewKindsError(StaffPasswordError):
    """Mixes fewer than ``kinds`` kinds of characters."""

    code = "staff_password_few_kinds"


class NumericError(StaffPasswordError):
    """Figures alone."""

    code = "staff_password_numeric"


class GuessedError(StaffPasswordError):
    """Common, or made of words of the field, keyboard rows and years."""

    code = "staff_password_guessed"


class SimilarError(StaffPasswordError):
    """Much like the ID or the name."""

    code = "staff_password_similar"


class UsedBeforeError(StaffPasswordError):
    """One of the last ``history`` passwords."""

    code = "staff_password_used_before"


class WrongCurrentError(DomainError):
    """Not the password of today."""

    code = "staff_wrong_password"


class LockedError(DomainError):
    """Too many failures from here; ``minutes`` says for how long at most."""

    code = "staff_locked"
    status = 429


class OneTimeLapsedError(DomainError):
    """The one-time password was not used in time."""

    code = "staff_one_time_lapsed"
    status = 403


class WrongCodeError(DomainError):
    """Neither the code of this half-minute nor a recovery code that is left."""

    code = "staff_wrong_code"


class WrongPasskeyError(DomainError):
    """An answer that no passkey of this account at this host gives to this challenge."""

    code = "staff_wrong_passkey"
    status = 422


class CopiedPasskeyError(WrongPasskeyError):
    """A right answer, but the device's count has not gone up: there may be a copy."""

    code = "staff_copied_passkey"


class ChallengeOverError(DomainError):
    """No challenge waits for an answer in this session, or it waited for too long."""

    code = "staff_challenge_over"
    status = 409


class ManyPasskeysError(DomainError):
    """``most`` passkeys are registered already."""

    code = "staff_many_passkeys"
    status = 409


class NotBegunError(DomainError):
    """A code for an authenticator that nobody is setting up."""

    code = "staff_second_factor_not_begun"
    status = 409
