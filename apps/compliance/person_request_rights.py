"""Who may do what with the tables of requests of persons."""

from __future__ import annotations

from typing import Final

from tenants.rights import Rights, RowRule

OWN: Final = "('tenant_' || tenant) = current_user"

PERSON_REQUEST_RIGHTS: Final = {
    "compliance_personrequest": Rights(
        tenant="SELECT, INSERT",
        city="SELECT, INSERT",
        rows=(
            RowRule(role="tenant", command="SELECT", using=OWN),
            RowRule(role="tenant", command="INSERT", using=OWN),
        ),
    ),
    "compliance_personrequestact": Rights(
        tenant="SELECT, INSERT",
        city="SELECT, INSERT",
        rows=(
            RowRule(role="tenant", command="SELECT", using=OWN),
            RowRule(
                role="tenant",
                command="INSERT",
                using=f"{OWN} AND by_kind = 'staff' AND step IN ('received', 'carried_out')",
            ),
            RowRule(role="city", command="SELECT", using="true"),
            RowRule(role="city", command="INSERT", using="by_kind = 'city' AND step <> 'carried_out'"),
        ),
    ),
    "compliance_personrequestperiod": Rights(tenant="SELECT", city="SELECT, INSERT"),
}
