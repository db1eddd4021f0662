"""The catalogue, the tenants with their schemas, and who runs them from when to when."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from config.demo_city.operators import operator
from config.demo_city.plans.shape import CITY, TenantPlan, Term
from shared.actor import SYSTEM
from shared.catalogue.loading import load_catalogue
from shared.catalogue.models import CatalogueFacility
from shared.catalogue.rules.problems import FileRefusedError, Problem
from tenants.models import FeeRegime, OperatorAssignment, Tenant
from tenants.provisioning import provision
from tenants.scope import city_scope, unit_of_work

FILE: Final = Path(settings.BASE_DIR) / "deploy" / "demo" / "inzai_public_facilities.csv"
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
        if not tenant.assignments.exists():
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
    for term, following in zip_longest(terms, terms[1:]):
        OperatorAssignment.objects.create(
            tenant=tenant,
            operator=operator(term.operator),
            during=DateRange(term.first_day, following.first_day if following else None),
            agreement_number=term.agreement_number,
            fee_regime=FeeRegime.MANAGER_INCOME if term.is_income else FeeRegime.PUBLIC_FEE,
            **(MANAGERS_OFFICERS if term.agreement_number else {}),
        )


def _broken(problem: Problem) -> None:
    raise FileRefusedError(problem)
