"""実際の操作は、所管する施設のみ行う: 所管課 reads about every facility, and writes about those in its care."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver

from apps.compliance.models.person_requests import PersonRequest
from shared.web.guard import named_of
from tenants.models import OperatorAssignment
from tests import factories
from tests.apps.compliance import exporting, monitoring, rostering
from tests.apps.compliance.web.city.asking import audited, text_of
from tests.apps.compliance.web.city.test_senior_cards import answered, inquired
from tests.apps.compliance.web.incident_asking import reported
from tests.attack.addresses import Address, expected, patterns
from tests.support.clients import client_at, signed_in
from tests.support.fixtures import Freeze
from tests.support.scopes import as_city
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO, SPORTS

pytestmark = pytest.mark.usefixtures("database")
WITHOUT_A_FACILITY: Final = {
    "/account/everywhere/", "/account/password/", "/account/recovery-codes/", "/account/second-factor/",
    "/account/stay/", "/accounts/<uuid:account>/", "/accounts/<uuid:account>/slip/", "/accounts/new/",
    "/account/passkey/begin/", "/account/passkey/enter/", "/account/passkeys/", "/account/passkeys/new/",
    "/account/passkeys/<uuid:passkey>/", "/office/foundings/new/", "/office/foundings/<uuid:founding>/again/",
    "/office/foundings/<uuid:founding>/withdraw/", "/language/", "/login/", "/logout/",
    "/account/prove/", "/postal/", "/printed/",
}  # fmt: skip
"""The own account, the city's own IDs, a facility that is not there yet, and what every site has."""
READING: Final = {
    "/registrants/", "/registrants/<slug:tenant>/<uuid:registrant>/", "/office/log/person/",
    "/office/log/person/<uuid:registrant>/", "/office/log/seals/print/", "/office/log/seals/csv/",
    "/monitoring/<slug:schema>/months/<slug:month>/sheet/",
}  # fmt: skip
"""Posted because a purpose is stated or a print is recorded; reading reaches every facility."""


def takes_posts(client: Client, address: Address) -> bool:
    return client.post(address.sample).status_code != 405


def test_every_address_that_is_posted_to_says_about_which_facilities_it_writes(city: Client) -> None:
    everybody = signed_in(city, factories.city_officer(roles=["department", "general", "systems", "auditor"]))
    everybody.raise_request_exception = False
    marked = {f"/{path}": named_of(one.callback) for path, one in patterns(get_resolver("config.urls.city"))}
    unsaid = {
        one.path
        for one in sorted(expected(), key=lambda one: "logout" in one.path or "everywhere" in one.path)
        if one.site == "city" and takes_posts(everybody, one) and getattr(marked[one.path], "about", None) is None
    }
    assert unsaid - WITHOUT_A_FACILITY - READING == set()
    assert READING - unsaid == set()


def test_nothing_that_needs_no_facility_names_one() -> None:
    assert {path for path in WITHOUT_A_FACILITY if "schema" in path or "tenant" in path} == set()


def an_export(desk: Client) -> str:
    factories.individual()
    return f"/exports/{exporting.asked(desk)}/"


def a_roster(_desk: Client) -> str:
    return f"/rosters/{rostering.submitted(rostering.people())}/"


def a_months_visit(_desk: Client) -> str:
    monitoring.reported()
    return f"/monitoring/{CHUO}/months/2026-03/visit/"


def a_finding(_desk: Client) -> str:
    return f"/monitoring/findings/{monitoring.with_finding().pk}/"


def mailboxes(_desk: Client) -> str:
    return f"/monitoring/{CHUO}/mailboxes/"


def an_incident(desk: Client) -> str:
    return f"/incidents/{reported(desk).pk}/items/"


def a_request(desk: Client) -> str:
    said = {"kind": "disclosure", "claimant": "self", "document": "driving_licence", "received_on": "2026-04-01"}
    desk.post("/office/person-requests/new/", said | {"number": factories.individual().number})
    with as_city():
        return f"/person-requests/{PersonRequest.objects.get().pk}/"


