"""The city handles incidents of all facilities: steps in order, duties with grounds, clocks, versions."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from apps.compliance.models.incidents import Incident, IncidentAct, IncidentVersion
from apps.compliance.queries.incidents import counts_of_month
from apps.compliance.services.clauses import plant
from kernel import clock
from shared.staff.models import Role
from tests import factories
from tests.apps.compliance.web.city.asking import audited, text_of
from tests.apps.compliance.web.incident_asking import reported
from tests.support.clients import client_at, signed_in
from tests.support.fixtures import Freeze
from tests.support.scopes import as_city, as_owner
from tests.support.statements import count_statements
from tests.support.tenants import CHUO

ALL_NINE = dict.fromkeys(
    ["overview", "data", "persons", "cause", "secondary", "to_persons", "publication", "prevention", "other"], "なし"
)


@pytest.fixture(autouse=True)
def _on_a_spring_day(freeze: Freeze) -> None:
    freeze("2026-04-01 09:40")


@pytest.fixture
def made(desk: Client) -> Incident:
    return reported(desk)


def step(city: Client, made: Incident, name: str, **typed: str) -> Any:
    said = {"step": name, "on": clock.today().isoformat(), "note": ""}
    return city.post(f"/incidents/{made.pk}/step/", said | typed)


def amended(city: Client, made: Incident, number: str = "1", **typed: str) -> Any:
    said = ALL_NINE | {"version": number, "persons_most": "23"}
    return city.post(f"/incidents/{made.pk}/items/", said | typed)


def test_an_incident_goes_its_whole_way_and_each_act_says_by_whom_and_when(city: Client, made: Incident) -> None:
    assert amended(city, made, unlawful="on").status_code == 302
    for name in ("accepted", "surveyed", "prompt", "final", "notified", "prevented", "closed"):
        assert step(city, made, name, note="済み").status_code == 302, name
    with as_city():
        acts = list(IncidentAct.objects.values_list("step", "by_kind", "by_name"))
    assert [name for name, _, _ in acts][:3] == ["noticed", "reported", "accepted"]
    assert acts[-1] == ("closed", "city", "架空　市職員")
    assert "次の段階を記録する" not in text_of(city.get(f"/incidents/{made.pk}/"))
    assert amended(city, made, "2", other="もう一つ").status_code == 409
    assert [entry.detail["act"] for entry in audited("incident") if "act" in entry.detail][-1] == "closed"


def test_a_step_out_of_its_order_or_twice_is_refused(city: Client, made: Incident) -> None:
    assert step(city, made, "final").status_code == 422
    assert step(city, made, "accepted").status_code == 302
    assert step(city, made, "accepted").status_code == 422
    assert step(city, made, "nothing").status_code == 422


def test_a_step_needs_its_items_and_a_day_that_makes_sense(city: Client, made: Incident) -> None:
    step(city, made, "accepted")
    lacking = step(city, made, "surveyed", note="調べた")
    assert lacking.status_code == 422
    assert "報告事項の②の記入が必要です。" in text_of(lacking)
    assert "調べた" in text_of(lacking)
    assert step(city, made, "prompt", on="2026-04-02").status_code == 422
    assert step(city, made, "prompt", on="2026-03-31").status_code == 422


@pytest.mark.parametrize(
    ("typed", "city_owes", "operator_exempt"),
    [
        ({"persons_most": "100"}, False, False),
        ({"persons_most": "101"}, True, False),
        ({"persons_most": "1000"}, True, False),
        ({"persons_most": "1001"}, True, True),
        ({"persons_most": ""}, True, True),
        ({"sensitive": "on"}, True, True),
        ({"ordinance": "on"}, True, False),
        ({"sensitive": "on", "is_protected": "on"}, False, False),
    ],
)
def test_the_duty_is_shown_for_city_and_operator_with_its_ground(
    city: Client, made: Incident, typed: dict[str, str], city_owes: bool, operator_exempt: bool
) -> None:
    amended(city, made, **typed)
    page = text_of(city.get(f"/incidents/{made.pk}/"))
    assert ("義務あり" in page) is city_owes
    assert ("市に通知したため、運営者自身の報告は免除されます。" in page) is operator_exempt
    assert ("100人超" in page) is (city_owes and typed.get("persons_most", "23") != "23")


def test_the_penalties_are_shown_as_they_are_worded_on_that_day(city: Client, desk: Client, made: Incident) -> None:
    with as_owner():
        plant()
    for page in (city.get(f"/incidents/{made.pk}/"), desk.get(f"/office/incidents/{made.pk}/")):
        assert "第176条" in text_of(page)


def test_an_overdue_report_is_an_alarm_on_both_sites(
    city: Client, desk: Client, made: Incident, freeze: Freeze
) -> None:
    amended(city, made, property="on")
    freeze("2026-04-06 09:00")
    city, desk = signed_in(city, factories.city_officer()), signed_in(desk, factories.clerk())
    assert "期限を過ぎた事故が1件あります" in text_of(city.get("/incidents/"))
    for page in (city.get(f"/incidents/{made.pk}/"), desk.get(f"/office/incidents/{made.pk}/")):
        assert "報告の期限を過ぎています" in text_of(page)
    assert "期限を過ぎています" in text_of(desk.get("/office/incidents/"))


def test_the_facility_changes_no_fact_of_the_duty_test(city: Client, desk: Client, made: Incident) -> None:
    amended(city, made, sensitive="on")
    desk.post(f"/office/incidents/{made.pk}/items/", {"version": "2", "overview": "追記", "sensitive": ""})
    with as_city():
        assert IncidentVersion.objects.latest("number").sensitive


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.DEPARTMENT, 200), (Role.GENERAL, 200), (Role.SYSTEMS, 200), (Role.AUDITOR, 403)],
)
def test_who_handles_incidents(database: None, made: Incident, role: Role, status: int) -> None:
    client = signed_in(client_at(settings.CITY_HOST), factories.city_officer(roles=[role]))
    for address in ("/incidents/", f"/incidents/{made.pk}/", f"/incidents/{made.pk}/items/"):
        assert client.get(address).status_code == status


def test_the_month_is_counted_for_the_monitoring(city: Client, desk: Client, made: Incident, freeze: Freeze) -> None:
    freeze("2026-04-01 11:30")
    reported(desk, phoned="", persons="")
    with as_city():
        april, march = (counts_of_month(CHUO, clock.today().replace(month=month, day=1)) for month in (4, 3))
    assert april == {"noticed": 2, "late": 1, "owed": 1, "open": 2}
    assert march == {"noticed": 0, "late": 0, "owed": 0, "open": 0}


@pytest.mark.parametrize("number", [1, 4])
def test_the_list_takes_the_same_statements_for_any_number(city: Client, desk: Client, number: int) -> None:
    for _ in range(number):
        reported(desk)
    with count_statements() as statements:
        city.get("/incidents/")
    assert statements.count <= 10, statements
