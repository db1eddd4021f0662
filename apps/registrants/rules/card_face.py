"""What stands on a print of a card, from its making on (券面の記載): names and days change, the print does not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

COMPARED: Final = ("name", "representative", "town", "until")


@dataclass(frozen=True, slots=True)
class Face:
    """``name`` as registered when the print was made, ``holder`` as printed: another only where a font lacks a form.

    ``representative`` is a group's, ``town`` an individual's address up to the town; ``until`` None is without end.
    """

    name: str
    holder: str
    representative: str = ""
    town: str = ""
    until: dt.date | None = None

    @property
    def is_substitute(self) -> bool:
        """Whether other characters stand for the name's own (代替文字): the print then says 正字あり."""
        return self.holder != self.name


def to_keep(face: Face) -> dict[str, Any]:
    """``face`` as it is kept with the print, for JSON."""
    return asdict(face) | {"until": face.until.isoformat() if face.until else None}


def from_kept(kept: Mapping[str, Any]) -> Face:
    """The face that ``to_keep`` has made of it."""
    until = kept["until"]
    return Face(**{**kept, "until": dt.date.fromisoformat(until) if until else None})


def outdated(printed: Face, now: Face) -> tuple[str, ...]:
    """In what a print differs from what is registered now, of ``COMPARED``; then it is to be replaced (書換交付)."""
    return tuple(name for name in COMPARED if getattr(printed, name) != getattr(now, name))
