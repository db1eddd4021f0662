"""Which policy holds at a place today (認証の方針)."""

from __future__ import annotations

from kernel import clock
from shared.policies.models import SignInPolicy
from shared.staff.rules.policy import DEFAULT, Policy
from tenants.scope import scoped_connection


def policy_now() -> Policy:
    """The policy of the schema that this unit of work is in; one statement."""
    return policy_at(scoped_connection().scope.schema)


def policy_at(place: str) -> Policy:
    """The policy of ``place``, or the default where none was set."""
    set_there = SignInPolicy.objects.filter(place=place, valid_from__lte=clock.today())
    found = set_there.order_by("-valid_from", "-id").first()
    return found.policy if found else DEFAULT
