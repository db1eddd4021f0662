"""The seals at the city: the newest of each facility, the day's list as PDF, the file for the verification."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from shared.sealing.models import DaySeal
from shared.sealing.verifying import read_printed
from shared.staff.models import Role
from tests import factories
from tests.support.clients import signed_in
from tests.support.scopes import as_city, as_tenant
from tests.support.seals import sealed
from tests.support.tenants import CHUO

Freeze = Callable[[str], object]


@pytest.fixture
def day_sealed(database: None, freeze: Freeze) -> None:
    """The 25th of November is sealed; it is the 26th."""
    for day in (25, 26):
        freeze(f"2026-11-{day} 10:00")
        with as_tenant(CHUO):
            record(Actor("staff"), Action.VIEW, object_type="board")
        sealed()


@pytest.mark.usefixtures("day_sealed")
def test_the_newest_seal_of_each_facility_is_shown(city: Client) -> None:
    with as_city():
        root = bytes(DaySeal.objects.get().root).hex()
    shown = city.get("/office/log/seals/").content.decode()
    assert root[:8] in shown
    assert "架空市民体育館" in shown


@pytest.mark.usefixtures("day_sealed")
def test_the_list_of_a_day_is_printed_and_that_is_recorded(city: Client) -> None:
    response = city.post("/office/log/seals/print/", {"day": "2026-11-25"})
    assert response.content.startswith(b"%PDF")
    assert response.headers["Cache-Control"] == "no-store"
    none = city.post("/office/log/seals/print/", {"day": "2026-11-26"})
    assert (none.status_code, "この日の封印はありません" in none.content.decode()) == (422, True)


@pytest.mark.usefixtures("day_sealed")
def test_the_saved_file_is_what_the_verification_reads(city: Client, tmp_path: object) -> None:
    response = city.post("/office/log/seals/csv/")
    [line] = read_printed(iter(response.content.decode("utf-8-sig").splitlines()))  # type: ignore[arg-type]
    with as_city():
        assert line.root == bytes(DaySeal.objects.get().root).hex()


@pytest.mark.parametrize(("role", "status"), [(Role.DEPARTMENT, 403), (Role.AUDITOR, 200), (Role.SYSTEMS, 200)])
def test_who_may_see_them(city_client: Client, role: Role, status: int) -> None:
    client = signed_in(city_client, factories.city_officer(roles=[role]))
    assert client.get("/office/log/seals/").status_code == status
