"""What citizens ask at the portal: a 仮登録 that waits for its completion, a correction that waits for an answer."""

from __future__ import annotations

from contextlib import suppress
from typing import Final
from uuid import UUID

from apps.registrants.portal_errors import OpenProvisionalError
from apps.registrants.queries.own import own_file
from apps.registrants.rules.entry import Person
from apps.registrants.services.ask_facility import ask_correction
from apps.registrants.services.pre_register import Wish, pre_register
from config.demo_city.chance import same_id
from config.demo_city.logins import CITIZENS, Citizen
from config.demo_city.plans.shape import TenantPlan
from config.demo_city.registrants import citizen_at, registrant_id
from kernel import clock
from shared.actor import Actor
from tenants.scope import portal_scope, unit_of_work

PROVISIONAL_AT: Final = ("satsuki", "matsuyama")
CORRECTION_AT: Final = ("hanako", "fukushi")


def ask(plan: TenantPlan) -> None:
    """Ask what is asked at this tenant, once."""
    for citizen in CITIZENS:
        with unit_of_work(portal_scope(plan.schema, citizen.account)):
            if (citizen.login, plan.schema) == PROVISIONAL_AT:
                _pre_register(citizen, plan)
            if (citizen.login, plan.schema) == CORRECTION_AT and citizen_at(plan, 1) == citizen:
                _correct(citizen, registrant_id(plan, 1))


def _pre_register(citizen: Citizen, plan: TenantPlan) -> None:
    who = citizen.person
    person = Person(
        family_name=who.family,
        given_name=who.given,
        family_kana=who.family_kana,
        given_kana=who.given_kana,
        postal_code="2701396",
        address="千葉県印西市見本台2-3-4",
        phone="090-0000-0042",
        birth_date=citizen.birth_date,
    )
    with suppress(OpenProvisionalError):  # one from an earlier filling has been forgotten meanwhile
        pre_register(actor=_actor(citizen), wish=Wish(person), key=same_id(plan.schema, "provisional", citizen.login))


def _correct(citizen: Citizen, registrant: UUID) -> None:
    file = own_file(registrant, today=clock.today())
    if file.requests:
        return
    ask_correction(
        actor=_actor(citizen),
        registrant=registrant,
        person={"address": "千葉県印西市見本台5-6-7", "postal_code": "2701396"},
        extras=file.registrant.extras,
        note="転居しました。",
    )


def _actor(citizen: Citizen) -> Actor:
    return Actor("citizen", citizen.account)
