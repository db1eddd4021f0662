"""The wording of the official documents as blocks: which there are, what may stand in them, and who checks it.

A block is one document's part (許可書の前文). Fields in braces such as {施設名} are filled in once, and as text;
whatever else stands in a block is text too, never markup of the typesetter.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from string import Formatter
from typing import Final

from apps.bookings.paper_errors import (
    BrokenFieldError,
    ControlCharacterError,
    TextMissingError,
    TooManyParagraphsError,
    UnknownBlockError,
    UnknownFieldError,
    WordingTooLongError,
)
from apps.bookings.rules.text_blocks import TextBlock

_NEVER: Final = date.min
STANDARD: Final = 1
"""The version that comes with the product; a facility's own begin after it."""


class Shape(StrEnum):
    """How much text a block holds."""

    LINE = "line"
    TEXT = "text"
    LIST = "list"
    PAIR = "pair"
    """A provision and its wording, one paragraph each."""


LONGEST: Final = {Shape.LINE: 120, Shape.TEXT: 600, Shape.LIST: 600, Shape.PAIR: 300}
"""Characters of a paragraph."""
MOST: Final = {Shape.LINE: 1, Shape.TEXT: 1, Shape.LIST: 30, Shape.PAIR: 2}
"""Paragraphs."""


@dataclass(frozen=True, slots=True)
class Block:
    """One part of one document: its standard wording, its shape, and the fields that it may name."""

    document: str
    part: str
    shape: Shape
    standard: tuple[str, ...]
    fields: tuple[str, ...] = ()
    may_be_empty: bool = False

    @property
    def key(self) -> str:
        """By which its versions are kept."""
        return f"{self.document}.{self.part}"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The version of a block that holds: whose it is (``id`` is empty for the standard), and its paragraphs."""

    paragraphs: tuple[str, ...]
    number: int = STANDARD
    id: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """All blocks as they hold on a day at a facility."""

    blocks: Mapping[str, Block]
    own: Mapping[str, Chosen] = field(default_factory=dict)

    def chosen(self, key: str) -> Chosen:
        """The version that holds; ``UnknownBlockError`` for a key that names none."""
        if key not in self.blocks:
            raise UnknownBlockError
        return self.own.get(key) or Chosen(self.blocks[key].standard)

    def paragraphs(self, key: str, fields: Mapping[str, str]) -> tuple[str, ...]:
        """The paragraphs with their fields filled in."""
        return tuple(filled(paragraph, fields) for paragraph in self.chosen(key).paragraphs)

    def line(self, key: str, fields: Mapping[str, str]) -> str:
        """The one paragraph of a block, or nothing."""
        return "".join(self.paragraphs(key, fields))

    def versions(self, *documents: str) -> tuple[str, ...]:
        """Which version of each block of the documents holds: ``permit.opening/1``."""
        return tuple(f"{key}/{self.chosen(key).number}" for key in self._keys(documents))

    def ids(self, *documents: str) -> tuple[str, ...]:
        """The rows of the facility's own versions among them."""
        return tuple(self.own[key].id for key in self._keys(documents) if key in self.own)

    def _keys(self, documents: Sequence[str]) -> list[str]:
        return [key for key, block in self.blocks.items() if block.document in documents]


def filled(template: str, fields: Mapping[str, str]) -> str:
    """``template`` with its fields replaced once; braces inside a value stay as they are."""
    return TextBlock("", 0, _NEVER, "", (template,)).filled(fields)[0]


def paragraphs_of(block: Block, text: str) -> tuple[str, ...]:
    """What was typed, as paragraphs: one a line where the block holds several, else all of it."""
    lines = tuple(line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return tuple(line for line in lines if line)


def check_wording(block: Block, text: str) -> tuple[str, ...]:
    """The paragraphs of ``text``, fit for ``block``. Every refusal names the field ``text``.

    Raises ``TextMissingError``, ``TooManyParagraphsError``, ``WordingTooLongError``, ``ControlCharacterError``,
    ``BrokenFieldError`` and ``UnknownFieldError``.
    """
    if any(unicodedata.category(one) in UNSEEN and one not in "\r\n" for one in text):
        raise ControlCharacterError(field="text")
    found = paragraphs_of(block, text)
    if not found and not block.may_be_empty:
        raise TextMissingError(field="text")
    if len(found) > MOST[block.shape] or (block.shape is Shape.PAIR and len(found) == 1):
        raise TooManyParagraphsError(field="text", most=MOST[block.shape])
    for paragraph in found:
        _check_paragraph(block, paragraph)
    return found


UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Categories of characters that are not seen, or that no font can set."""


def _check_paragraph(block: Block, paragraph: str) -> None:
    if len(paragraph) > LONGEST[block.shape]:
        raise WordingTooLongError(field="text", limit=LONGEST[block.shape])
    allowed = "".join(f"{{{name}}}" for name in block.fields)
    for name in _fields_of(paragraph):
        if name not in block.fields:
            raise UnknownFieldError(field="text", name=name[:20], allowed=allowed or "―")


def _fields_of(paragraph: str) -> list[str]:
    """The names in braces. ``BrokenFieldError`` for a brace that stands alone, or asks for more than a name."""
    try:
        parts = list(Formatter().parse(paragraph))
    except ValueError:
        raise BrokenFieldError(field="text") from None
    if "{{" in paragraph or "}}" in paragraph or any(spec or conversion for _, _, spec, conversion in parts):
        raise BrokenFieldError(field="text")
    return [name for _, name, _, _ in parts if name is not None]
