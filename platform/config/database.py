"""Database set-up: what only a superuser can make, once per database.

Roles belong to the cluster, schemas and extensions to the database. Everything here may be run again.
"""

from __future__ import annotations

from typing import Final

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

OWNER_LOGIN: Final = "kashikan_owner"
WEB_LOGIN: Final = "kashikan_web"
SITE_ROLES: Final = ("kashikan_portal", "kashikan_city", "kashikan_desk")
"""Portal and city work as these roles; ``kashikan_desk`` only gathers the tenants' roles for a login."""
TENANT_GROUP: Final = "kashikan_tenant"
"""What every tenant's role may do in the shared schema; each of them is a member."""
EXTENSIONS: Final = ("btree_gist", "pg_trgm", "unaccent")


def set_up(*, admin_url: str, database: str, owner_password: str, web_password: str) -> None:
    """Make roles, the database, its schemas and extensions. ``admin_url`` logs in as a superuser."""
    with psycopg.connect(admin_url, autocommit=True) as connection:
        make_roles(connection, owner_password=owner_password, web_password=web_password)
        make_database(connection, database)
    with psycopg.connect(make_conninfo(admin_url, dbname=database), autocommit=True) as connection:
        make_schemas(connection)


def make_roles(connection: psycopg.Connection, *, owner_password: str, web_password: str) -> None:
    """The owner, the site roles that tenants' roles are gathered in, and the login that owns nothing."""
    for role in SITE_ROLES:
        _make_role(connection, role, "NOLOGIN NOINHERIT")
    _make_role(connection, OWNER_LOGIN, "LOGIN CREATEROLE", owner_password)
    _make_role(connection, WEB_LOGIN, "LOGIN NOINHERIT", web_password)
    for role in SITE_ROLES:
        connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), sql.Identifier(WEB_LOGIN)))
    _make_role(connection, TENANT_GROUP, "NOLOGIN NOINHERIT")
    connection.execute(
        sql.SQL("GRANT {} TO {} WITH ADMIN OPTION").format(sql.Identifier(TENANT_GROUP), sql.Identifier(OWNER_LOGIN))
    )


def make_database(connection: psycopg.Connection, database: str) -> None:
    """A database that nobody may enter or create in unless told."""
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'").format(
                sql.Identifier(database), sql.Identifier(OWNER_LOGIN)
            )
        )
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(database)))
    connection.execute(
        sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(database), sql.Identifier(WEB_LOGIN))
    )


def make_schemas(connection: psycopg.Connection) -> None:
    """``shared`` and ``gate`` belong to the owner; ``extensions`` holds nothing but extensions."""
    owner = sql.Identifier(OWNER_LOGIN)
    connection.execute("CREATE SCHEMA IF NOT EXISTS extensions")
    for extension in EXTENSIONS:
        connection.execute(
            sql.SQL("CREATE EXTENSION IF NOT EXISTS {} SCHEMA extensions").format(sql.Identifier(extension))
        )
    for schema in ("shared", "gate"):
        connection.execute(
            sql.SQL("CREATE SCHEMA IF NOT EXISTS {} AUTHORIZATION {}").format(sql.Identifier(schema), owner)
        )
    connection.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    connection.execute("GRANT USAGE ON SCHEMA extensions TO PUBLIC")
    connection.execute(sql.SQL("GRANT USAGE ON SCHEMA gate TO {}").format(sql.Identifier(WEB_LOGIN)))
    members = sql.SQL(", ").join(sql.Identifier(role) for role in (*SITE_ROLES[:2], TENANT_GROUP))
    connection.execute(sql.SQL("GRANT USAGE ON SCHEMA shared TO {}").format(members))


def _make_role(connection: psycopg.Connection, role: str, attributes: str, password: str | None = None) -> None:
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    statement = sql.SQL("{} ROLE {} {}").format(
        sql.SQL("ALTER" if known else "CREATE"), sql.Identifier(role), sql.SQL(attributes)
    )
    if password is not None:
        statement += sql.SQL(" PASSWORD {}").format(sql.Literal(password))
    connection.execute(statement)
