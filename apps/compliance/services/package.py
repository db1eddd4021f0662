"""Handing a tenant's data to the city as one file (データ一式の引渡し): nothing is written that is not recorded."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.db import DatabaseError

from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from tenants.package.manifest import Manifest
from tenants.package.writing import Progress, write_package
from tenants.scope import city_scope, unit_of_work

OBJECT = "package"


def hand_over_package(*, actor: Actor, schema: str, target: Path, progress: Progress) -> Manifest:
    """Write the package of ``schema`` to ``target``; the city's audit says so before and after, with its hash.

    Errors as ``write_package``. Where the second entry cannot be made the file is removed again.
    """
    _note(actor, schema, "begun")
    manifest = write_package(schema=schema, target=target, progress=progress)
    try:
        _note(actor, schema, "written", rows=manifest.rows, tables=len(manifest.tables), sha256=_sha256(target))
    except DatabaseError:
        target.unlink()
        raise
    return manifest


def _note(actor: Actor, schema: str, step: str, **counts: Any) -> None:
    with unit_of_work(city_scope()):
        record(actor, Action.EXPORT, object_type=OBJECT, object_id=schema, step=step, **counts)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
