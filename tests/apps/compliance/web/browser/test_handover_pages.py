"""The pages of a change of operator under axe, on a phone and a PC."""

from __future__ import annotations

import pytest
from django.conf import settings

from apps.compliance.rules.handover import Step
from tenants.models import OperatorAssignment
from tests import factories
from tests.apps.compliance.test_handing_over import begun, city, desk, taken, term
from tests.support.accessibility import faults
from tests.support.browsing import OpenPage
from tests.support.tenants import CHUO

pytestmark = pytest.mark.browser
__all__ = ["term"]


def test_every_page_is_free_of_faults(visit: OpenPage, term: OperatorAssignment) -> None:
    case = begun(term)
    taken(desk(), case, Step.PLAN, note="予約台帳、鍵、備品を3月31日に引き継ぐ。")
    taken(city(), case, Step.PLAN_ACCEPTED)
    factories.permitted_booking()
    taken(desk(), case, Step.LISTS, note="鍵3本。備品台帳のとおり。")
    clerk, officer = desk(), city()
    for address in ("", f"{case}/", f"{case}/final/"):
        page = visit(f"{CHUO}.localhost", f"/office/handover/{address}", client=clerk)
        assert faults(page) == {}, address
    for address in ("", f"{case}/", f"{case}/returned/"):
        page = visit(settings.CITY_HOST, f"/handovers/{address}", client=officer)
        assert faults(page) == {}, address
