"""From an incident as it stands to its papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import override

from apps.compliance.documents.incidents import EvidenceSheet, ReportSheet, evidence_pdf, report_pdf
from apps.compliance.incident_texts import GROUND_WORDS
from apps.compliance.models.incidents import EvidencePackage
from apps.compliance.queries.incidents import Seen
from apps.compliance.rules.incidents import Step
from kernel import clock
from kernel.wareki import format_date, format_fiscal_year
from shared.audit.models import Action
from tenants.models import OperatorAssignment, Tenant

TITLES = {
    Step.PROMPT: "個人データの漏えい等に関する報告書（速報）",
    Step.FINAL: "個人データの漏えい等に関する報告書（確報）",
}


def number_of(seen: Seen) -> str:
    """令和8年度第1号."""
    return f"{format_fiscal_year(seen.incident.fiscal_year)}第{seen.incident.serial}号"


def report_paper(seen: Seen, tenant: Tenant, form: Step) -> bytes:
    """The draft of 速報 or 確報."""
    with override("ja"):
        sheet = ReportSheet(
            title=TITLES[form],
            number=number_of(seen),
            facility=tenant.name,
            operator=_operator(seen, tenant),
            printed_on=clock.today(),
            due_on=seen.due.prompt if form is Step.PROMPT else seen.due.final,
            facts=_facts(seen),
            grounds=tuple(str(GROUND_WORDS[ground]) for ground in seen.city.grounds),
            items=seen.version.items,
            version=seen.version.number,
        )
    return report_pdf(sheet)


def evidence_paper(seen: Seen, tenant: Tenant, package: EvidencePackage, lines: Sequence[dict[str, str]]) -> bytes:
    """The evidence on paper."""
    with override("ja"):
        sheet = EvidenceSheet(
            number=number_of(seen),
            facility=tenant.name,
            span=f"{_moment(package.since)}から{_moment(package.until)}まで",
            persons=package.persons,
            count=package.lines or 0,
            sha256=package.sha256,
            printed_on=clock.today(),
            lines=[evidence_line(line) for line in lines],
        )
    return evidence_pdf(sheet)


def evidence_line(line: dict[str, str]) -> tuple[str, str, str, str, str]:
    """A line of the evidence as pages and paper tell it."""
    when = line["at"][:16].replace("T", " ")
    who = line["login"] or line["actor_kind"]
    known = line["action"] in Action.values
    return (
        when,
        f"{who}（{line['site']}）" if not line["roles"] else f"{who}（{line['site']}・{line['roles']}）",
        str(Action(line["action"]).label) if known else line["action"],
        f"{line['object_type']} {line['object_id']}",
        line["number"],
    )


def _facts(seen: Seen) -> tuple[tuple[str, str], ...]:
    one = seen.incident
    occurred = _moment(one.occurred_at) if one.occurred_at else "不明"
    return (
        ("発生日時", occurred),
        ("発覚日時", _moment(one.noticed_at)),
        ("種類・媒体", f"{one.get_kind_display()}・{one.get_medium_display()}"),
        ("暗号化・回収", f"{one.get_encrypted_display()}・{one.get_recovered_display()}"),
    )


def _moment(moment: dt.datetime) -> str:
    local = moment.astimezone(clock.TOKYO)
    return f"{format_date(local.date())} {local.hour}:{local:%M}"


def _operator(seen: Seen, tenant: Tenant) -> str:
    runs = OperatorAssignment.objects.filter(tenant=tenant, during__contains=seen.known).select_related("operator")
    run = runs.first()
    return run.operator.name if run else "－"
