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
