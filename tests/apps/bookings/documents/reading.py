"""Reading a form as someone who listens to it, or copies from it, would."""

import re

from tests.shared.documents.pdf import words


def assert_reads_in_order(pdf: bytes, *expected: str) -> None:
    """Each text is on the form, and after the one before it."""
    found = words(pdf)
    place = 0
    for text in expected:
        wanted = re.sub(r"\s", "", text)
        next_place = found.find(wanted, place)
        assert next_place >= 0, f"{wanted} is not found after {found[max(0, place - 30) : place]}"
        place = next_place + len(wanted)
