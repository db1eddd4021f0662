"""Who may do what with the tables of keeping and disposing: nobody erases, and nobody writes a list."""

from __future__ import annotations

from typing import Final

from tenants.rights import Rights, RowRule

OWN: Final = "('tenant_' || tenant) = current_user"
ASKED: Final = (
    "(id, tenant, kind, fiscal_year, serial, due_on, asked_at, asked_kind, asked_by, asked_login, asked_name, decision,"
    " decided_login, decided_name, decision_note, listed, held, done, dropped, decided_at, decided_by, execute_on,"
    " listed_at, months, started_at, done_at)"
)
UNTOUCHED: Final = (
    "decision = '' AND listed_at IS NULL AND months IS NULL AND started_at IS NULL AND done_at IS NULL"
    " AND listed = 0 AND held = 0 AND done = 0 AND dropped = 0"
)
DECIDED: Final = "(decision, decided_at, decided_by, decided_login, decided_name, decision_note, execute_on)"

RETENTION_RIGHTS: Final = {
    "compliance_retentionperiod": Rights(
        tenant="SELECT",
        city="SELECT, INSERT",
        rows=(RowRule(role="tenant", command="SELECT", using=f"tenant = '' OR {OWN}"),),
    ),
    "compliance_disposal": Rights(
        tenant=f"SELECT, INSERT {ASKED}, UPDATE {DECIDED}",
        city=f"SELECT, INSERT {ASKED}, UPDATE {DECIDED}",
        rows=(
            RowRule(role="tenant", command="SELECT", using=OWN),
            RowRule(role="tenant", command="INSERT", using=f"{OWN} AND asked_kind = 'staff' AND {UNTOUCHED}"),
            RowRule(
                role="tenant",
                command="UPDATE",
                using=f"{OWN} AND decision = ''",
                check=f"{OWN} AND decision = 'withdrawn' AND asked_kind = 'staff'",
            ),
            RowRule(role="city", command="SELECT", using="true"),
            RowRule(role="city", command="INSERT", using=f"asked_kind = 'city' AND {UNTOUCHED}"),
            RowRule(
                role="city",
                command="UPDATE",
                using="decision = '' OR decision = 'confirmed' AND started_at IS NULL",
                check="decision <> ''",
            ),
        ),
    ),
    "compliance_disposalitem": Rights(
        tenant="SELECT", city="SELECT", rows=(RowRule(role="tenant", command="SELECT", using=OWN),)
    ),
}
RETENTION_FUNCTIONS: Final = {
    "disposal_counts(date)": "tenant",
    "city_disposal_counts(date)": "city",
    "disposal_list(uuid, timestamptz)": "tenant",
    "city_disposal_list(uuid, timestamptz)": "city",
    "disposal_run(uuid, integer, timestamptz)": "tenant",
    "city_disposal_run(uuid, integer, timestamptz)": "city",
}
