"""Writing a package: one snapshot of the tenant's rows, streamed table by table, so that memory stays flat."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, Final

from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from kernel import clock
from tenants.models import Tenant
from tenants.package.manifest import MANIFEST, READ_ME, SUMS, Manifest, Table
from tenants.package.tables import Source, label_of, sources
from tenants.scope import city_scope, desk_scope, unit_of_work

Progress = Callable[[str], None]
BOM: Final = "\ufeff".encode()
"""Without it a spreadsheet takes UTF-8 for the machine's own encoding."""
DIGEST: Final = (
    "SELECT count(*), coalesce(sum(('x' || left(md5(t::text), 15))::bit(60)::bigint::numeric), 0)::text"
    " FROM (SELECT {} FROM {}) t"
)
WORDS: Final = """このデータ一式について

・tenant/ には施設のデータ、shared/ には市が保管するその施設のデータが、表ごとにCSVで入っています。
・CSVはUTF-8（BOM付き）、先頭の行は列の名前、値はすべて引用符で囲み、値がないところは何も書きません。
・表計算ソフトで開くときは、すべての列を「文字列」として読み込んでください（先頭の0や = で始まる値を守るためです）。
・manifest.json に表・列・行数・ハッシュ値を、SHA256SUMS に各ファイルのハッシュ値を記しています。
・個人情報が含まれます。保管・複写・廃棄は、協定と市の規程に従ってください。
"""


def write_package(*, schema: str, target: Path, progress: Progress) -> Manifest:
    """Write the package of ``schema`` to ``target``, whole or not at all.

    Whoever breaks it off finds no ``target``, and begins anew: rows of two moments would contradict each other.
    Raises ``FileExistsError`` rather than overwrite, ``Tenant.DoesNotExist`` for a schema that is no tenant's.
    """
    if target.exists():
        raise FileExistsError(target)
    with unit_of_work(city_scope()):
        tenant = Tenant.objects.get(schema_name=schema)
    unfinished = target.with_name(target.name + ".unfinished")
    try:
        with open(unfinished, "xb", opener=_for_the_owner_only) as stream, unit_of_work(desk_scope(schema)):
            manifest = _write(tenant, stream, progress)
        os.link(unfinished, target)  # refuses a target that has appeared meanwhile
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def digest_query(table: sql.Composable, columns: sql.Composable) -> sql.Composable:
    """Counts the rows and adds up a hash of each."""
    return sql.SQL(DIGEST).format(columns, table)


def column_names(source: Source | Table) -> sql.Composable:
    """The columns of a table, for SQL."""
    return sql.SQL(", ").join(sql.Identifier(column.name) for column in source.columns)


def _for_the_owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _write(tenant: Tenant, stream: IO[bytes], progress: Progress) -> Manifest:
    schema = tenant.schema_name
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package, transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        found, not_included = sources(schema)
        tables = [_write_table(package, one, f"{number}/{len(found)}", progress) for number, one in enumerate(found, 1)]
        manifest = Manifest(schema, tenant.name, clock.now(), _migrations(), tuple(tables), tuple(not_included))
        sums = [(table.sha256, table.file) for table in tables]
        for name, text in ((MANIFEST, manifest.as_json()), (READ_ME, WORDS)):
            package.writestr(name, text)
            sums.append((hashlib.sha256(text.encode()).hexdigest(), name))
        package.writestr(SUMS, "".join(f"{value}  {name}\n" for value, name in sums))
    return manifest


def _write_table(package: zipfile.ZipFile, source: Source, place: str, progress: Progress) -> Table:
    table = sql.Identifier(source.schema, source.name)
    order = sql.SQL(", ").join(sql.Identifier(name) for name in source.key)
    statement = sql.SQL("COPY (SELECT {} FROM {} ORDER BY {}) TO STDOUT WITH (FORMAT csv, HEADER, FORCE_QUOTE *)")
    digest = hashlib.sha256(BOM)
    written = len(BOM)
    with connection.cursor() as cursor:
        cursor.execute(digest_query(table, column_names(source)))
        rows, sum_of_rows = cursor.fetchone()
    with package.open(source.file, "w", force_zip64=True) as file, _raw_cursor() as cursor:
        file.write(BOM)
        with cursor.copy(statement.format(column_names(source), table, order)) as copy:
            for piece in copy:
                file.write(piece)
                digest.update(piece)
                written += len(piece)
    progress(f"{place} {source.name}: {rows}")
    return Table(
        schema="" if source.file.startswith("tenant/") else source.schema,
        name=source.name,
        file=source.file,
        label=label_of(source.name),
        columns=source.columns,
        left_out=source.left_out,
        rows=rows,
        bytes=written,
        sha256=digest.hexdigest(),
        digest=sum_of_rows,
    )


def _raw_cursor() -> Any:
    """A cursor of psycopg itself, which knows COPY; the scope stands already."""
    return connection.connection.cursor()


def _migrations() -> dict[str, str]:
    return dict(sorted(MigrationLoader(None).graph.leaf_nodes()))
