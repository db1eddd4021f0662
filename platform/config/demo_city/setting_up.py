"""The catalogue, the tenants with their schemas, and who runs them from when to when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from config.demo_city.operators import operator
from config.demo_city.plans.shape import CITY, TenantPlan, Term
from kernel import clock
from shared.actor import SYSTEM
from shared.catalogue.loading import load_catalogue
from shared.catalogue.models import CatalogueFacility
from shared.catalogue.rules.problems import FileRefusedError, Problem
from tenants.models import FeeRegime, Tenant
from tenants.provisioning import provision
from tenants.scope import city_scope, unit_of_work

FILE: Final = Path(settings.BASE_DIR) / "deploy" / "demo" / "inzai_public_facilities.csv"
BOOKED_AHEAD: Final = dt.timedelta(days=100)
MANAGERS_OFFICERS: Final = {"privacy_officer": "センター長", "security_officer": "管理係長"}


def load_city() -> int:
    """Load the city's catalogue if it is not there; how many facilities it has."""
    with unit_of_work(city_scope()):
        known = CatalogueFacility.objects.filter(municipality_code=CITY).count()
        return known or load_catalogue(actor=SYSTEM, path=FILE, report=_broken, city_code=CITY).new


def set_up_tenant(plan: TenantPlan) -> None:
    """Provision the tenant, assign its operators, and say which facilities are its own; each if not done yet."""
    with unit_of_work(city_scope()):
        known = Tenant.objects.filter(schema_name=plan.schema).exists()
    if not known:
        provision(tenant=_tenant(plan), host=f"{plan.schema}.{settings.BASE_HOST}")
    with unit_of_work(city_scope()), transaction.atomic():
        tenant = Tenant.objects.get(schema_name=plan.schema)
        _assign(tenant, plan.terms)
        numbers = [facility.number for facility in plan.facilities]
        CatalogueFacility.objects.filter(municipality_code=CITY, number__in=numbers).update(tenant=tenant)


def _tenant(plan: TenantPlan) -> Tenant:
    return Tenant(
        schema_name=plan.schema,
        name=plan.name,
        name_en=plan.name_en,
        number_prefix=plan.prefix,
        document_symbol=plan.symbol,
        ordinance_title=plan.ordinance,
    )


def _assign(tenant: Tenant, terms: tuple[Term, ...]) -> None:
    """Write the terms in which nobody runs the tenant yet: a designation that ends is followed by one more."""
    for term, following in zip_longest(terms, terms[1:]):
        for during in _designations(term, following):
            if not tenant.assignments.filter(during__overlap=during).exists():
                tenant.assignments.create(
                    operator=operator(term.operator),
                    during=during,
                    agreement_number=term.agreement_number if during.lower == term.first_day else "",
                    fee_regime=FeeRegime.MANAGER_INCOME if term.is_income else FeeRegime.PUBLIC_FEE,
                    **(MANAGERS_OFFICERS if term.years else {}),
                )


def _designations(term: Term, following: Term | None) -> Iterator[DateRange]:
    """The days of each designation up to the one that some future booking may fall in."""
    first_day = term.first_day
    while term.years and first_day <= clock.today() + BOOKED_AHEAD:
        end = first_day.replace(year=first_day.year + term.years)
        yield DateRange(first_day, end)
        first_day = end
    if not term.years:
        yield DateRange(first_day, following.first_day if following else None)


def _broken(problem: Problem) -> None:
    raise FileRefusedError(problem)
