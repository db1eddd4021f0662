"""Files of old audit entries (保管ファイル): written with their seals, so that each proves itself by the chain.

JSON lines. The first names schema and day and gives the chain before; each block's seal is followed by its entries,
each in the canonical form that was hashed when it was sealed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final
from uuid import UUID

from django.db import connection

from shared.sealing.models import AuditArchive, DaySeal
from shared.sealing.seals import root_of
from tenants.scope import SHARED_SCHEMA

CANON: Final = (
    "jsonb_build_array(a.id, a.xact, (extract(epoch FROM a.at) * 1000000)::bigint, a.actor_kind, a.actor_id, a.action,"
    " a.object_type, a.object_id, a.purpose, a.detail, a.address, a.request_id, a.roles, a.body, a.terminal, a.session,"
    " a.persons)"
)
"""As ``shared.audit_seal`` hashes a row."""
SEALS: Final = (
    "SELECT id, (extract(epoch FROM sealed_at) * 1000000)::bigint, to_xact, to_id, rows, shift, encode(root, 'hex'),"
    " encode(chain, 'hex') FROM audit_auditseal WHERE id BETWEEN %s AND %s ORDER BY id"
)
ROWS: Final = (
    f"SELECT {CANON}::text FROM audit_auditentry a WHERE (a.xact, a.id) > (%s, %s) AND (a.xact, a.id) <= (%s, %s)"  # noqa: S608
    " ORDER BY a.xact, a.id"
)
FIELDS: Final = ("block", "sealed_at", "to_xact", "to_id", "rows", "shift", "root", "chain")


class ArchiveError(ValueError):
    """A file is not what was archived; the text says what is wrong, and quotes no entry."""


def name_of(place: str, day: dt.date) -> str:
    """The file of a schema's day."""
    return f"audit-{place}-{day.isoformat()}.jsonl"


def write_archive(folder: Path, place: str, day: dt.date, last_block: int) -> tuple[Path, str]:
    """Write the file of ``day``, whole or not at all, check it, and give its hash. As whoever keeps the rows.

    ``last_block`` is that of the day's seal. ``ArchiveError`` when what is there does not fit the seals.
    """
    path = folder / name_of(place, day)
    part = path.with_suffix(".part")
    part.touch(mode=0o600)
    with part.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(line + "\n" for line in _lines(place, day, last_block))
        out.flush()
        os.fsync(out.fileno())
    read_archive(part)
    part.replace(path)
    return path, digest_of(path)


def register(disposal: UUID, place: str, day: dt.date, name: str, sha256: str) -> None:
    """Tell the database that the day is in a file; only then it lets the entries go."""
    of = "city_" if place == SHARED_SCHEMA else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT shared.{of}audit_archived(%s, %s, %s, %s)", [disposal, day, name, sha256])


def read_archive(path: Path) -> tuple[str, int, bytes, bytes]:
    """Check a file by itself: schema, entries, the chain before it and at its end. ``ArchiveError``."""
    try:
        with path.open(encoding="utf-8", newline="\n") as lines:
            return _read(lines)
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        if isinstance(error, ArchiveError):
            raise
        raise ArchiveError(f"{path.name} cannot be read ({type(error).__name__})") from None


def verify_archives(place: str, folder: Path) -> tuple[int, int]:
    """Check every archived day against its file, the day seals, and the seal that stands in the table; days and
    entries. As the city. ``ArchiveError`` for the first that does not fit."""
    days = list(AuditArchive.objects.filter(tenant=place, removed_at__isnull=False).order_by("last_block"))
    sealed = dict(DaySeal.objects.filter(tenant=place).values_list("day", "root"))
    chain, total = b"", 0
    for one in days:
        path = folder / one.name
        owner, rows, before, after = read_archive(path)
        if digest_of(path) != one.sha256:
            raise ArchiveError(f"{one.name} is not the file that was archived")
        if owner != place or rows != one.rows or before != chain:
            raise ArchiveError(f"{one.name} does not follow on the day before")
        if after != bytes(one.chain) or after != bytes(sealed.get(one.day, b"")):
            raise ArchiveError(f"{one.name} does not fit the city's seal of {one.day}")
        chain, total = after, total + rows
    if days and root_of(place, days[-1].last_block) != chain:
        raise ArchiveError(f"the seals in the table do not go on from {days[-1].name}")
    return len(days), total


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _lines(place: str, day: dt.date, last_block: int) -> Iterator[str]:
    done = AuditArchive.objects.filter(tenant=place, removed_at__isnull=False).order_by("-last_block").first()
    first = done.last_block + 1 if done else 1
    [before] = _query(SEALS, [first - 1, first - 1]) or [(0, 0, 0, 0, 0, 0, "", "")]
    yield json.dumps({"audit": place, "day": day.isoformat(), "before": before[7]})
    bounds = before[2], before[3]
    for seal in _query(SEALS, [first, last_block]):
        yield json.dumps(dict(zip(FIELDS, seal, strict=True)))
        for (line,) in _query(ROWS, [*bounds, seal[2], seal[3]]):
            yield line
        bounds = seal[2], seal[3]


def _query(statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _read(lines: IO[str]) -> tuple[str, int, bytes, bytes]:
    head = json.loads(next(lines, "null"))
    before = chain = bytes.fromhex(head["before"])
    total = 0
    for text in lines:
        seal = json.loads(text)
        leaves = b"".join(_leaf(next(lines, "")) for _ in range(seal["rows"]))
        chain = _chain(chain, seal, hashlib.sha256(leaves).digest())
        if chain.hex() != seal["chain"]:
            raise ArchiveError(f"block {seal['block']} of {head['day']} is not as it was sealed")
        total += seal["rows"]
    return str(head["audit"]), total, before, chain


def _leaf(text: str) -> bytes:
    line = text.removesuffix("\n")
    number: int = json.loads(line)[0]
    return number.to_bytes(8, "big", signed=True) + hashlib.sha256(line.encode()).digest()


def _chain(before: bytes, seal: dict[str, Any], root: bytes) -> bytes:
    numbers = (seal[name] for name in ("block", "sealed_at", "to_xact", "to_id", "rows", "shift"))
    return hashlib.sha256(before + b"".join(one.to_bytes(8, "big", signed=True) for one in numbers) + root).digest()
