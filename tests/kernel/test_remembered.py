"""A bounded memory of results."""

from __future__ import annotations

from kernel.remembered import Remembered


def test_a_result_is_found_under_its_key_and_no_other() -> None:
    known: Remembered[str] = Remembered(at_most=2)
    assert known.put(("a", 1), "x") == "x"
    assert (known.get(("a", 1)), known.get(("a", 2))) == ("x", None)


def test_the_result_used_longest_ago_is_let_go() -> None:
    known: Remembered[str] = Remembered(at_most=2)
    known.put("a", "x")
    known.put("b", "y")
    known.get("a")
    known.put("c", "z")
    assert [known.get(key) for key in "abc"] == ["x", None, "z"]
