"""Sessions that are over are forgotten in all three tables; the others go on."""

from __future__ import annotations

import psycopg
import pytest
from django.conf import settings

from shared.accounts.models import PortalSession
from shared.accounts.tasks import forget_portal_sessions
from shared.staff.models import StaffSession
from shared.staff.tasks import forget_staff_sessions
from tests.factories import city_officer, clerk, portal_account
from tests.support.clients import client_at, signed_in
from tests.support.scopes import as_city, as_portal, as_tenant

pytestmark = pytest.mark.usefixtures("database")


def test_a_citizens_session_that_is_over_is_forgotten(superuser: psycopg.Connection) -> None:
    for _ in range(2):
        signed_in(client_at(settings.PORTAL_HOST), portal_account())
    superuser.execute(
        "UPDATE shared.accounts_portalsession SET expire_date = now() - interval '1 minute'"
        " WHERE session_key = (SELECT min(session_key) FROM shared.accounts_portalsession)"
    )
    forget_portal_sessions()
    with as_portal():
        assert PortalSession.objects.count() == 1


def test_a_clerks_session_that_is_over_is_forgotten_at_that_desk_alone(superuser: psycopg.Connection) -> None:
    for schema in ("chuo", "sports"):
        signed_in(client_at(f"{schema}.localhost"), clerk(schema))
        superuser.execute(f"UPDATE {schema}.staff_staffsession SET expire_date = now() - interval '1 minute'")
    forget_staff_sessions("chuo")
    left = {schema: _staff_sessions(schema) for schema in ("chuo", "sports")}
    assert left == {"chuo": 0, "sports": 1}


def test_a_city_officers_session_that_is_over_is_forgotten(superuser: psycopg.Connection) -> None:
    signed_in(client_at(settings.CITY_HOST), city_officer())
    superuser.execute("UPDATE shared.staff_staffsession SET expire_date = now() - interval '1 minute'")
    forget_staff_sessions("shared")
    with as_city():
        assert StaffSession.objects.count() == 0


def _staff_sessions(schema: str) -> int:
    with as_tenant(schema):
        return StaffSession.objects.count()
