"""Chance that falls the same way each time, and ids that stay the same, so that filling again doubles nothing."""

from __future__ import annotations

from random import Random
from typing import Final
from uuid import UUID, uuid5

SPACE: Final = UUID("6f3b5a52-8f0e-5d0b-9a3e-0d6c1b7c2a10")


def same_id(*path: object) -> UUID:
    """The id of what ``path`` names, on every run and every machine."""
    return uuid5(SPACE, "/".join(map(str, path)))


def chance(*path: object) -> Random:
    """Chance for what ``path`` names."""
    return Random(str(same_id("chance", *path)))  # noqa: S311  # a demonstration, not a secret
