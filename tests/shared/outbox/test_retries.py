"""Waits that grow, and when to give up."""

from __future__ import annotations

import datetime as dt
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest

from shared.outbox.retries import ATTEMPTS, code_of, is_final, wait_after

GONE = SMTPRecipientsRefused({"hanako@citizens.example": (550, b"no hanako here")})
FULL = SMTPRecipientsRefused({"hanako@citizens.example": (452, b"hanako's mailbox is full")})


def test_the_wait_doubles_up_to_four_hours() -> None:
    minutes = [wait_after(attempts) / dt.timedelta(minutes=1) for attempts in range(1, 11)]
    assert minutes == [1, 2, 4, 8, 16, 32, 64, 128, 240, 240]


@pytest.mark.parametrize(("error", "final"), [(GONE, True), (FULL, False), (TimeoutError(), False)])
def test_only_a_recipient_who_is_refused_for_good_is_given_up_at_once(error: Exception, final: bool) -> None:
    assert is_final(error, attempts=1) is final


@pytest.mark.parametrize("error", [FULL, TimeoutError(), KeyError("number")])
def test_everything_is_given_up_after_so_many_attempts(error: Exception) -> None:
    assert not is_final(error, attempts=ATTEMPTS - 1)
    assert is_final(error, attempts=ATTEMPTS)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (GONE, "smtp 550"),
        (SMTPDataError(554, b"spam from hanako@citizens.example"), "smtp 554"),
        (SMTPServerDisconnected("gone"), "SMTPServerDisconnected"),
    ],
)
def test_the_code_of_an_error_quotes_no_address(error: Exception, code: str) -> None:
    assert code_of(error) == code
