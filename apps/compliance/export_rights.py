"""Rights on the tables of exports and registers."""

from __future__ import annotations

from typing import Final

from tenants.rights import Rights, RowRule

OWN: Final = "('tenant_' || tenant) = current_user"

REGISTERS: Final = ("copyrecord", "mediumrecord", "subcontractrecord", "disposalrecord")


def _append_only(table: str) -> Rights:
    """The facility adds rows of its own, which correct rows of its own; nobody changes one."""
    corrected = (
        f"{table}.corrects_id IS NULL OR EXISTS (SELECT FROM {table} c WHERE c.id = {table}.corrects_id)"  # a constant
    )
    return Rights(
        tenant="SELECT, INSERT",
        city="SELECT",
        rows=(
            RowRule(role="tenant", command="SELECT", using=OWN),
            RowRule(role="tenant", command="INSERT", using=f"{OWN} AND ({corrected})"),
        ),
    )


EXPORT_RIGHTS: Final = {
    "compliance_exportrequest": Rights(
        tenant="SELECT, INSERT, UPDATE (outcome, rows_done, made_count, file, made_at, fetch_by, fetched_at)",
        city="SELECT, UPDATE (decision, decided_at, decided_by, decided_login, decided_name, condition, margin,"
        " fiscal_year, serial)",
        rows=(
            RowRule(role="tenant", command="SELECT", using=OWN),
            RowRule(role="tenant", command="UPDATE", using=OWN),
            RowRule(
                role="tenant",
                command="INSERT",
                using=f"{OWN} AND decision = '' AND outcome = '' AND serial IS NULL AND file IS NULL",
            ),
        ),
    ),
    "compliance_exportseries": Rights(city="SELECT, INSERT, UPDATE"),
    **{f"compliance_{name}": _append_only(f"compliance_{name}") for name in REGISTERS},
}
"""The facility can ask and report; only the city can decide. The registers grow and never change."""
