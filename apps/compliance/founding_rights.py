"""The web asks for a founding, asks again or withdraws; what comes of it is written by the performer alone."""

from __future__ import annotations

from typing import Final

from tenants.rights import Rights, RowRule

UNTOUCHED: Final = (
    "state = 'asked' AND step = '' AND percent = 0 AND failure = '' AND tries = 0 AND begun_at IS NULL"
    " AND ended_at IS NULL AND tenant_id IS NULL"
)
FOUNDING_RIGHTS: Final = {
    "compliance_founding": Rights(
        city="SELECT, INSERT, UPDATE (asked_at, asked_by, state)",
        rows=(
            RowRule("city", "true", "SELECT"),
            RowRule("city", UNTOUCHED, "INSERT"),
            RowRule("city", "state IN ('asked', 'failed')", "UPDATE", "state IN ('asked', 'dropped')"),
        ),
    ),
}
FOUNDING_FUNCTIONS: Final = {
    "closing_findings(text)": "city",
    "tenant_close(text, uuid, text, boolean, inet, text)": "city",
}
