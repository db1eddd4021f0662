"""What a package says of itself: ``manifest.json``, and the names of its other files."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
SUMS: Final = "SHA256SUMS"
READ_ME: Final = "はじめにお読みください.txt"


class NotAPackageError(ValueError):
    """A file that is no package, or whose manifest cannot be read."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column as PostgreSQL has it, and what it is called on our pages."""

    name: str
    type: str
    label: str


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file: ``digest`` is a sum over the rows, made by the database, and does not depend on their order."""

    schema: str
    name: str
    file: str
    label: str
    columns: tuple[Column, ...]
    left_out: tuple[str, ...]
    rows: int
    bytes: int
    sha256: str
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The package as a whole: one moment of one tenant's data."""

    tenant: str
    name: str
    made_at: dt.datetime
    migrations: Mapping[str, str]
    """Application -> its newest migration, which says what the columns mean."""
    tables: tuple[Table, ...]
    not_included: tuple[str, ...]
    """Tables that are left out whole: sessions, keys and what is made anew from the rest."""

    def as_json(self) -> str:
        """The text of ``manifest.json``."""
        found = asdict(self) | {"format": FORMAT, "made_at": self.made_at.isoformat()}
        return json.dumps(found, ensure_ascii=False, indent=1) + "\n"

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(table.rows for table in self.tables)


def manifest_from(text: str) -> Manifest:
    """The manifest in ``text``. ``NotAPackageError`` if it is none, or of a format that is not known."""
    try:
        found: dict[str, Any] = json.loads(text)
        if found.pop("format") != FORMAT:
            raise NotAPackageError("the manifest's format is not known here")
        tables = tuple(_table(one) for one in found.pop("tables"))
        made_at = dt.datetime.fromisoformat(found.pop("made_at"))
        return Manifest(**found | {"not_included": tuple(found["not_included"])}, made_at=made_at, tables=tables)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NotAPackageError(f"the manifest cannot be read ({type(error).__name__})") from None


def _table(found: dict[str, Any]) -> Table:
    columns = tuple(Column(**one) for one in found.pop("columns"))
    return Table(**found | {"left_out": tuple(found["left_out"])}, columns=columns)
