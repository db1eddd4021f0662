"""The desk hands out codes for the portal, and learns nothing of the account."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from apps.registrants.models import IdentityCheck, LinkCode, Registrant, RegistrationAct
from apps.registrants.services.portal_codes import make_reset_code
from shared.accounts.models import PortalAccount
from shared.actor import Actor
from shared.outbox.models import Message
from shared.staff.models import Role, StaffAccount
from tests import factories
from tests.shared.documents.pdf import words
from tests.support.clients import client_at, signed_in
from tests.support.scopes import as_portal, as_tenant
from tests.support.tenants import BUNKA, CHUO

DOCUMENT = {"document": "driving_licence"}
GOOD = "kame-ga-hashiru-7"


@pytest.fixture
def person(database: None) -> Registrant:
    return factories.individual()


@pytest.fixture
def clerk(database: None) -> StaffAccount:
    return factories.clerk(roles=[Role.RECEPTION])


def ask(client: Client, person: Registrant, act: str = "", **values: str) -> Any:
    return client.post(f"/registrants/{person.pk}/portal/{act}", values)


def test_a_link_code_is_printed_and_kept_as_a_hash_alone(desk: Client, person: Registrant) -> None:
    answer = ask(desk, person, "link/", way="hand", **DOCUMENT)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    printed = words(answer.content)
    assert person.number in printed
    assert person.address not in printed
    with as_tenant(CHUO):
        code, check = LinkCode.objects.get(), IdentityCheck.objects.get()
    assert code.code_hash not in printed
    assert check.document == "driving_licence"


def test_a_mailed_code_bears_the_registered_address_and_needs_no_document(desk: Client, person: Registrant) -> None:
    answer = ask(desk, person, "link/", way="mail")
    assert person.address in words(answer.content)
    with as_tenant(CHUO):
        assert IdentityCheck.objects.count() == 0


def test_what_is_handed_over_needs_an_identity_check(desk: Client, person: Registrant) -> None:
    answer = ask(desk, person, "link/", way="hand")
    assert answer.status_code == 422
    assert "確認した書類を選択してください。" in answer.content.decode()
    with as_tenant(CHUO):
        assert LinkCode.objects.count() == 0


def test_a_new_code_voids_the_one_before(desk: Client, person: Registrant) -> None:
    for _ in range(2):
        ask(desk, person, "link/", way="hand", **DOCUMENT)
    with as_tenant(CHUO):
        assert LinkCode.objects.filter(used_at=None).count() == 1


def test_the_page_never_shows_the_account(desk: Client, citizen: factories.Citizen) -> None:
    factories.citizen_with_registration(BUNKA, account=citizen.account)
    shown = ask_page(desk, citizen.registrant)
    assert "市民アカウントと結び付いています" in shown
    for secret in (citizen.account.login_id, citizen.account.email, str(citizen.account.pk), "bunka"):
        assert secret not in shown


def ask_page(client: Client, person: Registrant) -> str:
    return str(client.get(f"/registrants/{person.pk}/portal/").content.decode())


def test_a_reset_slip_opens_the_account_behind_the_registration(
    desk: Client, citizen: factories.Citizen, clerk: StaffAccount
) -> None:
    assert ask(desk, citizen.registrant, "reset/", **DOCUMENT).headers["Content-Type"] == "application/pdf"
    with as_tenant(CHUO):
        handout = make_reset_code(actor=Actor("staff", clerk.pk), registrant=citizen.registrant.pk, document="passport")
    visitor = client_at(settings.PORTAL_HOST)
    values = {"code": handout.code.lower(), "password": GOOD, "again": GOOD}
    answer = visitor.post("/account/reset/slip/", values)
    assert answer.headers["Location"] == "/account/"
    assert citizen.account.login_id in visitor.get("/account/").content.decode()
    with as_portal():
        assert PortalAccount.objects.get().check_password(GOOD)
    assert visitor.post("/account/reset/slip/", values).status_code == 422


def test_a_slip_is_void_when_a_new_one_was_made(citizen: factories.Citizen, clerk: StaffAccount) -> None:
    with as_tenant(CHUO):
        first, _ = (
            make_reset_code(actor=Actor("staff", clerk.pk), registrant=citizen.registrant.pk, document="passport")
            for _ in range(2)
        )
    values = {"code": first.code, "password": GOOD, "again": GOOD}
    assert client_at(settings.PORTAL_HOST).post("/account/reset/slip/", values).status_code == 422


def test_there_is_no_slip_without_an_account_and_no_second_link(
    desk: Client, person: Registrant, citizen: factories.Citizen
) -> None:
    assert ask(desk, person, "reset/", **DOCUMENT).status_code == 409
    assert ask(desk, citizen.registrant, "link/", way="hand", **DOCUMENT).status_code == 409


def test_the_link_is_taken_away_with_a_reason_and_a_mail(desk: Client, citizen: factories.Citizen) -> None:
    asked = desk.get(f"/registrants/{citizen.registrant.pk}/portal/unlink/").content.decode()
    assert "空き待ちの申込みは、なくなります。" in asked
    assert ask(desk, citizen.registrant, "unlink/", reason="").status_code == 422
    with as_tenant(CHUO):
        assert Registrant.objects.get(pk=citizen.registrant.pk).portal_account == citizen.account.pk
    assert ask(desk, citizen.registrant, "unlink/", reason="本人の申出").status_code == 302
    with as_tenant(CHUO):
        act, mail = RegistrationAct.objects.get(), Message.objects.get()
        assert Registrant.objects.get(pk=citizen.registrant.pk).portal_account is None
    assert (act.act, act.reason) == ("unlink", "本人の申出")
    assert (mail.template, mail.recipient) == ("registrants/mail/unlinked", citizen.account.pk)
    again = ask(desk, citizen.registrant, "unlink/", reason="本人の申出")
    assert again.status_code == 409
    assert "button--danger" not in again.content.decode()


def test_a_closed_registration_is_not_linked(desk: Client) -> None:
    closed = factories.individual(state="closed")
    assert "結び付けられません" in ask_page(desk, closed)
    assert ask(desk, closed, "link/", way="hand", **DOCUMENT).status_code == 409


@pytest.mark.parametrize("way", ["link/", "reset/", "unlink/", ""])
def test_who_has_no_role_at_the_counter_is_refused(
    desk_client: Callable[[str], Client], person: Registrant, way: str
) -> None:
    client = signed_in(desk_client(CHUO), factories.clerk(roles=[Role.ACCOUNTING]))
    answer = ask(client, person, way) if way else client.get(f"/registrants/{person.pk}/portal/")
    assert answer.status_code == 403


@pytest.mark.parametrize("way", ["link/", "reset/", "unlink/"])
def test_another_tenants_registrant_is_not_found(desk: Client, way: str) -> None:
    elsewhere = factories.individual(BUNKA)
    answer = ask(desk, elsewhere, way, way="hand", reason="x", **DOCUMENT)
    assert answer.status_code == 404
