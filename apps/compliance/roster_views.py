"""What the city sees of the facilities' IDs."""

from __future__ import annotations

from typing import Final

from tenants.rights import CityView

ROSTER_VIEWS: Final = {
    "city_staff_account": CityView(
        columns={
            "tenant": "text",
            "id": "uuid",
            "login_id": "varchar",
            "name": "varchar",
            "roles": "varchar[]",
            "body": "varchar",
            "title": "varchar",
            "starts_on": "date",
            "ends_on": "date",
            "is_active": "boolean",
            "suspended_at": "timestamptz",
            "suspended_why": "varchar",
            "confirmed_at": "timestamptz",
            "one_time_until": "timestamptz",
            "created_at": "timestamptz",
            "pledge_version": "integer",
            "trained_on": "date",
            "last_used": "timestamptz",
        },
        select=(
            "SELECT {tenant}::text, a.id, a.login_id, a.name, a.roles, a.body, a.title, a.starts_on, a.ends_on,"
            " a.is_active, a.suspended_at, a.suspended_why, a.confirmed_at, a.one_time_until, a.created_at,"
            " a.pledge_version, a.trained_on,"
            " (SELECT e.at FROM {schema}.audit_auditentry e WHERE e.actor_id = a.id AND e.action = 'login'"
            " ORDER BY e.id DESC LIMIT 1) FROM {schema}.staff_staffaccount a"
        ),
    ),
}
