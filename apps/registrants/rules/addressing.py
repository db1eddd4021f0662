"""Where mails about a registration go, and which of them are wished (メール送信指定). Domain handbook 2.1."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

NO_NOTICES: Final = frozenset({"draw", "none"})
"""Answers to メールの送信 by which nobody is reminded of the registration's end."""
NO_MAIL: Final = frozenset({"none"})


def addressee(registrant: UUID, account: UUID | None, extras: Mapping[str, Any]) -> UUID | None:
    """Whom a decision is told by mail: the account, else the registration's own address unless no mail is wished.

    The registration's id stands for its address, which is looked up when the mail is sent.
    """
    if account is not None:
        return account
    wishes_none = extras.get("mail_wish") in NO_MAIL
    return registrant if extras.get("email") and not wishes_none else None


def reminded(registrant: UUID, account: UUID | None, extras: Mapping[str, Any]) -> UUID | None:
    """The same for a reminder, which whoever chose fewer mails does not get."""
    return None if extras.get("mail_wish") in NO_NOTICES else addressee(registrant, account, extras)
