"""Who may do what with the tables of the monthly monitoring: each side its own columns, by row rules its own rows."""

from __future__ import annotations

from typing import Final

from tenants.rights import Rights, column_list, own_rows

MONTH_OF_FACILITY: Final = (
    "state", "version", "reported_at", "reported_by", "complaints", "complaint_text", "accidents", "accident_text",
    "survey_text", "facility_note",
)  # fmt: skip
MONTH_OF_CITY: Final = (
    "state", "version", "checked_on", "checker", "city_note", "computed_grade", "grade", "grade_reasons",
    "override_reason", "closed_at", "closed_by",
)  # fmt: skip
RESULT_OF_FACILITY: Final = ("own_result", "own_note", "own_at", "own_by")
RESULT_OF_CITY: Final = ("city_result", "city_note", "city_at", "city_by")
FINDING_OF_FACILITY: Final = ("state", "plan_text", "plan_until", "planned_at", "planned_by")
FINDING_OF_CITY: Final = ("state", "deadline", "answer", "decided_at", "decided_by")
PHOTO_OF_CITY: Final = ("content", "removed_at", "removed_by", "removal_reason")

OWN: Final = own_rows("tenant")


def _update(columns: tuple[str, ...]) -> str:
    return f"UPDATE {column_list(columns)}"


MONITORING_RIGHTS: Final = {
    "compliance_monitoringitem": Rights(tenant="SELECT", city="SELECT, INSERT"),
    "compliance_monitoringmonth": Rights(
        tenant=f"SELECT, {_update(MONTH_OF_FACILITY)}", city=f"SELECT, {_update(MONTH_OF_CITY)}", rows=OWN
    ),
    "compliance_monitoringresult": Rights(
        tenant=f"SELECT, {_update(RESULT_OF_FACILITY)}", city=f"SELECT, {_update(RESULT_OF_CITY)}", rows=OWN
    ),
    "compliance_monitoringfact": Rights(tenant="SELECT, INSERT", city="SELECT", rows=OWN),
    "compliance_monitoringact": Rights(tenant="SELECT, INSERT", city="SELECT, INSERT", rows=OWN),
    "compliance_monitoringfinding": Rights(
        tenant=f"SELECT, {_update(FINDING_OF_FACILITY)}", city=f"SELECT, INSERT, {_update(FINDING_OF_CITY)}", rows=OWN
    ),
    "compliance_monitoringorder": Rights(city="SELECT, INSERT"),
    "compliance_monitoringphoto": Rights(tenant="SELECT", city=f"SELECT, INSERT, {_update(PHOTO_OF_CITY)}", rows=OWN),
    "compliance_monitoringreminder": Rights(city="SELECT, INSERT"),
    "compliance_monitoringmailbox": Rights(city="SELECT, INSERT, UPDATE, DELETE"),
    "compliance_monitoringyear": Rights(tenant="SELECT", city="SELECT, INSERT", rows=OWN),
}
MONITORING_FUNCTIONS: Final = {"monitoring_open(date)": "tenant"}
MONITORING_FACTS: Final = (
    "apps.compliance.queries.monitoring.facts:of_accounts",
    "apps.compliance.queries.monitoring.facts:of_audit",
    "apps.compliance.queries.monitoring.facts:of_mails",
    "apps.compliance.queries.monitoring.kept_facts:of_roster",
    "apps.compliance.queries.monitoring.kept_facts:of_duties",
    "apps.compliance.queries.monitoring.kept_facts:of_alerts",
    "apps.compliance.queries.monitoring.kept_facts:of_incidents",
)
"""Figures of the tables that no application of its own speaks for (``shared.facts``)."""
