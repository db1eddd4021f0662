"""What a place asks of whoever signs in there (認証の方針). Domain handbook 8.2."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

IN_CHARGE: Final = frozenset({"facility_manager", "privacy_officer", "department", "general", "systems", "auditor"})
"""Roles that prove a second factor unless the policy says otherwise: the city's, and those in charge at a desk."""


@dataclass(frozen=True, slots=True)
class Policy:
    """One place's policy; the defaults hold where the city has set none."""

    least_length: int = 12
    kinds: int = 1
    """How many of small letters, capitals, figures and others a password must mix."""
    rotation_days: int = 0
    """After how many days a password must be changed; 0 is never."""
    history: int = 5
    """How many former passwords may not come again."""
    tries: int = 5
    """Failures of one ID from one origin before that pair is locked."""
    lock_minutes: int = 15
    idle_minutes: int = 15
    absolute_hours: int = 10
    second_factor_roles: frozenset[str] = IN_CHARGE
    passkey_alone: bool = False
    """Whether a passkey that has verified its holder is the whole sign-in, without ID and password."""

    def demands_second_factor(self, roles: list[str]) -> bool:
        """Whether somebody with ``roles`` must prove a second factor."""
        return not self.second_factor_roles.isdisjoint(roles)


DEFAULT: Final = Policy()
BOUNDS: Final = {
    "least_length": (10, 64),
    "kinds": (1, 4),
    "rotation_days": (0, 730),
    "history": (5, 24),
    "tries": (3, 10),
    "lock_minutes": (5, 1440),
    "idle_minutes": (3, 30),
    "absolute_hours": (1, 12),
}
"""From and to, both included: no place's policy is weaker, or locks its people out."""
SHORTEST_ROTATION: Final = 30


def faults(policy: Policy) -> dict[str, tuple[int, int]]:
    """Field -> its bounds, of each field that is out of them."""
    values = {field.name: getattr(policy, field.name) for field in fields(policy)}
    found = {name: bounds for name, bounds in BOUNDS.items() if not bounds[0] <= values[name] <= bounds[1]}
    if 0 < policy.rotation_days < SHORTEST_ROTATION:
        found["rotation_days"] = (SHORTEST_ROTATION, BOUNDS["rotation_days"][1])
    return found
