"""Every code of an error is one error's: it has one sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from pkgutil import resolve_name

from kernel.errors import DomainError

ROOT = Path(__file__).parents[2]
SOURCES = [path for top in ("apps", "shared") for path in (ROOT / top).rglob("*errors.py")]


def errors(kind: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    """All errors that have a code of their own."""
    for one in kind.__subclasses__():
        if "code" in vars(one) and one.__module__.startswith(("apps.", "shared.")):
            yield one
        yield from errors(one)


def test_no_two_errors_have_one_code() -> None:
    for path in SOURCES:
        resolve_name(".".join(path.relative_to(ROOT).with_suffix("").parts))
    counted = Counter(one.code for one in errors())
    assert len(counted) > 100
    assert [code for code, number in counted.items() if number > 1] == []
