"""What the city sees of signing in at all places: never a secret, a hash or what was typed."""

from __future__ import annotations

from typing import Final

from tenants.rights import CityView

CITY_VIEWS: Final = {
    "city_second_factor": CityView(
        columns={
            "tenant": "text",
            "account": "uuid",
            "login_id": "varchar",
            "name": "varchar",
            "roles": "varchar[]",
            "since": "timestamptz",
            "codes_left": "bigint",
            "has_app": "boolean",
            "passkeys": "bigint",
        },
        select=(
            "SELECT {tenant}::text, s.id, s.login_id, s.name, s.roles, least(a.confirmed_at, p.since),"
            " (SELECT count(*) FROM {schema}.staff_recoverycode c WHERE c.account_id = s.id AND c.used_at IS NULL),"
            " a.id IS NOT NULL, coalesce(p.many, 0)"
            " FROM {schema}.staff_staffaccount s"
            " LEFT JOIN {schema}.staff_authenticator a ON a.account_id = s.id AND a.confirmed_at IS NOT NULL"
            " LEFT JOIN (SELECT account_id, min(made_at) AS since, count(*) AS many"
            " FROM {schema}.staff_passkey GROUP BY account_id) p ON p.account_id = s.id"
            " WHERE a.id IS NOT NULL OR p.many IS NOT NULL"
        ),
    ),
    "city_sign_in_lock": CityView(
        columns={
            "tenant": "text",
            "id": "bigint",
            "who": "varchar",
            "origin": "varchar",
            "tries": "integer",
            "began_at": "timestamptz",
        },
        select=(
            "SELECT {tenant}::text, id, who, origin, tries, began_at FROM {schema}.staff_signinpair WHERE tries >= most"
        ),
    ),
    "city_sign_in_event": CityView(
        columns={
            "tenant": "text",
            "account": "uuid",
            "login_id": "varchar",
            "name": "varchar",
            "at": "timestamptz",
            "sign": "varchar",
            "address": "inet",
            "terminal": "uuid",
        },
        select=(
            "SELECT {tenant}::text, s.id, s.login_id, s.name, e.at, e.sign, e.address, e.terminal"
            " FROM {schema}.staff_signinevent e JOIN {schema}.staff_staffaccount s ON s.id = e.account_id"
        ),
    ),
}
