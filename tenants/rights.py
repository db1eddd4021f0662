"""Who may do what with which table: declared beside the models, carried out by provisioning.

Each application names the rights on each of its tables in ``AppConfig.rights``. A table without an
entry is refused at provisioning, so that nothing becomes readable because somebody forgot it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.apps import apps
from django.conf import settings

from tenants.scope import SHARED_SCHEMA

OWN_ACCOUNT: Final = "nullif(current_setting('kashikan.account', true), '')::uuid"
"""SQL: the portal account of the unit of work, or NULL."""


EVERYTHING: Final = ("*",)
"""In ``AppConfig.not_packaged``: a table that no package of a tenant's data holds."""


@dataclass(frozen=True, slots=True)
class RowRule:
    """A row security policy: ``role`` (tenant, portal or city) sees the rows for which ``using`` holds."""

    role: str
    using: str
    command: str = "ALL"
    check: str | None = None


@dataclass(frozen=True, slots=True)
class Rights:
    """Table privileges of the three kinds of role, and which rows they reach.

    A privilege list is SQL, for example ``"SELECT, INSERT"`` or ``"SELECT (id, name), INSERT"``.
    A role that has a privilege but no row rule reaches every row. ``own`` is for tables that stand in
    every schema: the tenant's role in a tenant's schema, the city's role in the shared one.
    """

    own: str = ""
    tenant: str = ""
    portal: str = ""
    city: str = ""
    rows: tuple[RowRule, ...] = ()
    sequences: tuple[str, ...] = ()
    """Sequences that whoever has a privilege on the table may draw from."""

    def privileges(self, schema: str) -> Mapping[str, str]:
        """Kind of role -> privilege list in ``schema``, for those that have any."""
        named = {"tenant": self.tenant, "portal": self.portal, "city": self.city}
        if self.own:
            named["city" if schema == SHARED_SCHEMA else "tenant"] = self.own
        return {kind: privileges for kind, privileges in named.items() if privileges}


@dataclass(frozen=True, slots=True)
class CityView:
    """A view of the city over all tenants: column -> SQL type, and the SELECT over one ``{schema}``."""

    columns: Mapping[str, str]
    select: str


def own_rows(schema_column: str) -> tuple[RowRule, ...]:
    """A tenant's role reaches only rows of its own schema."""
    return (RowRule(role="tenant", using=f"('tenant_' || {schema_column}) = current_user"),)


def schema_applications(schema: str) -> list[str]:
    """The applications whose tables live in ``schema``."""
    return list(settings.SHARED_APPS if schema == SHARED_SCHEMA else settings.TENANT_APPS)


def rights_in(schema: str) -> dict[str, Rights]:
    """Table name -> rights, for every managed table of ``schema``. ``LookupError`` for a forgotten table."""
    wanted = set(schema_applications(schema))
    found: dict[str, Rights] = {}
    for config in apps.get_app_configs():
        if config.name not in wanted:
            continue
        declared: Mapping[str, Rights] = getattr(config, "rights", {})
        for model in config.get_models(include_auto_created=True):
            table = model._meta.db_table
            if not model._meta.managed or model._meta.proxy:
                continue
            if table not in declared and config.name.startswith("django."):
                continue
            found[table] = declared[table]
    return found


def city_views() -> dict[str, CityView]:
    """View name -> the city's view over all tenants, from every application."""
    views: dict[str, CityView] = {}
    for config in apps.get_app_configs():
        views |= getattr(config, "city_views", {})
    return views


def function_rights() -> dict[str, str]:
    """Function of the shared schema -> kind of role that may execute it, from every application.

    A function that nobody declares is executed by nobody but the owner, unlike PostgreSQL's own default.
    """
    functions: dict[str, str] = {}
    for config in apps.get_app_configs():
        functions |= getattr(config, "function_rights", {})
    return functions


def column_list(columns: Iterable[str]) -> str:
    """SQL column list for a privilege that reaches only some columns."""
    return f"({', '.join(columns)})"
