"""KASHIKAN_SENIOR_KEYS: keys with ids, in the variable or in a file, and the sentence that refuses the rest."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from config.env import UnfitError, token_keys

ONE = base64.b64encode(bytes(range(32))).decode()
TWO = base64.b64encode(bytes(range(1, 33))).decode()


def test_the_first_key_is_the_one_in_use() -> None:
    assert [key.kid for key in token_keys(f"2026b:{TWO}, 2026a:{ONE}")] == ["2026b", "2026a"]


def test_keys_may_stand_in_a_file_one_a_line(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text(f"2026b:{TWO}\n2026a:{ONE}\n", encoding="ascii")
    assert [key.secret[0] for key in token_keys((tmp_path / "keys").as_uri())] == [1, 0]


@pytest.mark.parametrize(
    "text",
    [
        ",",
        ONE,
        f"A b:{ONE}",
        f":{ONE}",
        f"a:{ONE[:-8]}",
        "a:not base64!",
        f"a:{base64.b64encode(bytes(32)).decode()}",
        f"a:{ONE},a:{TWO}",
        "file:///no/such/file",
    ],
)
def test_what_is_no_key_is_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(UnfitError) as caught:
        token_keys(text)
    assert ONE not in str(caught.value)
