"""The demonstration's year of monitoring: judged months with reasons, the last one under way, nothing doubled."""

from __future__ import annotations

import pytest

from apps.compliance.models.monitoring import MonitoringMonth
from apps.compliance.models.monitoring_findings import MonitoringFinding
from config.demo_city.monitoring import monitor
from tests.support.fixtures import Freeze
from tests.support.scopes import as_city
from tests.support.tenants import CHUO


@pytest.mark.parametrize("now", ["2026-06-01 08:00", "2026-06-28 12:00"])
def test_a_year_is_told_once_at_any_day_of_a_month(now: str, freeze: Freeze, database: None) -> None:
    freeze(now)
    assert monitor(CHUO, 8) == 8
    assert monitor(CHUO, 8) == 0
    with as_city():
        assert MonitoringMonth.objects.filter(tenant=CHUO, state="closed").count() >= 7
        assert set(MonitoringMonth.objects.exclude(grade="").values_list("grade", flat=True)) >= {"A", "B"}
        assert set(MonitoringFinding.objects.values_list("state", flat=True)) == {"confirmed", "planned"}
