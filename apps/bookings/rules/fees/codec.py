"""Tables and facts as JSON, and back: by the types of the dataclasses, strictly."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any, Final, TypeVar

from apps.bookings.rules.fees.tables import (
    Climate,
    Equipment,
    Reduction,
    Surcharge,
    TableKind,
    Tables,
    Tariff,
    Terms,
)

Value = TypeVar("Value")
Table = Tariff | Equipment | Terms | tuple[Surcharge, ...] | tuple[Climate, ...] | tuple[Reduction, ...]

LISTS: Final = {TableKind.SURCHARGES: Surcharge, TableKind.CLIMATE: Climate, TableKind.REDUCTIONS: Reduction}
WHOLE: Final = {TableKind.TARIFF: Tariff, TableKind.EQUIPMENT: Equipment, TableKind.TERMS: Terms}


def encode(value: object) -> Any:
    """``value`` as JSON; a fraction is text (``3/2``)."""
    match value:
        case Fraction():
            return str(value)
        case StrEnum():
            return value.value
        case None | bool() | int() | str():
            return value
        case tuple():
            return [encode(item) for item in value]
        case _:
            return {name: encode(getattr(value, name)) for name in _names(value)}


def decode(kind: type[Value], content: object) -> Value:
    """The ``kind`` that ``encode`` gave ``content`` for. Raises ValueError for anything else."""
    return typing.cast("Value", _decoded(kind, content))


def as_content(table: Table) -> dict[str, Any]:
    """A table as the JSON object that is stored."""
    return {"rows": encode(table)} if isinstance(table, tuple) else encode(table)


def from_content(kind: TableKind, content: Mapping[str, Any]) -> Table:
    """The table that ``as_content`` gave ``content`` for. Raises ValueError for anything else."""
    if kind in LISTS:
        return tuple(decode(LISTS[kind], row) for row in content["rows"])
    return typing.cast("Table", decode(WHOLE[kind], content))


@lru_cache(maxsize=1024)
def table_from(kind: TableKind, text: str) -> Table:
    """The table of its JSON's text, which is parsed once."""
    return from_content(kind, json.loads(text))


def tables_of(found: Mapping[TableKind, Table]) -> Tables | None:
    """All tables that hold together, None without a tariff. What is not there is empty, or as is common."""
    if TableKind.TARIFF not in found:
        return None
    known: dict[str, Any] = {kind.value: table for kind, table in found.items()}
    return Tables(**known)


def _decoded(kind: Any, content: object) -> object:
    if typing.get_origin(kind) in {types.UnionType, typing.Union}:
        return _optional(kind, content)
    if typing.get_origin(kind) is tuple:
        if not isinstance(content, Sequence) or isinstance(content, str):
            raise ValueError("a list is expected")
        return tuple(_decoded(typing.get_args(kind)[0], item) for item in content)
    if is_dataclass(kind):
        return _built(kind, content)
    return _plain(kind, content)


def _optional(kind: Any, content: object) -> object:
    if content is None:
        return None
    return _decoded(next(one for one in typing.get_args(kind) if one is not types.NoneType), content)


def _built(kind: Any, content: object) -> object:
    if not isinstance(content, Mapping):
        raise ValueError("an object is expected")
    hints = _hints(kind)
    if unknown := set(content) - set(hints):
        raise ValueError(f"unknown: {sorted(unknown)}")
    try:
        return kind(**{name: _decoded(hints[name], item) for name, item in content.items()})
    except TypeError:
        raise ValueError(f"something of {kind.__name__} is missing") from None


def _plain(kind: Any, content: object) -> object:
    if kind is Fraction and isinstance(content, str):
        return Fraction(content)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(str(content))
    if type(content) is not kind:
        raise ValueError(f"{kind} is expected")
    return content


def _names(value: Any) -> tuple[str, ...]:
    kind: Any = type(value)
    return tuple(_hints(kind))


@cache
def _hints(kind: Any) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    return {one.name: hints[one.name] for one in fields(kind)}
