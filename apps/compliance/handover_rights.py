"""Rights on the tables of a change of operator: each side takes its own steps, and nobody changes one."""

from __future__ import annotations

from typing import Final

from apps.compliance.rules.handover import SIDES, Side
from tenants.rights import Rights, RowRule


def _steps(side: Side) -> str:
    return ", ".join(f"'{step}'" for step, whose in SIDES.items() if whose is side)


OWN_CASE: Final = "case_id IN (SELECT id FROM compliance_handovercase)"
"""The case's own row rule applies inside."""

HANDOVER_RIGHTS: Final = {
    "compliance_handovercase": Rights(
        tenant="SELECT",
        city="SELECT, INSERT",
        rows=(RowRule(role="tenant", using="('tenant_' || tenant) = current_user"),),
    ),
    "compliance_handoveract": Rights(
        tenant="SELECT, INSERT",
        city="SELECT, INSERT",
        rows=(
            RowRule(role="tenant", command="SELECT", using=OWN_CASE),
            RowRule(
                role="tenant",
                command="INSERT",
                using=f"{OWN_CASE} AND side IN ('facility', 'system') AND step IN ({_steps(Side.FACILITY)})",
            ),
            RowRule(role="city", command="SELECT", using="true"),
            RowRule(role="city", command="INSERT", using=f"side = 'city' AND step IN ({_steps(Side.CITY)})"),
        ),
    ),
}
