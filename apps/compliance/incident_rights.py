"""Who may do what with the tables of incidents."""

from __future__ import annotations

from typing import Final

from tenants.rights import Rights, RowRule, column_list

OWN: Final = "('tenant_' || tenant) = current_user"
DESKS_STEPS: Final = "step IN ('noticed', 'reported')"
EXCLUDING: Final = f"UPDATE {column_list(['is_excluded', 'excluded_at', 'excluded_by'])}"
BY_STAFF: Final = "by_kind = 'staff'"
BY_CITY: Final = "by_kind = 'city'"


def _added(*, desk: str = BY_STAFF, city: str = BY_CITY) -> tuple[RowRule, ...]:
    """Both read what they may, and add in their own name only."""
    return (
        RowRule(role="tenant", command="SELECT", using=OWN),
        RowRule(role="tenant", command="INSERT", using=f"{OWN} AND {desk}"),
        RowRule(role="city", command="SELECT", using="true"),
        RowRule(role="city", command="INSERT", using=city),
    )


INCIDENT_RIGHTS: Final = {
    "compliance_incidentdraft": Rights(
        tenant="SELECT, INSERT, UPDATE, DELETE", rows=(RowRule(role="tenant", using=OWN),)
    ),
    "compliance_incident": Rights(
        tenant="SELECT, INSERT",
        city="SELECT",
        rows=(
            RowRule(role="tenant", command="SELECT", using=OWN),
            RowRule(role="tenant", command="INSERT", using=OWN),
        ),
    ),
    "compliance_incidentact": Rights(
        tenant="SELECT, INSERT",
        city="SELECT, INSERT",
        rows=_added(desk=f"{BY_STAFF} AND {DESKS_STEPS}", city=f"{BY_CITY} AND NOT {DESKS_STEPS}"),
    ),
    "compliance_incidentversion": Rights(tenant="SELECT, INSERT", city="SELECT, INSERT", rows=_added()),
    "compliance_affectedperson": Rights(
        tenant=f"SELECT, INSERT, {EXCLUDING}",
        city=f"SELECT, INSERT, {EXCLUDING}",
        rows=(
            *_added(),
            RowRule(role="tenant", command="UPDATE", using=OWN),
            RowRule(role="city", command="UPDATE", using="true"),
        ),
    ),
    "compliance_incidentletter": Rights(
        tenant="SELECT, INSERT",
        city="SELECT",
        rows=(
            RowRule(role="tenant", command="SELECT", using=OWN),
            RowRule(role="tenant", command="INSERT", using=f"{OWN} AND {BY_STAFF}"),
        ),
    ),
    "compliance_incidentpublication": Rights(
        tenant="SELECT",
        city="SELECT, INSERT",
        rows=(
            RowRule(role="tenant", command="SELECT", using=OWN),
            RowRule(role="city", command="SELECT", using="true"),
            RowRule(role="city", command="INSERT", using=BY_CITY),
        ),
    ),
    "compliance_evidencepackage": Rights(
        city=f"SELECT, INSERT, UPDATE {column_list(['made_at', 'lines', 'sheet', 'sha256'])}",
        rows=(
            RowRule(role="city", command="SELECT", using="true"),
            RowRule(role="city", command="INSERT", using=f"{BY_CITY} AND made_at IS NULL"),
            RowRule(role="city", command="UPDATE", using="made_at IS NULL", check="made_at IS NOT NULL"),
        ),
    ),
}

INCIDENT_FUNCTIONS: Final = {
    "incident_shown(uuid, uuid, timestamptz, timestamptz, text, text)": "city",
    "incident_evidence(uuid, uuid, timestamptz, timestamptz)": "city",
}
