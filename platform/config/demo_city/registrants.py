"""Registrants of one tenant with emergency contacts, some of them older than today's operator; runs at its desk.

Registrants are known by number: individuals from 1, groups from ``FIRST_GROUP``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from copy import copy
from random import Random
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from apps.registrants.models import (
    DuplicateProposal,
    EmergencyContact,
    ItemPolicy,
    Registrant,
    RegistrantKind,
    RegistrantState,
)
from apps.registrants.rules.items import ITEMS
from config.demo_city.chance import chance, same_id
from config.demo_city.logins import CITIZENS, Citizen
from config.demo_city.names import PLACES, person
from config.demo_city.plans.shape import TenantPlan
from kernel import clock, phone
from kernel.kana import search_key
from kernel.numbers import Series
from kernel.wareki import fiscal_year

INDIVIDUALS: Final = 60
GROUPS: Final = 25
FIRST_GROUP: Final = INDIVIDUALS + 1
ONLINE: Final = 0.6
"""Share of the registrants who also have an account at the portal."""
EARLIEST, LATEST = dt.date(2010, 4, 1), dt.date(2025, 3, 31)
TWICE: Final = 7
TWIN: Final = FIRST_GROUP + GROUPS
"""Somebody who was registered twice, and the number of the second registration, which ends with the fiscal year."""
WAITING: Final = {
    8: RegistrantState.UNDER_REVIEW,
    17: RegistrantState.PROVISIONAL,
}
"""Individuals who have registered these days, and wait for the desk."""
NOT_IN_FORCE: Final = {
    **WAITING,
    5: RegistrantState.EXPIRED,
    23: RegistrantState.SUSPENDED,
    41: RegistrantState.CLOSED,
}
"""Individuals whose registration is not in force."""


def register(plan: TenantPlan, *, share: float) -> None:
    """Write ``share`` of the tenant's registrants; those who are there already stay as they are."""
    people = list(_individuals(plan, share))
    with transaction.atomic():
        Registrant.objects.bulk_create([*people, *_groups(plan, share)], ignore_conflicts=True)
        contacts = [contact for row in people for contact in _contacts(plan, row)]
        EmergencyContact.objects.bulk_create(contacts, ignore_conflicts=True)
        if TWICE in numbers_of_individuals(share):
            _register_twice(plan, people[TWICE - 1])
        ItemPolicy.objects.bulk_create(_items(), ignore_conflicts=True)


def _register_twice(plan: TenantPlan, person: Registrant) -> None:
    """Register ``person`` again, from another address, and propose the pair as one (重複の候補)."""
    first, again = person.pk, copy(person)
    again.pk = registrant_id(plan, TWIN)
    again.number = Series(plan.prefix, 6).make(TWIN)
    again.portal_account = None
    again.address = "千葉県印西市見本台7-7-7"
    again.valid_until = dt.date(fiscal_year(clock.today()) + 1, 3, 31)
    Registrant.objects.bulk_create([again], ignore_conflicts=True)
    one, other = sorted((first, again.pk))
    grounds = ["name_and_birth", "phone"]
    DuplicateProposal.objects.bulk_create(
        [DuplicateProposal(one_id=one, other_id=other, grounds=grounds, found_at=clock.now())], ignore_conflicts=True
    )


def _items() -> list[ItemPolicy]:
    """What every tenant collects beside the items of the document."""
    return [
        ItemPolicy(item=code, is_collected=True, since=dt.date(2025, 4, 1), purpose_of_use=ITEMS[code].purpose)
        for code in ("email", "activity")
    ]


def numbers_of_individuals(share: float) -> range:
    """The numbers of ``share`` of the individuals (個人)."""
    return range(1, round(INDIVIDUALS * share) + 1)


def numbers_of_groups(share: float) -> range:
    """The numbers of ``share`` of the groups (団体)."""
    return range(FIRST_GROUP, FIRST_GROUP + round(GROUPS * share))


def registrant_id(plan: TenantPlan, number: int) -> UUID:
    """The id of a registrant, on every run."""
    return same_id(plan.schema, "registrant", number)


