"""Who reaches which row of a recount: a facility answers for its own while it is open, and does nothing else."""

from __future__ import annotations

from typing import Final

from tenants.rights import CityView, Rights, RowRule

OWN: Final = "('tenant_' || tenant) = current_user"
OPEN: Final = (
    "EXISTS (SELECT FROM shared.compliance_recount r WHERE r.id = compliance_recountentry.recount_id"
    " AND r.closed_at IS NULL AND r.closes_on >= (now() AT TIME ZONE 'Asia/Tokyo')::date)"
)

RECOUNT_RIGHTS: Final = {
    "compliance_recount": Rights(
        tenant="SELECT", city="SELECT, INSERT, UPDATE (closed_at)", rows=(RowRule("tenant", OWN, "SELECT"),)
    ),
    "compliance_recountentry": Rights(
        tenant="SELECT, UPDATE (answer, answered_at, answered_by)",
        city="SELECT, INSERT, UPDATE (suspended_at)",
        rows=(RowRule("tenant", OWN, "SELECT"), RowRule("tenant", f"{OWN} AND {OPEN}", "UPDATE", OWN)),
    ),
}
SIGN_IN_VIEWS: Final = {
    "city_sign_in": CityView(
        columns={
            "tenant": "text",
            "account": "uuid",
            "login_id": "varchar",
            "name": "varchar",
            "at": "timestamptz",
            "is_out": "boolean",
            "address": "inet",
            "terminal": "uuid",
        },
        select=(
            "SELECT {tenant}::text, a.id, a.login_id, a.name, e.at, e.action = 'logout', e.address, e.terminal"
            " FROM {schema}.audit_auditentry e JOIN {schema}.staff_staffaccount a ON a.id = e.actor_id"
            " WHERE e.action IN ('login', 'logout')"
        ),
    )
}
