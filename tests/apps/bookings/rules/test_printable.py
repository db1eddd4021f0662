"""Which forms of a booking are offered to print, by its state."""

from __future__ import annotations

import pytest

from apps.bookings.models import DocumentKind
from apps.bookings.rules import printable
from apps.bookings.rules.printable import BLANK, forms_of
from apps.bookings.rules.states import STATES

APPLIED = ["application", "confirmation", "reduction_application"]
ASKED = ["change_application", "giving_up"]


@pytest.mark.parametrize(
    ("state", "permitted", "changed", "forms"),
    [
        ("tentative", False, False, APPLIED),
        ("under_review", False, False, APPLIED),
        ("deferred", False, False, APPLIED),
        ("permitted", True, False, [*APPLIED, "permit", *ASKED]),
        ("permitted", True, True, [*APPLIED, "permit", "change", *ASKED]),
        ("used", True, False, [*APPLIED, "permit"]),
        ("no_show", True, True, [*APPLIED, "permit", "change"]),
        ("refused", False, False, ["application", "refusal"]),
        ("revoked", True, True, ["application", "revocation"]),
        ("cancelled", False, False, ["application"]),
        ("cancelled", True, False, ["application", "given_up"]),
        ("called_off", True, False, ["application"]),
        ("expired", False, False, ["application"]),
    ],
)
def test_the_forms_of_a_state(state: str, permitted: bool, changed: bool, forms: list[str]) -> None:
    assert forms_of(state, was_applied=True, was_permitted=permitted, was_changed=changed) == forms


def test_a_hold_has_no_forms() -> None:
    assert forms_of("hold", was_applied=False, was_permitted=False, was_changed=False) == []


def test_what_is_no_blank_is_a_document_with_a_number() -> None:
    every = {
        form for state in STATES for form in forms_of(state, was_applied=True, was_permitted=True, was_changed=True)
    }
    assert every - BLANK <= set(DocumentKind.values)
    assert printable.PERMIT == DocumentKind.PERMIT
