"""Reading a package back: against its own hashes, and against the database that understands its columns."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Final

from django.db import connections, transaction
from psycopg import sql

from tenants.package.manifest import MANIFEST, READ_ME, SUMS, Manifest, NotAPackageError, Table, manifest_from
from tenants.package.writing import BOM, column_names, digest_query
from tenants.scope import OWNER, owner_scope, unit_of_work

Progress = Callable[[str], None]
PIECE: Final = 1024 * 1024
MOST_OF_A_TEXT: Final = 64 * PIECE
"""Bytes of the manifest at the most: a file that unpacks without end is no package."""


def read_manifest(path: Path) -> Manifest:
    """The manifest of the package at ``path``. ``NotAPackageError`` for any other file."""
    try:
        with zipfile.ZipFile(path) as package, package.open(MANIFEST) as file:
            return manifest_from(file.read(MOST_OF_A_TEXT).decode())
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError) as error:
        raise NotAPackageError(f"the file is no package ({type(error).__name__})") from None


def faults_of(path: Path, progress: Progress) -> Iterator[str]:
    """What does not agree with the package's own manifest and hashes; nothing if it is as it was written."""
    manifest = read_manifest(path)
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        expected = {MANIFEST, SUMS, READ_ME} | {table.file for table in manifest.tables}
        yield from (f"{name}: twice in the package" for name in sorted({one for one in names if names.count(one) > 1}))
        yield from (f"{name}: not in the package" for name in sorted(expected - set(names)))
        yield from (f"{name}: nobody knows what it is" for name in sorted(set(names) - expected))
        sums = _sums(package) if SUMS in names else {}
        for name in sorted(expected & set(names) - {SUMS}):
            progress(name)
            if sums.get(name) != _sha256(package, name):
                yield f"{name}: other bytes than were written"
        for table in manifest.tables:
            if sums.get(table.file) != table.sha256:
                yield f"{table.file}: the manifest and {SUMS} differ"


def faults_when_loaded(path: Path, progress: Progress) -> Iterator[str]:
    """What does not come back as it was when each table is loaded; as the owner, into tables that vanish again.

    The database must know the tenant's schema at the package's migrations.
    """
    manifest = read_manifest(path)
    with unit_of_work(owner_scope(), alias=OWNER), zipfile.ZipFile(path) as package, transaction.atomic(using=OWNER):
        for table in manifest.tables:
            progress(table.name)
            count, digest = _loaded(package, manifest.tenant, table)
            if (count, digest) != (table.rows, table.digest):
                yield f"{table.file}: {count} rows came back, {table.rows} were written, or they differ"


def _loaded(package: zipfile.ZipFile, tenant: str, table: Table) -> tuple[int, str]:
    beside = sql.Identifier(f"package_{table.name}")
    original = sql.Identifier(table.schema or tenant, table.name)
    with connections[OWNER].cursor() as cursor:
        cursor.execute(
            sql.SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA").format(
                beside, column_names(table), original
            )
        )
    raw = connections[OWNER].connection
    statement = sql.SQL("COPY {} ({}) FROM STDIN WITH (FORMAT csv, HEADER)").format(beside, column_names(table))
    with package.open(table.file) as file, raw.cursor() as cursor, cursor.copy(statement) as copy:
        if file.read(len(BOM)) != BOM:
            raise NotAPackageError(f"{table.file} does not begin as it was written")
        for piece in _pieces(file):
            copy.write(piece)
    with connections[OWNER].cursor() as cursor:
        cursor.execute(digest_query(beside, column_names(table)))
        count, digest = cursor.fetchone()
    return count, digest


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        yield piece


def _sums(package: zipfile.ZipFile) -> dict[str, str]:
    pairs = (line.partition("  ") for line in _text(package, SUMS).splitlines())
    return {name: value for value, _space, name in pairs}


def _text(package: zipfile.ZipFile, name: str) -> str:
    with package.open(name) as file:
        return file.read(MOST_OF_A_TEXT).decode()


def _sha256(package: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    try:
        with package.open(name) as file:
            for piece in _pieces(file):
                digest.update(piece)
    except zipfile.BadZipFile:
        return ""
    return digest.hexdigest()
