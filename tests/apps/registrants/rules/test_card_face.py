"""What stands on a print: kept as it was, and compared with what is registered now."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.registrants.rules.card_face import Face, from_kept, outdated, to_keep

FACE = Face("架空　花子", "架空　花子", town="架空市見本台", until=date(2029, 3, 31))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, ()),
        ({"name": "例示　花子", "holder": "例示　花子"}, ("name",)),
        ({"holder": "架空　華子"}, ()),
        ({"representative": "別の代表"}, ("representative",)),
        ({"town": "架空市例示町", "until": None}, ("town", "until")),
    ],
)
def test_a_print_is_out_of_date_in_what_has_changed_since(change: dict[str, Any], told: tuple[str, ...]) -> None:
    assert outdated(FACE, replace(FACE, **change)) == told


def test_another_form_of_the_name_is_a_substitute() -> None:
    assert not FACE.is_substitute
    assert replace(FACE, holder="架空　華子").is_substitute


@given(st.builds(Face, st.text(), st.text(), st.text(), st.text(), st.none() | st.dates()))
def test_it_comes_back_from_json_as_it_was(face: Face) -> None:
    assert from_kept(json.loads(json.dumps(to_keep(face)))) == face
