"""From where the welfare complex is reached: its line and lent terminals are entered, and nothing is asked yet.

The demo is reached on this machine alone; whoever tries it may ask for the conditions on the city's page.
"""

from __future__ import annotations

from typing import Final

from apps.compliance.services.entrance.networks import allow_network
from apps.compliance.services.entrance.terminals import register_terminal
from config.demo_city.plans.shape import TenantPlan
from kernel import clock
from shared.actor import Actor
from shared.staff.models import StaffAccount
from tenants.models import Terminal
from tenants.scope import city_scope, unit_of_work

TERMINALS: Final = (
    ("受付1号機", "1階受付カウンター", "福-101", True),
    ("受付2号機", "1階受付カウンター", "福-102", True),
    ("事務室1号機", "2階事務室", "福-103", False),
)


def enter_terminals(plan: TenantPlan) -> None:
    """Enter the closed line and the lent terminals of ``fukushi``, once."""
    if plan.schema != "fukushi":
        return
    with unit_of_work(city_scope()):
        officer = StaffAccount.objects.filter(is_active=True).order_by("login_id").first()
        if officer is None or Terminal.objects.filter(tenant__schema_name=plan.schema).exists():
            return
        actor = Actor("city", officer.pk, roles=tuple(officer.roles))
        allow_network(
            actor=actor,
            schema=plan.schema,
            cidr="203.0.113.16/28",
            note="福祉センターの専用回線（見本）",
            starts_on=clock.today(),
        )
        for name, place, number, is_fixed in TERMINALS:
            register_terminal(
                actor=actor,
                schema=plan.schema,
                name=name,
                place=place,
                asset_number=number,
                is_lent=True,
                is_fixed=is_fixed,
            )
