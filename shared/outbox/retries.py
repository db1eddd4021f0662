"""When a mail that was not accepted is tried again, and when no more."""

from __future__ import annotations

import datetime as dt
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from typing import Final

ATTEMPTS: Final = 12
"""With the waits between them about 17 hours: longer than greylisting or a full mailbox usually last."""
FIRST_WAIT: Final = dt.timedelta(minutes=1)
LONGEST_WAIT: Final = dt.timedelta(hours=4)


def wait_after(attempts: int) -> dt.timedelta:
    """How long to wait after so many attempts (1, 2, …): a minute, then twice as long each time, at most 4 hours."""
    doubled: dt.timedelta = FIRST_WAIT * 2 ** min(attempts - 1, 20)
    return min(doubled, LONGEST_WAIT)


def is_final(error: Exception, *, attempts: int) -> bool:
    """Whether to give up: the server refuses this recipient for good (5xx), or it was tried often enough."""
    if isinstance(error, SMTPRecipientsRefused):
        return attempts >= ATTEMPTS or all(code >= 500 for code, _ in error.recipients.values())
    return attempts >= ATTEMPTS


def code_of(error: Exception) -> str:
    """``smtp 550`` or the error's class. Its text may quote an address and goes nowhere."""
    if isinstance(error, SMTPRecipientsRefused):
        return f"smtp {max(code for code, _ in error.recipients.values())}"
    if isinstance(error, SMTPResponseException):
        return f"smtp {error.smtp_code}"
    return type(error).__name__[:40]
