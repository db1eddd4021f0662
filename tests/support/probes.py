"""Tasks that tell what they may do, for a real worker: ``celery -A tests.support.probes:app``."""

from __future__ import annotations

from pathlib import Path

from django.db import connection
from django.db.utils import DatabaseError

from config.celery import app
from tenants.tasks import task, tenant_task

__all__ = ["app", "run_as_nobody", "run_as_tenant"]


@task(name="tests.nobody")
def run_as_nobody(statement: str, answer: str) -> None:
    """Write into the file ``answer`` what PostgreSQL says to ``statement``."""
    tell(statement, answer)


@tenant_task(name="tests.tenant")
def run_as_tenant(schema: str, statement: str, answer: str) -> None:
    """The same as the tenant ``schema``."""
    tell(statement, answer)


def tell(statement: str, answer: str) -> None:
    """One value, or the SQLSTATE of the refusal; the file appears whole."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            told = str(cursor.fetchone()[0])
    except DatabaseError as error:
        told = str(getattr(error.__cause__, "sqlstate", ""))
    unfinished = Path(f"{answer}.unfinished")
    unfinished.write_text(told, encoding="utf-8")
    unfinished.rename(answer)
