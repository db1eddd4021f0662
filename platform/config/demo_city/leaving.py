"""What leaves, and the registers: an export that waits for the city, one that was refused, a row in each register."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from apps.compliance.models.exports import ExportRequest
from apps.compliance.models.registers import CopyRecord
from apps.compliance.queries.registers import REGISTERS
from apps.compliance.rules.exports import Wish
from apps.compliance.rules.purpose import Purpose
from apps.compliance.services.ask_export import ask_export
from apps.compliance.services.decide_export import refuse_export
from apps.compliance.services.keep_register import add_row
from config.demo_city.plans.shape import TenantPlan
from kernel import clock
from shared.actor import Actor
from shared.staff.models import Role, StaffAccount
from tenants.scope import city_scope, desk_scope, unit_of_work

AT: Final = "FUK"
"""The prefix of the facility under a designated manager."""
WAITS: Final = Wish(
    purpose=Purpose("mailing", "登録証の更新の案内を郵送するため"),
    fields=("number", "family_name", "given_name", "postal_code", "address"),
    kind="individual",
    states=("active",),
)
REFUSED: Final = Wish(
    purpose=Purpose("survey", "利用者アンケートを電話で行うため"),
    fields=("family_name", "given_name", "phone", "birth_date"),
    sensitive_reason="年代ごとに質問を変えるため",
)


def let_ask(plan: TenantPlan) -> None:
    """Ask for two exports and fill the registers, once."""
    if plan.prefix != AT:
        return
    with unit_of_work(desk_scope(plan.schema)):
        clerk = _actor("staff", Role.FACILITY_MANAGER)
        if ExportRequest.objects.exists() or CopyRecord.objects.exists() or clerk is None:
            return
        refused = ask_export(actor=clerk, tenant=plan.schema, wish=REFUSED)
        ask_export(actor=clerk, tenant=plan.schema, wish=WAITS)
        for code, values in _rows(clock.today()).items():
            add_row(actor=clerk, tenant=plan.schema, register=REGISTERS[code], values=values)
    with unit_of_work(city_scope()):
        officer = _actor("city", Role.GENERAL)
        if officer is not None:
            reason = "アンケートは来館時に書面で行い、生年月日は使わないこと。"
            refuse_export(actor=officer, request=refused.pk, reason=reason)


def _actor(kind: str, role: Role) -> Actor | None:
    found = StaffAccount.objects.filter(roles__contains=[role.value]).order_by("login_id").first()
    return Actor(kind=kind, id=found.pk) if found else None


def _rows(today: dt.date) -> dict[str, dict[str, Any]]:
    before = today - dt.timedelta(days=10)
    return {
        "copies": {
            "copied_on": before,
            "what": "利用者登録申請書の綴り（見本）",
            "why": "市の監査に提出するため",
            "copies": 1,
            "consent_number": "印高福第12号（見本）",
            "fate": "kept",
            "fate_on": None,
        },
        "media": {
            "what": "登録証の交付台帳（見本）",
            "medium": "paper",
            "copies": 2,
            "place": "事務室の耐火書庫",
            "is_locked": True,
            "key_keeper": "見本　一郎",
            "checked_on": before,
        },
        "subcontracts": {
            "contractor": "架空清掃株式会社",
            "work": "保存期間を過ぎた書類の裁断",
            "handles_data": True,
            "first": before,
            "last": before + dt.timedelta(days=200),
            "consent_number": "印高福第13号（見本）",
            "consented_on": before,
        },
        "disposals": {
            "ending": "destroyed",
            "what": "昨年度の更新案内の宛名（見本）",
            "medium": "paper",
            "quantity": "1束",
            "method": "裁断機で裁断",
            "done_on": before,
            "witness": "見本　二郎",
            "control_number": "",
        },
    }
