"""Which column of a file is read into which field (項目の対応): guessed, chosen on a page, kept as a small file."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from shared.intake.errors import ColumnTwiceError, FieldsMissingError, UnreadableMappingError
from shared.intake.rules.cells import plain
from shared.intake.rules.target import Field, meanings_of

LONGEST_FILE: Final = 200_000
"""Characters of a mapping file."""
_SIGNS: Final = re.compile(r"[\s・_\-－ー/／()（）\[\]【】:：.．]")


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Columns, constants and values.

    Column -> field, or nothing for a column that is not used; field -> the value of every row; field -> text of the
    file -> code of the choice.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """For keeping, and for the file."""
        return {
            "columns": dict(self.columns),
            "constants": dict(self.constants),
            "values": {code: dict(texts) for code, texts in self.values.items()},
        }

    def places(self, header: Sequence[str]) -> dict[str, int]:
        """Field -> place of its column in a row."""
        return {self.columns[name]: place for place, name in enumerate(header) if self.columns.get(name)}

    def meanings(self, fields: Sequence[Field]) -> dict[str, dict[str, str]]:
        """Field -> normalised text -> code, of every field that has choices or was given meanings."""
        usual = {one.code: meanings_of(one) for one in fields if one.choices}
        own = {
            code: {plain(text): meant for text, meant in texts.items() if meant} for code, texts in self.values.items()
        }
        return {code: usual.get(code, {}) | own.get(code, {}) for code in {*usual, *own}}


def from_json(kept: Mapping[str, Any]) -> ColumnMap:
    """The mapping as it was kept."""
    return ColumnMap(kept.get("columns", {}), kept.get("constants", {}), kept.get("values", {}))


def guess(header: Sequence[str], fields: Sequence[Field], known: ColumnMap | None = None) -> ColumnMap:
    """The mapping kept for this source, for the columns that it knows; for the others a guess by their headings."""
    known = known or ColumnMap()
    columns = {name: known.columns[name] for name in header if name in known.columns}
    taken = {code for code in columns.values() if code}
    by_heading = {_folded(text): one.code for one in reversed(fields) for text in reversed(one.headings)}
    for name in header:
        code = by_heading.get(_folded(name), "")
        if name not in columns and code not in taken:
            columns[name] = code
            taken.add(code)
        columns.setdefault(name, "")
    return ColumnMap(columns, known.constants, known.values)


def check(mapping: ColumnMap, fields: Sequence[Field]) -> None:
    """``ColumnTwiceError`` for two columns of one field, ``FieldsMissingError`` for a field that no column gives."""
    chosen = [code for code in mapping.columns.values() if code]
    labels = {one.code: one.label for one in fields}
    for code in chosen:
        if chosen.count(code) > 1:
            raise ColumnTwiceError(label=str(labels.get(code, code)))
    given = {*chosen, *(code for code, value in mapping.constants.items() if value)}
    missing = [str(one.label) for one in fields if one.is_required and one.code not in given]
    if missing:
        raise FieldsMissingError(labels="、".join(missing))


def to_file(mapping: ColumnMap, *, kind: str, source: str) -> str:
    """The small file: JSON that a person can edit."""
    told = {"kind": kind, "source": source, **mapping.as_json()}
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def from_file(text: str, *, kind: str, fields: Sequence[Field]) -> ColumnMap:
    """The mapping of a small file. ``UnreadableMappingError`` for one of another kind, or that is none."""
    if len(text) > LONGEST_FILE:
        raise UnreadableMappingError(field="file")
    try:
        told = json.loads(text.removeprefix("\ufeff"))
    except ValueError:
        raise UnreadableMappingError(field="file") from None
    if not isinstance(told, dict) or told.get("kind", kind) != kind:
        raise UnreadableMappingError(field="file")
    codes = {one.code for one in fields}
    columns, constants, values = (told.get(name, {}) for name in ("columns", "constants", "values"))
    if not (_is_texts(columns) and _is_texts(constants) and isinstance(values, dict)):
        raise UnreadableMappingError(field="file")
    if not all(_is_texts(texts) for texts in values.values()) or not codes.issuperset({*constants, *values}):
        raise UnreadableMappingError(field="file")
    if not codes.issuperset(code for code in columns.values() if code):
        raise UnreadableMappingError(field="file")
    return ColumnMap(columns, constants, values)


def _is_texts(found: object) -> bool:
    return isinstance(found, dict) and all(isinstance(one, str) and "\0" not in one for one in found.values())


def _folded(heading: str) -> str:
    return _SIGNS.sub("", unicodedata.normalize("NFKC", heading)).upper()
