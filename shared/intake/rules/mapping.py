"""Which column of a file is read into which field (項目の対応): guessed, chosen on a page, kept as a small file."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from shared.intake.errors import (
    ColumnTwiceError,
    FieldsMissingError,
    MappingSyntaxError,
    NamedTwiceError,
    OtherMappingError,
    UnknownFieldError,
    UnreadableMappingError,
)
from shared.intake.rules.cells import plain
from shared.intake.rules.target import Field, meanings_of

LONGEST_FILE: Final = 200_000
"""Characters of a mapping file."""
LONGEST_NAME: Final = 40
"""Characters that are told of a name that is no field's."""
_SIGNS: Final = re.compile(r"[\s・_\-－ー/／()（）\[\]【】:：.．]")


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Columns, constants and values.

    Column -> field, or nothing for a column that is not used; field -> the value of rows that have none; field ->
    text of the file -> code of the choice, or nothing for a text that is not to be understood.
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
        """Field -> normalised text -> code, of every field that has choices; what is no choice here means nothing."""
        return {one.code: self._meanings(one) for one in fields if one.choices}

    def _meanings(self, chosen: Field) -> dict[str, str]:
        known = {code for code, _ in chosen.choices}
        own = {plain(text): meant for text, meant in self.values.get(chosen.code, {}).items()}
        return {text: code for text, code in (meanings_of(chosen) | own).items() if code in known}


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


def adapted(mapping: ColumnMap, header: Sequence[str]) -> ColumnMap:
    """The mapping for a file with the columns ``header``; a column that it does not know is not used."""
    columns = {name: mapping.columns.get(name, "") for name in header}
    return ColumnMap(columns, mapping.constants, mapping.values)


def to_file(mapping: ColumnMap, *, kind: str, source: str) -> str:
    """The small file: JSON that a person can edit."""
    told = {"kind": kind, "source": source, **mapping.as_json()}
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def from_file(text: str, *, kind: str, fields: Sequence[Field]) -> ColumnMap:
    """The mapping of a small file, as a person may have edited it.

    ``UnreadableMappingError`` for what is none, ``MappingSyntaxError`` with the line at fault, ``NamedTwiceError`` for
    a name that stands twice in one place, ``OtherMappingError`` for one of another kind of file,
    ``UnknownFieldError`` for a field that there is not.
    """
    told = _parsed(text)
    if told.get("kind", kind) != kind:
        raise OtherMappingError(field="file")
    columns, constants, values = (told.get(name, {}) for name in ("columns", "constants", "values"))
    if not (_is_texts(columns) and _is_texts(constants) and _is_tables(values)):
        raise UnreadableMappingError(field="file")
    _refuse_unknown([*filter(None, columns.values()), *constants, *values], fields)
    return ColumnMap(columns, constants, values)


def _parsed(text: str) -> dict[str, Any]:
    if len(text) > LONGEST_FILE:
        raise UnreadableMappingError(field="file")
    try:
        told = json.loads(text.removeprefix("\ufeff"), object_pairs_hook=_each_once)
    except json.JSONDecodeError as error:
        if not text.lstrip("\ufeff \r\n\t").startswith("{"):
            raise UnreadableMappingError(field="file") from None
        raise MappingSyntaxError(field="file", line=error.lineno) from None
    except (ValueError, RecursionError):
        raise UnreadableMappingError(field="file") from None
    if not isinstance(told, dict):
        raise UnreadableMappingError(field="file")
    return told


def _each_once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """What JSON itself allows: the last of two would silently win."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise NamedTwiceError(field="file", name=name[:LONGEST_NAME].encode("utf-8", "replace").decode())
        found[name] = value
    return found


def _refuse_unknown(codes: Sequence[str], fields: Sequence[Field]) -> None:
    known = {one.code for one in fields}
    for code in codes:
        if code not in known:
            raise UnknownFieldError(field="file", name=code[:LONGEST_NAME])


def _is_tables(found: object) -> bool:
    return isinstance(found, dict) and all(_is_texts(texts) for texts in found.values())


def _is_texts(found: object) -> bool:
    return isinstance(found, dict) and all(_is_text(one) for pair in found.items() for one in pair)


def _is_text(found: object) -> bool:
    """Whether it is a text that can be kept: no NUL, no half of a character."""
    return isinstance(found, str) and not any(char == "\0" or "\ud800" <= char <= "\udfff" for char in found)


def _folded(heading: str) -> str:
    return _SIGNS.sub("", unicodedata.normalize("NFKC", heading)).upper()
