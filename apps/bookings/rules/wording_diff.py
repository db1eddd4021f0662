"""What a new version of a text changes, piece by piece."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME = "same"
GONE = "gone"
COME = "come"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text that stays, goes or comes."""

    text: str
    mark: str


def pieces(before: Sequence[str], after: Sequence[str]) -> tuple[Piece, ...]:
    """The two texts laid over each other, in order: what is gone stands before what has come in its place."""
    old, new = "\n".join(before), "\n".join(after)
    found: list[Piece] = []
    for kind, start, end, begin, stop in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece(old[start:end], SAME))
            continue
        found += [Piece(text, mark) for text, mark in ((old[start:end], GONE), (new[begin:stop], COME)) if text]
    return tuple(found)
