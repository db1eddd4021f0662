"""Sealing in a test: other tests' transactions in the same cluster may hold the horizon back for a moment."""

from __future__ import annotations

from shared.sealing.seals import MOST_ROWS, seal, state_of
from tests.support.outbox import until
from tests.support.scopes import as_city
from tests.support.tenants import CHUO


def sealed(schema: str = CHUO, *, most: int = MOST_ROWS) -> int:
    """Seal until nothing waits; how many entries were sealed."""
    total = 0

    def is_done() -> bool:
        nonlocal total
        with as_city():
            total += seal(schema, most=most)
            return state_of(schema).waiting == 0

    until(is_done)
    return total
