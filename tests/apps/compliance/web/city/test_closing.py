"""A tenant is closed for good: what hinders it is shown, its desk and bookings end, its data stay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError
from django.test import Client

from apps.bookings.rules.states import AHEAD, TENTATIVE
from apps.compliance.models.handover import HandoverAct, HandoverCase
from apps.compliance.models.tenant_acts import TenantAct
from kernel import clock
from shared.staff.models import Role
from tenants import directory
from tenants.models import Host, OperatorAssignment, Tenant
from tests import factories
from tests.apps.compliance.web.city.asking import audited, text_of
from tests.support.clients import signed_in
from tests.support.scopes import as_city, as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
CLOSE = f"/office/tenants/{CHUO}/close/"
WHY = {"reason": "老朽化により廃止するため", "is_sure": "on"}
IN_SPITE = WHY | {"in_spite": "on"}


def state() -> str:
    with as_city():
        return str(Tenant.objects.get(schema_name=CHUO).state)


def confirm_handover() -> None:
    """The operator's term is over, and the city has confirmed the handover."""
    with as_city():
        term = OperatorAssignment.objects.get(tenant__schema_name=CHUO)
        case = HandoverCase.objects.create(
            tenant=CHUO, outgoing=term, last_day=clock.today(), opened_at=clock.now(), opened_by=uuid4()
        )
        HandoverAct.objects.create(case=case, step="confirmed", side="city", at=clock.now())


def hindering(client: Client) -> dict[str, int]:
    return {one.code: one.number for _words, one in client.get(CLOSE).context["rows"] if one.hinders}


@pytest.mark.parametrize("state", sorted(AHEAD))
def test_a_booking_ahead_hinders_in_whatever_state(city: Client, superuser: psycopg.Connection, state: str) -> None:
    booking = factories.booking_awaiting_permit(factories.citizen_with_registration())
    due = clock.now() if state == TENTATIVE else None
    superuser.execute(
        f"UPDATE {CHUO}.bookings_booking SET state = %s, due_at = %s WHERE id = %s", [state, due, booking.pk]
    )
    assert hindering(city)["bookings"] == 1


def test_bookings_ahead_and_an_unconfirmed_handover_hinder(city: Client) -> None:
    factories.booking_awaiting_permit(factories.citizen_with_registration())
    assert hindering(city) == {"bookings": 1, "handover": 1}
    answer = city.post(CLOSE, WHY)
    assert answer.status_code == 409
    assert state() == "active"


def test_without_hindrance_it_is_closed_and_stays_readable(city: Client, desk: Client, portal_client: Client) -> None:
    confirm_handover()
    factories.individual()
    room = factories.meeting_room()
    assert hindering(city) == {}
    assert city.post(CLOSE, WHY).status_code == 302
    for answer in (desk.get("/"), desk.get("/login/")):
        assert (answer.status_code, "廃止" in answer.content.decode()) == (410, True)
    booking = portal_client.get(f"/places/{CHUO}/facilities/{room.facility_id}/")
    assert (booking.status_code, "予約できません" in booking.content.decode()) == (410, True)
    lines = {line.tenant.schema_name: line for line, _desk in city.get("/office/tenants/").context["rows"]}
    assert (lines[CHUO].tenant.state, lines[CHUO].registrants) == ("closed", 1)
    assert "老朽化により廃止するため" in text_of(city.get("/office/tenants/"))
    assert city.get(CLOSE).status_code == 404
    assert [entry.detail["deed"] for entry in audited("tenant")] == ["close"]


def test_general_affairs_close_in_spite_with_a_reason_and_both_audits_say_so(city: Client) -> None:
    assert city.post(CLOSE, IN_SPITE).status_code == 302
    assert state() == "closed"
    assert [entry.detail["in_spite"] for entry in audited("tenant")] == [{"handover": 1}]
    with as_city():
        assert TenantAct.objects.get().reason == WHY["reason"]


def test_nobody_else_closes_in_spite(city_client: Client) -> None:
    client = signed_in(city_client, factories.city_officer(roles=[Role.SYSTEMS]))
    assert "in_spite" not in client.get(CLOSE).context["form"].fields
    assert client.post(CLOSE, IN_SPITE).status_code == 409
    assert state() == "active"


@pytest.mark.parametrize("lacking", [{"reason": ""}, {"reason": "短い"}, {"is_sure": ""}])
def test_a_reason_and_the_confirmation_are_needed(lacking: dict[str, str], city: Client) -> None:
    assert city.post(CLOSE, IN_SPITE | lacking).status_code == 422
    assert state() == "active"


@pytest.mark.parametrize("role", [Role.DEPARTMENT, Role.AUDITOR])
def test_who_keeps_no_tenants_closes_none(role: Role, city_client: Client) -> None:
    client = signed_in(city_client, factories.city_officer(roles=[role]))
    assert client.get(CLOSE).status_code == 403
    assert client.post(CLOSE, IN_SPITE).status_code == 403
    assert state() == "active"


def test_the_function_itself_refuses_who_is_no_officer(city: Client) -> None:
    with as_city():
        for officer, answer in ((uuid4(), "role"), (factories.city_officer(roles=[Role.SYSTEMS]).pk, "override")):
            from django.db import connection

            with connection.cursor() as cursor:
                cursor.execute("SELECT tenant_close(%s, %s, 'なんとなく', true, NULL, '')", [CHUO, officer])
                assert cursor.fetchone() == (answer,)


def test_the_citys_role_neither_closes_by_itself_nor_opens_again(city: Client) -> None:
    with as_city(), pytest.raises(DatabaseError, match="tenant_close"):
        Tenant.objects.filter(schema_name=CHUO).update(state="closed")
    city.post(CLOSE, IN_SPITE)
    with as_city(), pytest.raises(DatabaseError, match="for good"):
        Tenant.objects.filter(schema_name=CHUO).update(state="active")
    assert city.post(f"/office/tenants/{CHUO}/resume/", {"reason": "再開する"}).status_code == 409
    assert state() == "closed"


def test_the_host_of_a_closed_tenant_is_not_free(city: Client) -> None:
    city.post(CLOSE, IN_SPITE)
    with as_city(), pytest.raises(DatabaseError, match="permission denied"):
        Host.objects.all().delete()
    with as_city(), pytest.raises(DatabaseError, match="permission denied"):
        Host.objects.update(domain="other.localhost")


def test_a_closed_facility_books_nothing_also_where_a_process_has_not_noticed(city: Client) -> None:
    citizen, room = factories.citizen_with_registration(), factories.meeting_room()
    city.post(CLOSE, IN_SPITE)
    with pytest.raises(DatabaseError, match="a closed facility books nothing"):
        factories.booking_on_hold(citizen, room)


def test_whoever_books_first_hinders_the_closing(
    city: Client, superuser: psycopg.Connection, desk_client: Callable[[str], Client]
) -> None:
    confirm_handover()
    factories.booking_awaiting_permit(factories.citizen_with_registration(), day=clock.today() + dt.timedelta(days=9))
    assert city.post(CLOSE, WHY).status_code == 409
    with as_tenant(CHUO):
        directory.forget()
    assert state() == "active"
