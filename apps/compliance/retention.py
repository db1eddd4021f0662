"""How long what oversight keeps of persons is kept, and what holds other records back (``shared.retention``)."""

# ruff: noqa: S608  # statements are made of constants in code

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from shared.retention import Erase, Fate, Hold, Kind, Wipe, fiscal

LAST_ACT: Final = '(SELECT max(a."on") FROM shared.compliance_personrequestact a WHERE a.request_id = q.id)'
ENDED: Final = "(a.step IN ('carried_out', 'withdrawn') OR a.decision IN ('refused', 'nothing'))"
ASKED: Final = (
    "EXISTS (SELECT FROM shared.compliance_personrequest q WHERE q.tenant = {tenant} AND q.registrant = d.person"
    " AND NOT EXISTS (SELECT FROM shared.compliance_personrequestact a WHERE a.request_id = q.id AND " + ENDED + "))"
)

KINDS: Final = (
    Kind(
        code="person_requests",
        label=_("開示・訂正・利用停止の請求の記録"),
        event=_("最後の処理の日の属する年度の末日"),
        months=60,
        source=_("請求の処理の記録は5年。審査請求に備える期間"),
        fate=Fate.ANONYMISED,
        does=_("請求した人の登録との結び付き、請求と処理の説明"),
        stays=_("請求の番号と種類、受付と決定の年月日、決定の内容"),
        due=(
            "SELECT q.id AS object, q.fiscal_year || '-' || q.serial AS number, " + fiscal(LAST_ACT) + " AS since,"
            " q.registrant AS person FROM shared.compliance_personrequest q WHERE q.tenant = {tenant}"
            " AND q.registrant <> '00000000-0000-0000-0000-000000000000'"
            " AND EXISTS (SELECT FROM shared.compliance_personrequestact a WHERE a.request_id = q.id AND " + ENDED + ")"
        ),
        steps=(
            Wipe(
                "compliance.PersonRequestAct",
                "request_id = ANY ({ids})",
                keeps=frozenset(
                    {
                        "request",
                        "tenant",
                        "step",
                        "on",
                        "at",
                        "by_kind",
                        "by",
                        "by_name",
                        "decision",
                        "granted",
                        "ground",
                    }
                ),
            ),
            Wipe(
                "compliance.PersonRequest",
                "id = ANY ({ids})",
                keeps=frozenset(
                    {"tenant", "fiscal_year", "serial", "kind", "claimant", "document", "received_on", "days"}
                ),
                sets={"registrant": "'00000000-0000-0000-0000-000000000000'"},
            ),
        ),
        least=12,
    ),
    Kind(
        code="incidents",
        label=_("事故の対象になった人の記録"),
        event=_("事故の対応を完了した日の属する年度の末日"),
        months=60,
        source=_("損害賠償の請求（知った時から5年、民法第724条の2の例）に備える5年"),
        fate=Fate.ERASED,
        does=_("だれが対象であったか、通知の記録、証拠の一式の中身"),
        stays=_("事故の報告、経過、対象者の人数、公表の記録"),
        due=(
            "SELECT n.id AS object, n.fiscal_year || '-' || n.serial AS number, "
            + fiscal(
                '(SELECT max(a."on") FROM shared.compliance_incidentact a'
                " WHERE a.incident_id = n.id AND a.step = 'closed')"
            )
            + " AS since, NULL::uuid AS person FROM shared.compliance_incident n WHERE n.tenant = {tenant} AND EXISTS"
            " (SELECT FROM shared.compliance_affectedperson p WHERE p.incident_id = n.id)"
        ),
        steps=(
            Erase("compliance.AffectedPerson", "incident_id = ANY ({ids})"),
            Erase("compliance.IncidentLetter", "incident_id = ANY ({ids})"),
            Wipe(
                "compliance.EvidencePackage",
                "incident_id = ANY ({ids})",
                keeps=frozenset(
                    {
                        "incident",
                        "tenant",
                        "at",
                        "by_kind",
                        "by",
                        "by_name",
                        "since",
                        "until",
                        "persons",
                        "made_at",
                        "lines",
                        "sha256",
                    }
                ),
            ),
        ),
        least=12,
    ),
)

HOLDS: Final = (
    Hold(
        "incident_open",
        _("事故の対応が終わっていない"),
        "EXISTS (SELECT FROM shared.compliance_incident n WHERE n.tenant = {tenant} AND NOT EXISTS"
        " (SELECT FROM shared.compliance_incidentact a WHERE a.incident_id = n.id AND a.step = 'closed'))",
        frozenset({"audit"}),
    ),
    Hold("person_request", _("開示等の請求に対応している"), ASKED),
    Hold(
        "incident",
        _("事故の対応が終わっていない"),
        "EXISTS (SELECT FROM shared.compliance_affectedperson p WHERE p.tenant = {tenant} AND p.registrant = d.person"
        " AND NOT p.is_excluded AND NOT EXISTS (SELECT FROM shared.compliance_incidentact a"
        " WHERE a.incident_id = p.incident_id AND a.step = 'closed'))",
    ),
)
