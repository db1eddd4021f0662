"""Tenants that a test provisions for itself, and takes away again."""

from __future__ import annotations

import secrets
from string import ascii_uppercase

import psycopg
from django.db import transaction
from psycopg import sql

from tenants.models import Tenant
from tenants.provisioning import rebuild_city_views
from tenants.scope import OWNER
from tests.support.raw import raw_cleaning
from tests.support.scopes import as_owner


def new_tenant(**values: str) -> Tenant:
    """An unsaved tenant whose schema and role no other process of the cluster uses."""
    schema = f"temporary_{secrets.token_hex(4)}"
    said = {
        "schema_name": schema,
        "name": "架空臨時館",
        "number_prefix": "T" + "".join(secrets.choice(ascii_uppercase) for _ in range(3)),
        "document_symbol": "架臨",
        "ordinance_title": "架空臨時館の設置及び管理に関する条例",
    } | values
    return Tenant(**said)


def remove(superuser: psycopg.Connection, schema: str) -> None:
    """Empty the database, and take away all that provisioning made for ``schema``, as far as it is there."""
    with raw_cleaning() as clean:
        clean()
    superuser.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(schema)))
    superuser.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(f"tenant_{schema}")))
    with as_owner(), transaction.atomic(using=OWNER):
        rebuild_city_views()