def group_names(plan: TenantPlan) -> list[tuple[str, str]]:
    """Names and kana of the tenant's groups, in the order of their numbers."""
    names = sorted(
        (f"{place}{club}", f"{place_kana}{kana}")
        for place, place_kana in PLACES
        for club, (kana, _purpose) in plan.clubs.items()
    )
    return chance(plan.schema, "clubs").sample(names, GROUPS)


def account_of(plan: TenantPlan, number: int) -> UUID | None:
    """The portal account of a registrant, or None for one who only comes to the counter."""
    if citizen := citizen_at(plan, number):
        return citizen.account
    online = chance(plan.schema, "online", number).random() < ONLINE
    return same_id(plan.schema, "account", number) if online else None


def accounts_of(plan: TenantPlan, share: float) -> list[UUID]:
    """The accounts that hold a registration among ``share`` of the tenant's."""
    numbers = [*numbers_of_individuals(share), *numbers_of_groups(share)]
    return [account for number in numbers if (account := account_of(plan, number))]


def citizen_at(plan: TenantPlan, number: int) -> Citizen | None:
    """The login that has this registration, if any: the first individual or the first group may be one."""
    kind = {1: "individual", FIRST_GROUP: "group"}.get(number)
    return next((one for one in CITIZENS if (plan.schema, kind) in one.registrations), None)


def _individuals(plan: TenantPlan, share: float) -> Iterator[Registrant]:
    first, last = dt.date(plan.born[0], 1, 1), dt.date(plan.born[1], 12, 31)
    for number in numbers_of_individuals(share):
        born = _day_between(chance(plan.schema, "born", number), first, last)
        citizen = citizen_at(plan, number)
        state = NOT_IN_FORCE.get(number, RegistrantState.ACTIVE)
        yield _registrant(
            plan,
            number,
            kind=RegistrantKind.INDIVIDUAL,
            state=state,
            birth_date=citizen.birth_date if citizen else born,
            phone=f"090-0000-{number:04}",
            valid_until=LATEST if state == RegistrantState.EXPIRED else None,
        )


def _groups(plan: TenantPlan, share: float) -> Iterator[Registrant]:
    for number, (name, kana) in zip(numbers_of_groups(share), group_names(plan), strict=False):
        yield _registrant(
            plan,
            number,
            kind=RegistrantKind.GROUP,
            phone=f"0476-00-{1000 + number}",
            group_name=name,
            group_kana=kana,
        )


def _registrant(plan: TenantPlan, number: int, **values: Any) -> Registrant:
    citizen = citizen_at(plan, number)
    luck = chance("citizen", citizen.login) if citizen else chance(plan.schema, "registrant", number)
    who = citizen.person if citizen else person(luck)
    kana = values.get("group_kana") or who.family_kana + who.given_kana
    return Registrant(
        id=registrant_id(plan, number),
        number=Series(plan.prefix, 6).make(number),
        portal_account=account_of(plan, number),
        family_name=who.family,
        given_name=who.given,
        family_kana=who.family_kana,
        given_kana=who.given_kana,
        postal_code="2700000",
        address=f"千葉県印西市見本台{luck.randint(1, 6)}-{luck.randint(1, 20)}-{luck.randint(1, 30)}",
        kana_key=search_key(kana),
        phone_key=phone.digits(values["phone"]),
        registered_on=_registered_on(number, luck),
        **values,
    )


def _registered_on(number: int, luck: Random) -> dt.date:
    day = _day_between(luck, EARLIEST, LATEST)
    return clock.today() - dt.timedelta(days=3) if number in WAITING else day


def _contacts(plan: TenantPlan, row: Registrant) -> list[EmergencyContact]:
    luck = chance(plan.schema, "contacts", row.number)
    return [
        EmergencyContact(
            registrant=row,
            position=position,
            name=f"{row.family_name}　{person(luck).given}",
            phone=f"080-0000-{luck.randint(0, 9999):04}",
        )
        for position in range(1, luck.choice([0, 1, 1, 1, 2]) + 1)
    ]


def _day_between(luck: Random, first: dt.date, last: dt.date) -> dt.date:
    return first + dt.timedelta(days=luck.randrange((last - first).days + 1))
