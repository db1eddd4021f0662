"""The city's departments and the designated manager. Bodies are as the document of 2017 names them; people invented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tenants.models import ConsortiumMember, Operator, OperatorKind

MAYOR: Final = ("市長", "印西　花子")


@dataclass(frozen=True, slots=True)
class OperatorPlan:
    """An operator; ``members`` make it a consortium (共同事業体), the first of them leads."""

    name: str
    name_en: str
    representative: tuple[str, str] = MAYOR
    members: tuple[str, ...] = ()


OPERATORS: Final = {
    "sports": OperatorPlan("印西市スポーツ振興課", "Inzai City, Sports Promotion Division"),
    "culture": OperatorPlan("印西市文化ホール", "Inzai City, Culture Hall"),
    "learning": OperatorPlan("印西市生涯学習課", "Inzai City, Lifelong Learning Division"),
    "seniors": OperatorPlan("印西市高齢者福祉課", "Inzai City, Senior Welfare Division"),
    "consortium": OperatorPlan(
        "印西市社協・六親会協同事業体",
        "Inzai Council of Social Welfare and Rokushinkai Consortium",
        ("会長", "竹袋　和子"),
        ("社会福祉法人印西市社会福祉協議会", "社会福祉法人六親会"),
    ),
}


def operator(key: str) -> Operator:
    """The operator of ``OPERATORS``, made with its members if it is not there yet; runs as the city."""
    plan = OPERATORS[key]
    title, name = plan.representative
    found, made = Operator.objects.get_or_create(
        name=plan.name,
        defaults={
            "kind": OperatorKind.MANAGER if plan.members else OperatorKind.CITY,
            "name_en": plan.name_en,
            "representative_title": title,
            "representative_name": name,
        },
    )
    if made:
        ConsortiumMember.objects.bulk_create(
            ConsortiumMember(operator=found, name=member, is_lead=member == plan.members[0]) for member in plan.members
        )
    return found
