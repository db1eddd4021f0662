"""What can be wrong with an account, or with opening one: stable codes, told by ``shared.accounts.texts``."""

from __future__ import annotations

from kernel.errors import DomainError


class AccountError(DomainError):
    """Any rule of accounts that was not met."""


class DeadLinkError(AccountError):
    """The link was used, has expired, or never was one."""

    code = "dead_link"
    status = 410


class WrongSlipError(AccountError):
    """No open slip bears this code."""

    code = "wrong_slip"


class LoginRefusedError(AccountError):
    """What was typed cannot be an ID."""

    code = "login_refused"


class LoginTakenError(AccountError):
    """Somebody has this ID."""

    code = "login_taken"
    status = 409


class WrongPasswordError(AccountError):
    """Not the password of the account that is signed in."""

    code = "wrong_password"


class ShortPasswordError(AccountError):
    """Fewer characters than a password needs."""

    code = "password_too_short"


class CommonPasswordError(AccountError):
    """A password that stands on the lists that are tried first."""

    code = "password_too_common"


class NumericPasswordError(AccountError):
    """Figures alone."""

    code = "password_entirely_numeric"


class LikelyPasswordError(AccountError):
    """Much like the ID or the address."""

    code = "password_too_similar"


class TooManyFavouritesError(AccountError):
    """As many rooms or searches are kept as may be."""

    code = "too_many_favourites"
    status = 409


class EmptySearchError(AccountError):
    """A search that asks for nothing but a day is nothing to keep."""

    code = "empty_search"


class ReminderTimeError(AccountError):
    """A time before that nobody may choose, or quiet hours without an end."""

    code = "reminder_time"
