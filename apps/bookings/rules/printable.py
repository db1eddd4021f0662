"""Which forms of a booking can be printed at the desk, by its state and by what it has been (rules, section 8)."""

from __future__ import annotations

from apps.bookings.rules.states import CANCELLED, OCCUPYING, PERMITTED, REFUSED, REVOKED, STANDING

APPLICATION, CONFIRMATION, REDUCTION_APPLICATION = "application", "confirmation", "reduction_application"
CHANGE_APPLICATION, GIVING_UP = "change_application", "giving_up"
BLANK = frozenset({APPLICATION, CONFIRMATION, REDUCTION_APPLICATION, CHANGE_APPLICATION, GIVING_UP})
"""Forms to hand in: whatever is printed of them is not counted."""
PERMIT, CHANGE, GIVEN_UP, REVOCATION, REFUSAL = "permit", "change", "given_up", "revocation", "refusal"


def forms_of(state: str, *, was_applied: bool, was_permitted: bool, was_changed: bool) -> list[str]:
    """The forms in the order in which they are offered: the application's, what was issued, what may be asked now."""
    found = [APPLICATION] if was_applied else []
    if was_applied and state in OCCUPYING:
        found += [CONFIRMATION, REDUCTION_APPLICATION]
    found += _issued(state, permitted=was_permitted, changed=was_changed)
    return [*found, CHANGE_APPLICATION, GIVING_UP] if state == PERMITTED else found


def _issued(state: str, *, permitted: bool, changed: bool) -> list[str]:
    if state in STANDING:
        return [PERMIT, CHANGE] if changed else [PERMIT]
    if state == CANCELLED:
        return [GIVEN_UP] if permitted else []
    return {REVOKED: [REVOCATION], REFUSED: [REFUSAL]}.get(state, [])
