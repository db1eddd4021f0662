"""The three tenants that every test database has. All names are invented."""

from __future__ import annotations

import datetime as dt

from django.db.backends.postgresql.psycopg_any import DateRange

from tenants.models import ConsortiumMember, FeeRegime, Operator, OperatorAssignment, OperatorKind, Tenant
from tenants.provisioning import provision
from tenants.scope import OWNER, owner_scope, unit_of_work

CHUO = "chuo"
SPORTS = "sports"
BUNKA = "bunka"
TENANTS = (CHUO, SPORTS, BUNKA)


def provision_three(*, since: dt.date) -> None:
    """``chuo`` under a designated manager, ``sports`` and ``bunka`` under departments of the city."""
    chuo = provision(tenant=_tenant(CHUO, "架空総合福祉センター", "A", "架総福セ"), host=f"{CHUO}.localhost")
    sports = provision(tenant=_tenant(SPORTS, "架空市民体育館", "B", "架体"), host=f"{SPORTS}.localhost")
    bunka = provision(tenant=_tenant(BUNKA, "架空文化ホール", "C", "架文"), host=f"{BUNKA}.localhost")
    with unit_of_work(owner_scope(), alias=OWNER):
        _assign(chuo, _consortium(), since, FeeRegime.MANAGER_INCOME, agreement_number="架福第1号")
        _assign(sports, _department("架空市スポーツ振興課"), since, FeeRegime.PUBLIC_FEE)
        _assign(bunka, _department("架空市文化課"), since, FeeRegime.PUBLIC_FEE)


def _tenant(schema: str, name: str, prefix: str, symbol: str) -> Tenant:
    return Tenant(
        schema_name=schema,
        name=name,
        name_en=schema.title(),
        number_prefix=prefix,
        document_symbol=symbol,
        ordinance_title=f"{name}の設置及び管理に関する条例",
    )


def _consortium() -> Operator:
    operator = Operator.objects.using(OWNER).create(
        kind=OperatorKind.MANAGER,
        name="架空市社協・見本会共同事業体",
        representative_title="理事長",
        representative_name="架空　代表",
    )
    for name, is_lead in (("社会福祉法人架空市社会福祉協議会", True), ("社会福祉法人見本会", False)):
        ConsortiumMember.objects.using(OWNER).create(operator=operator, name=name, is_lead=is_lead)
    return operator


def _department(name: str) -> Operator:
    return Operator.objects.using(OWNER).create(
        kind=OperatorKind.CITY, name=name, representative_title="市長", representative_name="架空　市長"
    )


def _assign(
    tenant: Tenant, operator: Operator, since: dt.date, regime: FeeRegime, *, agreement_number: str = ""
) -> None:
    OperatorAssignment.objects.using(OWNER).create(
        tenant=tenant,
        operator=operator,
        during=DateRange(since, None),
        fee_regime=regime,
        agreement_number=agreement_number,
    )
