"""The demonstration's election day: some bookings moved, some cancelled, and an order that waits."""

from __future__ import annotations

import pytest

from apps.bookings.models import Displacement, DisplacementHit
from config.demo_city.displacements import hold_an_election, order_a_drill
from config.demo_city.fill import Scale, fill
from shared.publicuse.models import Place
from tests.config.demo_city.test_fill import PLAN
from tests.support.scopes import as_city, as_tenant
from tests.support.tenants import CHUO

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("database")]


def test_an_election_day_moves_some_and_cancels_some_and_an_order_waits() -> None:
    fill(progress=lambda _told: None, scale=Scale(days_before=1, days_after=35, share=0.6), tenants=[PLAN])
    with as_tenant(CHUO):
        assert Displacement.objects.get().state == "done"
        assert set(DisplacementHit.objects.values_list("became", flat=True)) >= {"moved", "cancelled"}
        hold_an_election()
        assert Displacement.objects.count() == 1, "once"
    order_a_drill([PLAN])
    with as_city():
        assert Place.objects.get().state == "sent"
