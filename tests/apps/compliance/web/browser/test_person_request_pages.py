"""The pages of requests of persons under axe on a PC and a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from apps.compliance.models.person_requests import PersonRequest
from kernel import clock
from tests import factories
from tests.support.accessibility import faults
from tests.support.browsing import OpenPage
from tests.support.scopes import as_city
from tests.support.tenants import CHUO

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", ["list", "new", "detail"])
@pytest.mark.parametrize("site", ["desk", "city"])
def test_axe_finds_no_fault(visit: OpenPage, manager: Client, city: Client, site: str, name: str) -> None:
    said = {"kind": "disclosure", "claimant": "self", "document": "passport", "received_on": str(clock.today())}
    manager.post("/office/person-requests/new/", said | {"number": factories.individual(CHUO).number})
    with as_city():
        asked = PersonRequest.objects.get().pk
    city.post(f"/person-requests/{asked}/", {"step": "decided", "decision": "granted", "on": str(clock.today())})
    address = "/person-requests/" + {"list": "", "new": "new/", "detail": f"{asked}/"}[name]
    if site == "desk":
        page = visit(f"{CHUO}.localhost", f"/office{address}", client=manager)
    else:
        page = visit("city.localhost", address, client=city)
    assert faults(page) == {}