def an_inquiry(_desk: Client) -> str:
    factories.senior_card()
    return f"/senior-cards/inquiries/{answered(inquired(factories.senior_card_draft(SPORTS), SPORTS), 'other')}/"


def a_designation(_desk: Client) -> str:
    with as_city():
        return f"/designations/{OperatorAssignment.objects.get(tenant__schema_name=CHUO).pk}/change/"


def an_operator(_desk: Client) -> str:
    with as_city():
        return f"/office/operators/{OperatorAssignment.objects.get(tenant__schema_name=CHUO).operator_id}/"


FORM: Final = '<form class="form" method="post"'
Make = Callable[[Client], str]
THINGS: Final[tuple[Make, ...]] = (
    an_export, a_roster, a_months_visit, a_finding, mailboxes, an_incident, a_request, an_inquiry, a_designation,
    an_operator,
)  # fmt: skip


def department(*schemas: str) -> Client:
    return signed_in(client_at(settings.CITY_HOST), factories.department(*schemas))


@pytest.fixture
def manager(freeze: Freeze) -> Client:
    """The browser of the facility's manager, on a day in April."""
    freeze("2026-04-03 10:00")
    return signed_in(client_at(f"{CHUO}.localhost"), factories.clerk(roles=["facility_manager"]))


@pytest.mark.parametrize("thing", THINGS)
def test_a_department_reads_about_another_facility_and_writes_nothing(manager: Client, thing: Make) -> None:
    place = thing(manager)
    for client in (department(), department(BUNKA)):
        shown = client.get(place)
        assert shown.status_code == 200
        assert "所管している施設ではない" in text_of(shown)
        assert FORM not in text_of(shown)
        told = client.post(place, {"version": "1"})
        assert told.status_code == 403
        assert "この施設を所管する課が行います" in text_of(told)
    assert [one.detail for one in audited("page")][-1] == {"why": "not in care"}


@pytest.mark.parametrize("thing", THINGS)
def test_it_goes_on_to_the_form_about_its_own(manager: Client, thing: Make) -> None:
    place = thing(manager)
    client = department(CHUO, SPORTS)
    page = text_of(client.get(place))
    assert "所管している施設ではない" not in page
    assert FORM in page
    assert client.post(place, {"version": "1"}).status_code in {302, 409, 422}


def test_what_concerns_two_facilities_needs_the_care_of_both(manager: Client) -> None:
    place = an_inquiry(manager)
    assert department(SPORTS).post(place, {}).status_code == 403


@pytest.mark.parametrize("place", ["/monitoring/items/new/", "/monitoring/mailboxes/", "/person-requests/period/"])
def test_what_holds_everywhere_is_not_written_by_one_department(place: str) -> None:
    assert department(CHUO, SPORTS, BUNKA).post(place, {}).status_code == 403


def test_a_request_is_received_only_for_a_facility_in_care() -> None:
    client = department(SPORTS)
    assert f'value="{CHUO}"' not in text_of(client.get("/person-requests/new/"))
    assert client.post("/person-requests/new/", {"tenant": CHUO}).status_code == 403
    assert client.post("/person-requests/new/", {"tenant": SPORTS}).status_code == 422


def test_a_handover_is_begun_only_of_a_facility_in_care() -> None:
    with as_city():
        term = OperatorAssignment.objects.get(tenant__schema_name=CHUO).pk
    assert department(SPORTS).post("/handovers/", {"term": str(term)}).status_code == 403
    assert department(SPORTS).post("/handovers/", {"term": "９x"}).status_code == 422


def test_the_limit_costs_at_most_two_statements(manager: Client) -> None:
    place = an_export(manager)
    with count_statements() as unlimited:
        signed_in(client_at(settings.CITY_HOST), factories.city_officer()).get(place)
    client = department(CHUO)
    with count_statements() as limited:
        client.get(place)
    assert len(limited.texts) <= len(unlimited.texts) + 2
