"""A citizen links a registration by number and code, lets it go, and ends the account."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from apps.registrants.models import LinkCode, Registrant, RegistrationAct
from apps.registrants.services.portal_codes import Handout, make_link_code
from shared.accounts.models import AccountToken, PortalAccount, PortalLink, PortalSession
from shared.actor import Actor
from shared.audit.models import AuditEntry
from shared.staff.models import StaffAccount
from tests import factories
from tests.support.accounts import mails
from tests.support.clients import client_at, signed_in
from tests.support.scopes import as_portal, as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO, SPORTS

ADDRESS = f"/places/{CHUO}/registrations/link/"


@pytest.fixture
def person(database: None) -> Registrant:
    return factories.individual()


@pytest.fixture
def account(database: None) -> PortalAccount:
    return factories.portal_account()


@pytest.fixture
def own(portal_client: Client, account: PortalAccount) -> Client:
    """The browser of a citizen without a registration."""
    return signed_in(portal_client, account)


@pytest.fixture
def handout(person: Registrant, clerk: StaffAccount) -> Handout:
    with as_tenant(CHUO):
        return make_link_code(actor=Actor("staff", clerk.pk), registrant=person.pk)


def enter(client: Client, number: str, code: str, address: str = ADDRESS) -> Any:
    return client.post(address, {"number": number, "code": code})


def holder_of(person: Registrant, schema: str = CHUO) -> Any:
    with as_tenant(schema):
        return Registrant.objects.values_list("portal_account", flat=True).get(pk=person.pk)


def test_number_and_code_link_the_registration(
    own: Client, person: Registrant, handout: Handout, account: PortalAccount
) -> None:
    answer = enter(own, person.number, handout.code)
    assert answer.headers["Location"] == f"/places/{CHUO}/registrations/{person.pk}/"
    assert holder_of(person) == account.pk
    with as_tenant(CHUO):
        assert [act.act for act in RegistrationAct.objects.all()] == ["link"]
    assert person.number in own.get("/registrations/").content.decode()


def test_they_may_be_typed_in_any_width_and_case(own: Client, person: Registrant, handout: Handout) -> None:
    typed = person.number.replace("-", "").translate(str.maketrans("A0123456789", "ａ０１２３４５６７８９"))
    assert enter(own, f" {typed} ", handout.code.lower().replace("-", " ")).status_code == 302


def test_a_code_links_once(own: Client, person: Registrant, handout: Handout) -> None:
    enter(own, person.number, handout.code)
    other = signed_in(client_at(settings.PORTAL_HOST), factories.portal_account())
    assert enter(other, person.number, handout.code).status_code == 422


def test_a_mistyped_number_is_told_as_mistyped_and_costs_no_try(
    own: Client, person: Registrant, handout: Handout
) -> None:
    wrong = f"{person.number[:-1]}{(int(person.number[-1]) + 1) % 10}"
    answer = enter(own, wrong, handout.code)
    assert answer.status_code == 422
    assert "登録番号の最後の数字が合いません。" in answer.content.decode()
    assert wrong in answer.content.decode()
    with as_tenant(CHUO):
        assert LinkCode.objects.get().attempts == 0


@pytest.mark.parametrize("number", ["", "A-999999-9", "x" * 30, "'; DROP TABLE x; --", "無い番号"])
def test_what_names_nobody_links_nothing(own: Client, handout: Handout, number: str) -> None:
    assert enter(own, number, handout.code).status_code == 422


def test_after_five_wrong_codes_the_right_one_is_void(own: Client, person: Registrant, handout: Handout) -> None:
    for _ in range(5):
        answer = enter(own, person.number, "AAAA-AAAA")
        assert answer.status_code == 422
        assert "結び付け番号が違うか" in answer.content.decode()
    assert enter(own, person.number, handout.code).status_code == 422
    assert holder_of(person) is None


def test_an_account_may_not_try_without_end(own: Client, person: Registrant, handout: Handout) -> None:
    statuses = [enter(own, person.number, "AAAA-AAAA").status_code for _ in range(11)]
    assert (statuses[9], statuses[10]) == (422, 429)


def test_a_code_ends(own: Client, person: Registrant, handout: Handout, superuser: Any) -> None:
    superuser.execute("UPDATE chuo.registrants_linkcode SET expires_at = now()")
    assert enter(own, person.number, handout.code).status_code == 422


def test_a_code_is_for_its_number_and_its_facility(own: Client, person: Registrant, handout: Handout) -> None:
    other = factories.individual()
    assert enter(own, other.number, handout.code).status_code == 422
    assert enter(own, person.number, handout.code, f"/places/{BUNKA}/registrations/link/").status_code == 422


def test_whoever_is_not_signed_in_links_nothing(portal_client: Client, person: Registrant, handout: Handout) -> None:
    assert enter(portal_client, person.number, handout.code).headers["Location"] == "/login/"
    assert holder_of(person) is None


def test_the_own_registration_is_let_go_and_the_facility_knows(portal: Client, citizen: factories.Citizen) -> None:
    page = f"/places/{CHUO}/registrations/{citizen.registrant.pk}/unlink/"
    assert "空き待ちをしているときは" in portal.get(page).content.decode()
    assert holder_of(citizen.registrant) == citizen.account.pk
    answer = portal.post(page)
    assert answer.headers["Location"] == "/registrations/"
    assert holder_of(citizen.registrant) is None
    with as_tenant(CHUO):
        act = RegistrationAct.objects.get()
        audited = AuditEntry.objects.filter(object_id=str(citizen.registrant.pk), detail={"act": "unlink"}).count()
    assert (act.act, act.actor_id, audited) == ("unlink", citizen.account.pk, 1)
    assert portal.get(f"/places/{CHUO}/registrations/{citizen.registrant.pk}/").status_code == 404


def test_nobody_lets_go_of_anothers(portal: Client) -> None:
    other = factories.citizen_with_registration()
    portal.post(f"/places/{CHUO}/registrations/{other.registrant.pk}/unlink/")
    assert holder_of(other.registrant) == other.account.pk
    for page in ("", "unlink/"):
        assert portal.get(f"/places/{CHUO}/registrations/{other.registrant.pk}/{page}").status_code == 404


def test_own_data_are_shown_and_emergency_contacts_are_not(portal: Client, citizen: factories.Citizen) -> None:
    factories.emergency_contact(citizen.registrant)
    shown = portal.get(f"/places/{CHUO}/registrations/{citizen.registrant.pk}/").content.decode()
    assert citizen.registrant.address in shown
    assert citizen.registrant.phone in shown
    assert "0476-00-0009" not in shown


def test_the_list_takes_the_same_statements_for_one_registration_and_for_many(
    portal: Client, citizen: factories.Citizen
) -> None:
    portal.get("/registrations/")
    with count_statements() as one:
        portal.get("/registrations/")
    for schema in (CHUO, SPORTS, BUNKA, BUNKA):
        factories.citizen_with_registration(schema, account=citizen.account)
    with count_statements() as many:
        shown = portal.get("/registrations/").content.decode()
    assert shown.count("card__link") == 5
    assert (one.count, many.count) == (3, 3), str(many)


def test_an_account_ends_and_each_facility_is_told_of_its_own(portal: Client, citizen: factories.Citizen) -> None:
    elsewhere = factories.citizen_with_registration(SPORTS, account=citizen.account)
    booking = factories.booking_awaiting_permit(citizen)
    wrong = portal.post("/account/end/", {"current": "x", "is_meant": "on"})
    assert wrong.status_code == 422
    answer = portal.post("/account/end/", {"current": factories.PASSWORD, "is_meant": "on"})
    assert answer.headers["Location"] == "/"
    assert portal.get("/account/").status_code == 302
    for schema, person in ((CHUO, citizen.registrant), (SPORTS, elsewhere.registrant)):
        assert holder_of(person, schema) is None
        with as_tenant(schema):
            [act] = RegistrationAct.objects.filter(act="unlink")
        assert act.registrant_id == person.pk
    with as_portal(account=citizen.account.pk):
        left = [PortalAccount, PortalSession, PortalLink]
        assert [model._default_manager.count() for model in left] == [0, 0, 0]
        assert AccountToken.objects.get().email == citizen.account.email
    with as_tenant(CHUO):
        booking.refresh_from_db()
    assert (booking.state, mails()) == ("under_review", ["ended"])


def test_the_box_must_be_ticked_to_end_an_account(portal: Client) -> None:
    assert portal.post("/account/end/", {"current": factories.PASSWORD}).status_code == 422
    assert portal.get("/account/").status_code == 200
