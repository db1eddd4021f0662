"""Who may do what with the tables of alerts and reviews, and the city's views of the audit."""

from __future__ import annotations

from typing import Final

from tenants.rights import CityView, Rights, own_rows

ENTRY: Final = {
    "tenant": "text", "id": "bigint", "at": "timestamptz", "actor_kind": "text", "actor_id": "uuid", "action": "text",
    "object_type": "text", "object_id": "text", "purpose": "text", "detail": "jsonb", "address": "inet",
    "roles": "varchar[]", "body": "text", "terminal": "uuid", "session": "text", "persons": "uuid[]",
}  # fmt: skip

LOG_RIGHTS: Final = {
    "compliance_alertlimits": Rights(tenant="SELECT", city="SELECT, INSERT, UPDATE", rows=own_rows("tenant")),
    "compliance_auditalert": Rights(
        tenant="SELECT, INSERT, UPDATE (outcome, note, answered_at, answered_by, answered_name)",
        city="SELECT, INSERT, UPDATE (outcome, note, answered_at, answered_by, answered_name,"
        " city_note, city_at, city_by, city_name)",
        rows=own_rows("tenant"),
    ),
    "compliance_logreview": Rights(
        tenant="SELECT, INSERT, UPDATE (comment, signed_at, signed_by, signed_name)",
        city="SELECT, UPDATE (city_comment, city_at, city_by, city_name)",
        rows=own_rows("tenant"),
    ),
    "compliance_logsample": Rights(
        tenant="SELECT, INSERT, UPDATE (explanation, explained_at, explained_by)",
        city="SELECT",
        rows=own_rows("tenant"),
    ),
}
LOG_VIEWS: Final = {
    "city_audit": CityView(
        columns=ENTRY,
        select="SELECT {tenant}::text, "  # noqa: S608  # constants
        + ", ".join(f"{name}::{ENTRY[name]}" for name in list(ENTRY)[1:])
        + " FROM {schema}.audit_auditentry",
    ),
    "city_clerk": CityView(
        columns={"tenant": "text", "id": "uuid", "login_id": "text", "name": "text"},
        select="SELECT {tenant}::text, id, login_id::text, name::text FROM {schema}.staff_staffaccount",
    ),
}
"""``city_clerk``: whose ID it is that an entry names; the city gave it."""
