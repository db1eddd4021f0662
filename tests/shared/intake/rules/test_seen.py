"""Which keys a file has had already."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shared.intake.rules.seen import Seen


@given(st.lists(st.text(max_size=6), max_size=60))
def test_it_tells_the_first_line_of_every_key(keys: list[str]) -> None:
    seen, first = Seen(len(keys)), dict[str, int]()
    for line, key in enumerate(keys, start=2):
        assert seen.first_line(key, line) == first.get(key, 0)
        first.setdefault(key, line)
