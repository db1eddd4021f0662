"""Identifiers of another tenant, or of another citizen, in every parameter: answered like those of nothing at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import psycopg
import pytest
from django.test import Client

from shared.staff.rights import DESK_ROLES
from tests import factories
from tests.apps.compliance.web.city.asking import person, searching
from tests.attack import strangers
from tests.attack.actors import browser
from tests.attack.addresses import NAMED, PARAMETER, SAMPLES, Address, expected
from tests.attack.secret import SECRET
from tests.attack.strangers import VALUES
from tests.support.clients import signed_in
from tests.support.tenants import CHUO, SPORTS

pytestmark = pytest.mark.usefixtures("database")
POSTED = {
    "reason": "架空の理由です",
    "note": "架空の備考",
    "version": "1",
    "confirmed": "on",
    "effective_on": "2026-12-01",
}


READ_AT_HOME = (
    "/office/exports/<uuid:request_id>/",
    "/office/incidents/<uuid:incident>/",
    "/office/person-requests/<uuid:request_id>/",
    "/office/log/alerts/<int:number>/",
    "/office/log/reviews/<int:number>/",
    "/office/roster/<uuid:submission>/",
    "/office/handover/<uuid:case>/",
    "/office/monitoring/findings/<uuid:finding>/",
    "/office/monitoring/photos/<uuid:photo>/",
    "/inquiries/sent/<uuid:inquiry>/",
    "/inquiries/received/<uuid:inquiry>/",
)
"""Pages of things of the shared schema: there at home, and nowhere else."""


def parameters(address: Address) -> list[str]:
    return [name for _, name in PARAMETER.findall(address.path)]


def known(path: str, name: str, ids: Mapping[Any, object]) -> object:
    """The identifier for the parameter ``name`` of ``path``, if there is one: the longest part counts."""
    parts = [one for one in ids if isinstance(one, tuple) and one[1] == name and one[0] in path]
    return ids[max(parts, key=lambda one: len(one[0]))] if parts else ids.get(name)


def told(address: Address, ids: Mapping[Any, object]) -> str:
    """The path with ``ids`` where there are such, and with what is not there in the place of the rest."""

    def value(found: re.Match[str]) -> str:
        return str(known(address.path, found[2], ids) or NAMED.get(found[2]) or SAMPLES[found[1] or "str"])

    return PARAMETER.sub(value, address.path)


def with_identifiers(site: str) -> list[Address]:
    return [one for one in expected() if one.site == site and set(parameters(one)) - VALUES]


def answers(client: Client, path: str) -> list[Any]:
    return [client.get(path), client.post(path, POSTED)]


def differences(client: Client, site: str, ids: Mapping[Any, object]) -> list[str]:
    """Where a stranger's identifiers are answered otherwise than those of nothing, or something is told."""
    found = []
    for address in with_identifiers(site):
        for strange, nothing in zip(
            answers(client, told(address, ids)), answers(client, told(address, {})), strict=True
        ):
            if strange.status_code != nothing.status_code or SECRET in strange.content.decode(errors="replace"):
                found.append(f"{address.path}: {strange.status_code}, of nothing: {nothing.status_code}")
    return found


def test_every_parameter_of_a_desk_and_of_the_portal_is_known_here() -> None:
    ids = strangers.at(SPORTS)
    there = [(one.path, name) for one in expected() if one.site != "city" for name in parameters(one)]
    assert [(path, name) for path, name in there if name not in VALUES and not known(path, name, ids)] == []


def test_another_tenants_identifiers_are_those_of_nothing(superuser: psycopg.Connection) -> None:
    ids = strangers.at(SPORTS)
    before = strangers.rows_of(superuser, SPORTS)
    desk = signed_in(browser("desk"), factories.clerk(CHUO, roles=list(DESK_ROLES)))
    assert differences(desk, "desk", ids) == []
    assert strangers.rows_of(superuser, SPORTS) == before


def test_the_same_identifiers_are_found_at_home() -> None:
    ids = strangers.at(CHUO)
    desk = signed_in(browser("desk"), factories.clerk(CHUO, roles=list(DESK_ROLES)))
    different = {one.split(": ")[0] for one in differences(desk, "desk", ids)}
    assert len(different) > 60
    assert {one for one in READ_AT_HOME if one not in different} == set()


def test_another_citizens_identifiers_are_those_of_nothing(superuser: psycopg.Connection) -> None:
    ids = {name: key for name, key in strangers.at(CHUO).items() if name not in {"room", "facility"}}
    citizen = factories.citizen_with_registration(CHUO)
    before = strangers.rows_of(superuser, CHUO)
    assert differences(signed_in(browser("portal"), citizen.account), "portal", ids) == []
    assert strangers.rows_of(superuser, CHUO) == before


def test_a_room_of_one_place_is_nothing_under_another_places_address() -> None:
    ids = strangers.at(SPORTS)
    portal = browser("portal")
    paths = [f"/places/chuo/rooms/{ids['room']}/", f"/places/chuo/rooms/{ids['room']}/2026-12-01/"]
    paths.append(f"/api/places/chuo/facilities/{ids['facility']}/availability/")
    assert [portal.get(path).status_code for path in paths] == [404, 404, 404]


def test_a_registrant_of_one_tenant_is_nothing_under_another_tenants_address(city_client: Client) -> None:
    ids = strangers.at(SPORTS)
    city = signed_in(city_client, factories.city_officer())
    for schema, status, is_told in ((CHUO, 404, False), (SPORTS, 200, True)):
        city.post("/registrants/", searching("kana", "みほん"))
        answer = city.post(person(schema, ids["registrant"]))
        assert (answer.status_code, SECRET in answer.content.decode()) == (status, is_told)


@pytest.mark.parametrize("tenant", ["sports", "nowhere", "shared", "gate", "pg_catalog", "information_schema"])
def test_a_desk_is_chosen_by_its_host_alone(tenant: str) -> None:
    desk = signed_in(browser("desk"), factories.clerk(CHUO, roles=list(DESK_ROLES)))
    for said in ({"tenant": tenant}, {"schema": tenant}, {"schema_name": tenant}):
        page = desk.get("/office/", said, headers={"X-Tenant": tenant, "X-Schema": tenant})
        assert re.search("架空総合福祉センター", page.content.decode())
