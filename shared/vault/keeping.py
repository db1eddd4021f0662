"""Putting a file into the vault, fetching it once, and destroying what nobody fetched.

The guard is the database: one statement reads the content, empties the row and marks it fetched, under the row's lock
and only if nobody did so before. Two who fetch at the same moment get it once.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection

from kernel import clock
from shared.vault.errors import FileGoneError
from shared.vault.models import Destruction, VaultFile

KEPT: Final = dt.timedelta(hours=24)
"""How long a file waits for being fetched, unless its maker says less."""
TAKE: Final = """
WITH taken AS (
    SELECT id, content FROM vault_vaultfile
    WHERE id = %(file)s AND made_for = %(account)s AND destroyed_at IS NULL AND fetch_by > %(now)s FOR UPDATE
)
UPDATE vault_vaultfile v
SET content = NULL, fetched_at = %(now)s, fetched_terminal = %(terminal)s, destroyed_at = %(now)s,
    destroyed_why = 'fetched'
FROM taken WHERE v.id = taken.id
RETURNING v.name, v.media_type, taken.content
"""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file on its way to whoever asked for it; the vault has it no more."""

    name: str
    media_type: str
    content: bytes


def put(
    *,
    kind: str,
    name: str,
    content: bytes,
    media_type: str,
    made_for: UUID,
    subject: UUID | None = None,
    remarks: dict[str, Any] | None = None,
    kept: dt.timedelta = KEPT,
) -> VaultFile:
    """Keep a file for ``made_for``. Inside the transaction of whatever it belongs to."""
    now = clock.now()
    return VaultFile.objects.create(
        kind=kind,
        subject=subject,
        name=name,
        media_type=media_type,
        content=content,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        remarks=remarks or {},
        made_at=now,
        made_for=made_for,
        fetch_by=now + kept,
    )


def take(*, file: UUID, account: UUID, terminal: UUID | None) -> Fetched:
    """The file's content, once. Inside the transaction that audits it; ``FileGoneError``."""
    asked = {"file": file, "account": account, "terminal": terminal, "now": clock.now()}
    with connection.cursor() as cursor:
        cursor.execute(TAKE, asked)
        row = cursor.fetchone()
    if row is None:
        raise FileGoneError
    return Fetched(row[0], row[1], bytes(row[2]))


def destroy_due() -> list[VaultFile]:
    """Destroy what nobody fetched in time; the emptied rows. Inside a transaction."""
    due = VaultFile.objects.defer("content").filter(destroyed_at__isnull=True, fetch_by__lte=clock.now())
    found = list(due.select_for_update(skip_locked=True))
    destroy([one.pk for one in found], Destruction.LAPSED)
    return found


def destroy(files: list[UUID], why: Destruction) -> int:
    """Empty the files that still have a content; how many."""
    waiting = VaultFile.objects.filter(pk__in=files, destroyed_at__isnull=True)
    return waiting.update(content=None, destroyed_at=clock.now(), destroyed_why=why)
