"""Versioned wording that official documents quote.

A block is never edited: new wording is a new version with its date, so that it can be told later which wording a
document had.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from string import Formatter


class NoTextBlockError(LookupError):
    """No version of a block is in force on that date."""


class UnknownFieldError(ValueError):
    """A block names a field that is not given, or asks for more than a name's text ({city.x}, {city!r}, {})."""


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One version of one block. ``paragraphs`` hold named fields in braces: {mayor}, {defendant}…"""

    id: str
    version: int
    effective_from: date
    heading: str
    paragraphs: tuple[str, ...]

    def filled(self, fields: Mapping[str, str]) -> tuple[str, ...]:
        """The paragraphs with their fields replaced, once: braces inside a value stay as they are."""
        return tuple(_filled(paragraph, fields) for paragraph in self.paragraphs)


def _filled(template: str, fields: Mapping[str, str]) -> str:
    parts: list[str] = []
    for text, name, specification, conversion in Formatter().parse(template):
        parts.append(text)
        if name is None:
            continue
        if name not in fields or specification or conversion:
            raise UnknownFieldError(name)
        parts.append(fields[name])
    return "".join(parts)


def in_force(block_id: str, *, on: date, blocks: Iterable[TextBlock]) -> TextBlock:
    """The version of ``block_id`` in force on a day: the one that began last. Raises NoTextBlockError."""
    begun = [block for block in blocks if block.id == block_id and block.effective_from <= on]
    if not begun:
        raise NoTextBlockError(f"{block_id} has no version in force on {on.isoformat()}")
    return max(begun, key=lambda block: (block.effective_from, block.version))
