"""所管課 writes about the facilities in its care; the others of the city about any that their rights reach."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection

from shared.staff.care import may_write_about, schemas_in_care
from shared.staff.models import Role
from shared.staff.rights import Right
from tenants.models import Care, Tenant
from tests import factories
from tests.support.scopes import as_city, as_portal, as_tenant
from tests.support.tenants import CHUO, SPORTS, TENANTS

pytestmark = pytest.mark.usefixtures("database")
JUDGE = Right.MONITORING_JUDGE


def test_a_department_writes_about_what_is_in_its_care() -> None:
    officer = factories.city_officer(roles=[Role.DEPARTMENT])
    with as_city():
        assert not may_write_about(officer, JUDGE, [CHUO])
        Care.objects.create(account=officer.pk, tenant=Tenant.objects.get(schema_name=CHUO))
        assert may_write_about(officer, JUDGE, [CHUO])
        assert not may_write_about(officer, JUDGE, [CHUO, SPORTS])
        assert schemas_in_care(officer, JUDGE) == {CHUO}


@pytest.mark.parametrize("roles", [[Role.GENERAL], [Role.DEPARTMENT, Role.GENERAL]])
def test_whoever_oversees_all_is_limited_by_no_care(roles: list[Role]) -> None:
    officer = factories.city_officer(roles=roles)
    with as_city():
        assert may_write_about(officer, JUDGE, [CHUO])
        assert schemas_in_care(officer, JUDGE) == set(TENANTS)


@pytest.mark.parametrize("other", [Role.AUDITOR, Role.SYSTEMS])
def test_a_second_role_lifts_the_limit_only_of_rights_that_it_gives(other: Role) -> None:
    officer = factories.city_officer(roles=[Role.DEPARTMENT, other])
    with as_city():
        assert not may_write_about(officer, JUDGE, [CHUO])
        assert may_write_about(officer, Right.REGISTERS_SEE, [CHUO])


@pytest.mark.parametrize("scope", [as_tenant(CHUO), as_portal()])
def test_nobody_but_the_city_knows_who_cares(scope: object) -> None:
    with scope, pytest.raises(DatabaseError), connection.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute("SELECT count(*) FROM shared.tenants_care")
