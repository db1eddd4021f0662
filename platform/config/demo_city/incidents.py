"""One incident of the welfare complex, reported within the hour and accepted by the city. All of it is invented."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Final

from apps.compliance.models.incidents import Incident
from apps.compliance.rules.incident_first import FirstReport
from apps.compliance.rules.incidents import Step
from apps.compliance.services.incidents.parts import Signer
from apps.compliance.services.incidents.report import report
from apps.compliance.services.incidents.step import take_step
from config.demo_city.plans.shape import TenantPlan
from kernel import clock
from shared.actor import Actor
from tenants.scope import city_scope, desk_scope, unit_of_work

WHERE: Final = "fukushi"
DRAFT: Final = uuid.UUID("5f0b7a4e-3f0e-4a53-9d0e-6a2f3c1b8d90")
"""The same each time, so that filling again reports nothing twice."""


def report_incident(plan: TenantPlan) -> None:
    """Report the lost visitors' list at ``fukushi``, once."""
    if plan.schema != WHERE:
        return
    noticed = clock.now() - dt.timedelta(hours=3)
    with unit_of_work(desk_scope(plan.schema)):
        if Incident.objects.exists():
            return
        made = report(
            signer=Signer(Actor(kind="staff"), "見本　施設長"),
            tenant=plan.schema,
            draft=DRAFT,
            said=FirstReport(
                kind="loss",
                what="前日の来館者名簿（紙1枚）が、閉館後の点検で見当たらなかった。（見本）",
                occurred=None,
                noticed=noticed,
                phoned=noticed + dt.timedelta(minutes=15),
                persons=24,
                medium="paper",
                encrypted="no",
                recovered="none",
            ),
        )
    with unit_of_work(city_scope()):
        accepting = Signer(Actor(kind="city"), "見本　所管課")
        on = noticed.astimezone(clock.TOKYO).date()
        take_step(signer=accepting, incident=made.pk, step=Step.ACCEPTED, on=on, note="電話を受け、書面を受理した。")
