"""Alerts on the audit: raised once, answered by somebody else, seen by the city."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable

import psycopg
import pytest
from django.test import Client

from apps.compliance.models.logs import AlertLimits, AuditAlert
from apps.compliance.tasks import watch_log
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from shared.staff.models import Role, StaffAccount
from tests import factories
from tests.support.clients import signed_in
from tests.support.raw import raw
from tests.support.scopes import as_city, as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO, SPORTS

Freeze = Callable[[str], object]
ANSWER = {"outcome": "in_order", "note": "団体の更新の受付だった"}


@pytest.fixture
def privacy(database: None) -> StaffAccount:
    """個人情報保護責任者 of ``chuo``."""
    return factories.clerk(roles=[Role.PRIVACY_OFFICER], name="架空　責任者")


@pytest.fixture
def officer_desk(desk_client: Callable[[str], Client], privacy: StaffAccount) -> Client:
    return signed_in(desk_client(CHUO), privacy)


@pytest.fixture
def noon(freeze: Freeze, database: None) -> None:
    freeze("2026-11-26 12:00")


def look_at(count: int, actor: StaffAccount, schema: str = CHUO) -> None:
    with as_tenant(schema):
        for _ in range(count):
            record(Actor("staff", actor.pk), Action.VIEW, object_type="registrant", object_id=uuid.uuid4())


def alerts(schema: str = CHUO) -> list[tuple[str, int]]:
    with as_tenant(schema):
        return sorted(AuditAlert.objects.values_list("kind", "count"))


@pytest.fixture
def alert(noon: None, privacy: StaffAccount) -> int:
    """A clerk who looked at 61 persons; the number of the alert."""
    look_at(61, factories.clerk(name="架空　見太郎"))
    watch_log(CHUO)
    with as_tenant(CHUO):
        return AuditAlert.objects.get(kind="mass_view").pk


@pytest.mark.usefixtures("noon")
@pytest.mark.parametrize(("count", "raised"), [(30, []), (31, ["without_work"]), (61, ["mass_view", "without_work"])])
def test_too_many_persons_raise_an_alert_and_running_again_raises_none(count: int, raised: list[str]) -> None:
    look_at(count, factories.clerk())
    for _ in range(2):
        watch_log(CHUO)
    assert [kind for kind, _ in alerts()] == raised


@pytest.mark.usefixtures("noon")
def test_the_limits_of_the_facility_hold() -> None:
    with as_city():
        AlertLimits.objects.create(tenant=CHUO, persons_an_hour=5, without_work_a_day=1000)
    look_at(6, factories.clerk())
    watch_log(CHUO)
    assert alerts() == [("mass_view", 6)]


@pytest.mark.usefixtures("noon")
def test_persons_with_a_booking_today_are_work() -> None:
    room, clerk = factories.meeting_room(), factories.clerk()
    person = factories.individual()
    factories.counter_booking(person, room, day=clock.today() + dt.timedelta(days=1))
    with as_city():
        AlertLimits.objects.create(tenant=CHUO, without_work_a_day=1)
    with as_tenant(CHUO):
        for one in (person.pk, uuid.uuid4()):
            record(Actor("staff", clerk.pk), Action.VIEW, object_type="registrant", object_id=one)
    watch_log(CHUO)
    assert alerts() == []


def test_night_use_and_wrong_passwords_are_told(freeze: Freeze, privacy: StaffAccount) -> None:
    freeze("2026-11-26 23:30")
    clerk = factories.clerk()
    look_at(1, clerk)
    with as_tenant(CHUO):
        for _ in range(11):
            record(Actor("visitor"), Action.LOGIN_FAILED, object_type="account", object_id=clerk.pk)
    watch_log(CHUO)
    assert [kind for kind, _ in alerts()] == ["night", "refused"]


@pytest.mark.usefixtures("noon")
def test_the_citys_own_use_is_watched_too() -> None:
    someone = factories.city_officer()
    with as_city():
        for _ in range(61):
            record(Actor("city", someone.pk), Action.VIEW, object_type="registrant", object_id=uuid.uuid4())
    watch_log("shared")
    with as_city():
        found = set(AuditAlert.objects.values_list("tenant", "kind"))
    assert found == {("shared", "mass_view"), ("shared", "without_work")}
    assert alerts() == []


def test_it_is_answered_with_outcome_name_and_note(officer_desk: Client, alert: int) -> None:
    assert "短時間に多くの人を閲覧" in officer_desk.get("/office/log/alerts/").content.decode()
    response = officer_desk.post(f"/office/log/alerts/{alert}/", ANSWER)
    assert response.status_code == 302
    with as_tenant(CHUO):
        kept = AuditAlert.objects.get(pk=alert)
    assert (kept.outcome, kept.answered_name, kept.note) == ("in_order", "架空　責任者", ANSWER["note"])


@pytest.mark.parametrize(
    "form", [{}, {"outcome": "fine", "note": "確かめた内容です"}, {"outcome": "in_order", "note": "0476-00-0123に電話"}]
)
def test_an_incomplete_answer_comes_back_filled(officer_desk: Client, alert: int, form: dict[str, str]) -> None:
    response = officer_desk.post(f"/office/log/alerts/{alert}/", form)
    assert response.status_code == 422
    assert form.get("note", "") in response.content.decode()
    with as_tenant(CHUO):
        assert AuditAlert.objects.get(pk=alert).answered_at is None


def test_nobody_answers_for_themselves(noon: None, privacy: StaffAccount, officer_desk: Client) -> None:
    look_at(61, privacy)
    watch_log(CHUO)
    with as_tenant(CHUO):
        own = AuditAlert.objects.get(kind="mass_view").pk
    assert officer_desk.post(f"/office/log/alerts/{own}/", ANSWER).status_code == 409


def test_the_city_sees_it_and_adds_its_note(city: Client, alert: int) -> None:
    assert "架空総合福祉センター" in city.get("/office/log/alerts/").content.decode()
    assert city.post(f"/office/log/alerts/{alert}/", {"note": "電話で確認した"}).status_code == 302
    with as_city():
        kept = AuditAlert.objects.get(pk=alert)
    assert (kept.city_note, kept.answered_at) == ("電話で確認した", None)


def test_the_city_sets_the_limits_and_a_desk_cannot(city: Client, officer_desk: Client) -> None:
    form = {
        "persons_an_hour": "40", "listed_an_hour": "400", "night_from": "21:00", "night_until": "08:00",
        "refused_a_day": "5", "without_work_a_day": "20", "samples_a_month": "10",
    }  # fmt: skip
    assert city.post(f"/office/log/limits/{CHUO}/", form).status_code == 302
    assert city.post(f"/office/log/limits/{CHUO}/", form | {"persons_an_hour": "0"}).status_code == 422
    assert city.get("/office/log/limits/nowhere/").status_code == 404
    with as_tenant(CHUO):
        assert AlertLimits.objects.get().persons_an_hour == 40
    assert officer_desk.get(f"/office/log/limits/{CHUO}/").status_code == 404


def test_a_desk_reaches_its_own_alerts_alone_and_removes_none(alert: int, desk_client: Callable[[str], Client]) -> None:
    assert alerts(SPORTS) == []
    other = signed_in(desk_client(BUNKA), factories.clerk(BUNKA, roles=[Role.PRIVACY_OFFICER]))
    assert other.get(f"/office/log/alerts/{alert}/").status_code == 404
    with raw("tenant_sports") as connection:
        changed = connection.execute("UPDATE shared.compliance_auditalert SET note = 'x'")
        assert changed.rowcount == 0
    with raw("tenant_chuo") as connection:
        for statement in (
            "DELETE FROM shared.compliance_auditalert",
            "UPDATE shared.compliance_auditalert SET count = 0",
            "UPDATE shared.compliance_alertlimits SET persons_an_hour = 100000",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


@pytest.mark.usefixtures("noon")
@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_few_statements_whatever_its_length(officer_desk: Client, count: int) -> None:
    for _ in range(count):
        look_at(31, factories.clerk())
    watch_log(CHUO)
    with count_statements() as statements:
        officer_desk.get("/office/log/alerts/")
    assert statements.count == 6, statements
