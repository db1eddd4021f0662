"""Rooms that disturb each other (隣接室場: 音・パーテーション): a loud purpose beside one that needs quiet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from apps.bookings.errors import DisturbedError


class Strictness(StrEnum):
    """What is done about it."""

    WARN = "warn"  # 知らせる
    REFUSE = "refuse"  # 受け付けない


@dataclass(frozen=True, slots=True)
class Manner:
    """How a use sounds: loud (音出し), or in need of quiet."""

    is_loud: bool = False
    needs_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """A use in a neighbouring room in the same time; ``strictness`` is that of the two rooms."""

    room: UUID
    room_name: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    manner: Manner
    strictness: str


def disturbances(manner: Manner, beside: Iterable[Beside]) -> list[Beside]:
    """The uses beside that this one disturbs, or that disturb it."""
    return [
        one
        for one in beside
        if (manner.is_loud and one.manner.needs_quiet) or (manner.needs_quiet and one.manner.is_loud)
    ]


def check_quiet(manner: Manner, beside: Iterable[Beside]) -> None:
    """``DisturbedError`` naming the room, if some pair of rooms refuses it."""
    refused = [one for one in disturbances(manner, beside) if one.strictness == Strictness.REFUSE]
    if refused:
        raise DisturbedError(field="purpose", room=refused[0].room_name)
