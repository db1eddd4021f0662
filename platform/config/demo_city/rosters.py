"""Rosters of one tenant's groups, and the ordinance by which they are judged; runs at its desk.

Two of the groups have people in common, so that the detection of similar groups has something to show.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from django.db import transaction

from apps.registrants.models import (
    GroupMember,
    ItemPolicy,
    Registrant,
    RegistrantKind,
    RegistrationPolicy,
    Residence,
)
from apps.registrants.rules.group_entry import LECTURER
from apps.registrants.rules.items import ITEMS
from apps.registrants.rules.roster import person_key
from apps.registrants.services.group_keys import file_groups
from config.demo_city.chance import chance
from config.demo_city.names import Person, person
from config.demo_city.plans.shape import TenantPlan
from kernel import phone

MOST: Final = 9
"""Members beside the representative."""
RESIDENCES: Final = (*[Residence.RESIDENT] * 7, Residence.WORKER, Residence.STUDENT, Residence.OUTSIDE)
SINCE: Final = dt.date(2017, 4, 1)
TOLD_ON: Final = dt.date(2025, 4, 1)
SHARED: Final = 4
"""People whom the first two groups have in common."""


def set_requirements() -> None:
    """What the tenant asks of groups, as many ordinances do; a policy that is there already stays."""
    asked = {
        "least_members": 5,
        "least_city_percent": 50,
        "exceeds_city_percent": True,
        "least_representative_age": 18,
    }
    RegistrationPolicy.objects.get_or_create(valid_from=SINCE, defaults={**asked, "reminder_days": [60, 30, 7]})
    ItemPolicy.objects.get_or_create(
        item=LECTURER, defaults={"since": SINCE, "purpose_of_use": ITEMS[LECTURER].purpose}
    )


def write_rosters(plan: TenantPlan) -> None:
    """Give each of the tenant's groups without a roster one; the representative stands first."""
    groups = list(Registrant.objects.filter(kind=RegistrantKind.GROUP, members=None).order_by("number"))
    with transaction.atomic():
        file_groups(groups)
        GroupMember.objects.bulk_create(
            row for place, group in enumerate(groups) for row in _roster(plan, group, place)
        )


def _roster(plan: TenantPlan, group: Registrant, place: int) -> Iterator[GroupMember]:
    luck = chance(plan.schema, "roster", group.number)
    head = Person(group.family_name, group.given_name, group.family_kana, group.given_kana)
    shared = chance(plan.schema, "shared") if place < 2 else luck
    people = [person(shared) for _ in range(SHARED)] + [person(luck) for _ in range(luck.randint(0, MOST - SHARED))]
    for position, who in enumerate([head, *people], 1):
        yield _member(plan, group, position, who)


def _member(plan: TenantPlan, group: Registrant, position: int, who: Person) -> GroupMember:
    luck = chance(plan.schema, "member", who.family_kana, who.given_kana)
    kana = f"{who.family_kana}　{who.given_kana}"
    number = group.phone if position == 1 else ""
    has_date = luck.random() < 0.3
    born = dt.date(luck.randint(*plan.born), luck.randint(1, 12), luck.randint(1, 28))
    return GroupMember(
        group=group,
        position=position,
        name=f"{who.family}　{who.given}",
        kana=kana,
        name_key=person_key("", kana),
        birth_date=born if has_date else None,
        age=None if has_date else TOLD_ON.year - born.year,
        told_on=None if has_date else TOLD_ON,
        residence=luck.choice(RESIDENCES),
        is_contact=number != "",
        phone=number,
        phone_key=phone.digits(number) if number else "",
    )
