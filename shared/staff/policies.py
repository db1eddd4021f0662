"""Which policy holds at this place today (認証の方針)."""

from __future__ import annotations

from shared.staff.rules.policy import DEFAULT, Policy


def policy_now() -> Policy:
    """The policy of the schema that this unit of work is in."""
    return DEFAULT
