"""What is open at a tenant when its operator changes (引継事項): each application contributes its own lists.

``AppConfig.handover_lists`` names tuples of ``OpenKind`` as ``module:NAME``. The rows name objects by numbers, never
people.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pkgutil import resolve_name
from typing import Any, Final

from django.apps import apps

MOST_ROWS: Final = 5_000
"""So many rows a list are named; the count is always whole."""


@dataclass(frozen=True, slots=True)
class OpenRow:
    """One open thing: its number, a day that matters and a word."""

    number: str
    day: dt.date | None
    word: str = ""


@dataclass(frozen=True, slots=True)
class Open:
    """What is open of one kind: all of it counted, the first rows named."""

    count: int
    rows: tuple[OpenRow, ...]

    @property
    def digest(self) -> str:
        """A hash of all that the rows say, by which a printed list can be compared later."""
        text = "\n".join(f"{row.number}\t{row.day or ''}\t{row.word}" for row in self.rows)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class OpenKind:
    """A list that an application contributes. ``read`` runs in the tenant's own unit of work."""

    code: str
    label: Any
    read: Callable[[], Open]


def kinds() -> dict[str, OpenKind]:
    """Code -> list, in the order of installation."""
    return dict(_kinds())


@cache
def _kinds() -> tuple[tuple[str, OpenKind], ...]:
    paths = [path for config in apps.get_app_configs() for path in getattr(config, "handover_lists", ())]
    return tuple((kind.code, kind) for path in paths for kind in resolve_name(path))
