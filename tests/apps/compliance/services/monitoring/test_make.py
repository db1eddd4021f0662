"""Sheets are made by themselves, once, whole, with figures; whoever makes them."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import connections

from apps.compliance.models.monitoring import MonitoringAct, MonitoringFact, MonitoringMonth
from apps.compliance.monitoring_tasks import make_monitoring_months
from apps.compliance.rules.monitoring.seed import REQUIRED, SEEDS
from apps.compliance.services.monitoring import make
from apps.compliance.services.monitoring.make import make_month, make_months
from shared.facts import Fact
from tests.apps.compliance.monitoring import MARCH, made
from tests.support.fixtures import Freeze
from tests.support.raw import raw
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO, SPORTS


@pytest.fixture(autouse=True)
def _in_april(freeze: Freeze, database: None) -> None:
    freeze("2026-04-01 00:10")


def test_the_task_makes_what_is_missing_and_then_nothing() -> None:
    make_monitoring_months(CHUO)
    make_monitoring_months(CHUO)
    with as_tenant(CHUO):
        months = list(MonitoringMonth.objects.order_by("month").values_list("month", flat=True))
    assert (len(months), months[0], months[-1]) == (12, dt.date(2025, 4, 1), MARCH)


def test_a_new_sheet_has_every_item_the_figures_and_its_first_act() -> None:
    sheet = made()
    with as_tenant(CHUO):
        results = list(sheet.results.values_list("code", "is_required"))
        facts = {fact.code: (fact.sentence, fact.sentence_en) for fact in MonitoringFact.objects.all()}
        acts = list(MonitoringAct.objects.values_list("act", "side"))
    assert [code for code, _ in results] == [seed.code for seed in SEEDS]
    assert {code for code, required in results if required} == set(REQUIRED)
    assert sheet.operator == "架空市社協・見本会共同事業体"
    assert {"accounts_active", "logins_failed", "night_use", "cards_unhanded", "bookings_waiting"} <= set(facts)
    assert {code for seed in SEEDS for code in seed.facts} <= set(facts)
    assert facts["accounts_off_roster"][1] == "0 IDs in force stand on no granted roster."
    assert facts["prints"] == ("印刷は0回です。", "0 prints were made.")
    assert acts == [("made", "system")]


def test_a_month_that_fails_is_made_by_the_next_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_schema: str, month: dt.date) -> list[Fact]:
        if month == MARCH:
            raise RuntimeError("a figure cannot be read")
        return []

    with as_tenant(CHUO):
        with monkeypatch.context() as patched:
            patched.setattr(make, "facts_of", broken)
            with pytest.raises(RuntimeError):
                make_months(CHUO)
        assert MonitoringMonth.objects.count() == 11
        assert make_months(CHUO) == [MARCH]
        assert MonitoringFact.objects.filter(month__month=MARCH).exists()


@pytest.mark.race
def test_many_workers_make_a_month_once() -> None:
    def work(_number: int) -> bool:
        try:
            with as_tenant(CHUO):
                return make_month(CHUO, MARCH)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(work, range(6))) == [False] * 5 + [True]


def test_a_month_that_is_not_over_is_not_made() -> None:
    with raw(f"tenant_{CHUO}", schema=CHUO) as connection, pytest.raises(psycopg.errors.CheckViolation):
        connection.execute("SELECT shared.monitoring_open(date_trunc('month', now())::date)")


def test_the_city_makes_none_and_a_tenant_only_its_own() -> None:
    with raw("kashikan_city") as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("SELECT shared.monitoring_open('2026-03-01')")
    made(SPORTS)
    with as_tenant(CHUO):
        assert not MonitoringMonth.objects.exists()
