"""Who reaches which row of the roster: a facility its own, and writes it only until it is submitted."""

from __future__ import annotations

from typing import Final

from tenants.rights import Rights, RowRule

OWN: Final = "('tenant_' || tenant) = current_user"
UNSENT: Final = (
    "EXISTS (SELECT FROM shared.compliance_rostersubmission s WHERE s.id = compliance_rosterrow.submission_id"
    " AND s.tenant = compliance_rosterrow.tenant AND s.state IN ('draft', 'returned'))"
)
UNGRANTED: Final = "granted_at IS NULL AND granted_by IS NULL AND received_at IS NULL AND prints = 0"

ROSTER_RIGHTS: Final = {
    "compliance_rostersubmission": Rights(
        tenant="SELECT, INSERT, UPDATE (state, submitted_at, submitted_by, version), DELETE",
        city="SELECT, UPDATE (state, decided_at, decided_by, decision_note, version)",
        rows=(
            RowRule("tenant", OWN, "SELECT"),
            RowRule("tenant", OWN, "INSERT", f"{OWN} AND state = 'draft' AND decided_by IS NULL"),
            RowRule("tenant", f"{OWN} AND state IN ('draft', 'returned')", "UPDATE", f"{OWN} AND state <> 'approved'"),
            RowRule("tenant", f"{OWN} AND state = 'draft'", "DELETE"),
        ),
    ),
    "compliance_rosterrow": Rights(
        tenant="SELECT, INSERT, DELETE",
        city="SELECT, UPDATE (fault)",
        rows=(
            RowRule("tenant", OWN, "SELECT"),
            RowRule("tenant", OWN, "INSERT", f"{OWN} AND {UNSENT} AND {UNGRANTED}"),
            RowRule("tenant", f"{OWN} AND {UNSENT}", "DELETE"),
        ),
    ),
    "compliance_loginseries": Rights(),
}
ROSTER_FUNCTIONS: Final = {
    "staff_grant(uuid, uuid, text, timestamp with time zone, inet, text)": "city",
    "staff_change(uuid, uuid, inet, text)": "city",
    "staff_reset(uuid, uuid, text, timestamp with time zone, inet, text)": "city",
    "staff_suspend(uuid, text, uuid, text, text, inet, text)": "city",
    "staff_switch_off(uuid, uuid, text, inet, text)": "tenant",
    "staff_received(uuid)": "tenant",
    "city_account_open(uuid, text, text, text[], text, timestamp with time zone, inet, text)": "city",
    "city_account_change(uuid, uuid, text[], boolean, inet, text)": "city",
    "city_account_reset(uuid, uuid, text, timestamp with time zone, inet, text)": "city",
}
