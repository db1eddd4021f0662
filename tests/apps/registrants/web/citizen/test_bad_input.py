"""Hostile or tired input on every form about account and registration: a sentence, a 4xx, and nothing half written."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, Final
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client

from apps.registrants.models import CitizenRequest, Registrant
from shared.accounts.models import AccountToken, PortalAccount
from shared.web.birth_date import WESTERN
from tests import factories
from tests.factories import Citizen
from tests.support.accounts import mailed_link, mails
from tests.support.clients import client_at, signed_in
from tests.support.scopes import as_portal, as_tenant
from tests.support.tenants import CHUO

FORM: Final = "application/x-www-form-urlencoded"
IVS: Final = "葛\U000e0100飾"
HOSTILE: Final = {
    "a NUL byte": "%00" + quote("架空"),
    "a lone surrogate": "%ED%A0%80",
    "bytes that are no UTF-8": "%FF%FE%81",
    "a megabyte": "x" * 1_000_000,
    "a direction override": quote("\u202e架空\u202c"),
    "only spaces": quote("　 \t"),
    "markup": quote("<script>alert(1)</script>{{ 7*7 }}"),
    "a statement": quote("'; DROP TABLE registrants_registrant; --"),
}
PERSON: Final = (
    "family_name", "given_name", "family_kana", "given_kana", "birth_date_year", "postal_code", "address", "phone",
)  # fmt: skip
SIGNED_OUT: Final = {
    "/account/new/": ("email",),
    "/account/reset/": ("email",),
    "/account/reset/slip/": ("code", "password", "again"),
    "/login/": ("login_id", "password", "next"),
}
SIGNED_IN: Final = {
    "/account/password/": ("current", "password", "again"),
    "/account/address/": ("email", "current"),
    "/account/end/": ("current", "is_meant"),
    f"/places/{CHUO}/registrations/link/": ("number", "code"),
    f"/places/{CHUO}/registrations/new/": (*PERSON, "consents", "key"),
    f"/places/{CHUO}/registrations/new/?kind=group": ("group_name", "group_kana", *PERSON, "consents", "key"),
}
OWN: Final = {"correct/": (*PERSON, "note"), "withdraw/": ("note",)}


def sent(client: Client, address: str, fields: tuple[str, ...], value: str) -> Any:
    body = "&".join(f"{name}={value}" for name in fields)
    return client.post(address, body, content_type=FORM)


def kept() -> tuple[int, ...]:
    """How much there is of what the forms write."""
    with as_tenant(CHUO):
        asked = CitizenRequest.objects.count()
        people = Registrant.objects.count()
    with as_portal():
        return people, asked, PortalAccount.objects.count(), AccountToken.objects.count(), len(mails())


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_form_breaks_and_nothing_is_written(portal: Client, citizen: Citizen, value: str) -> None:
    before = kept()
    own = {f"/places/{CHUO}/registrations/{citizen.registrant.pk}/{act}": fields for act, fields in OWN.items()}
    answers = {address: sent(portal, address, fields, value) for address, fields in (SIGNED_IN | own).items()}
    visitor = client_at(settings.PORTAL_HOST)
    answers |= {address: sent(visitor, address, fields, value) for address, fields in SIGNED_OUT.items()}
    assert {address: one.status_code for address, one in answers.items() if not 400 <= one.status_code < 500} == {}
    assert kept() == before
    for answer in answers.values():
        page = answer.content.decode()
        assert "<script>alert" not in page
        assert "{{ 7*7 }}" not in page or "&lt;script&gt;" in page


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_mailed_link_survives_bad_input(portal_client: Client, database: None, value: str) -> None:
    portal_client.post("/account/new/", {"email": "sakura@citizens.example"})
    link = mailed_link("sign_up")
    answer = sent(portal_client, f"/account/new/{link}/", ("login_id", "password", "again"), value)
    assert 400 <= answer.status_code < 500
    assert portal_client.get(f"/account/new/{link}/").status_code == 200


@pytest.mark.parametrize("link", ["x", "x" * 5000, "%00", "%ED%A0%80", "..%2F..", "🎌", "=" * 48])
@pytest.mark.parametrize("way", ["new", "reset", "address"])
def test_what_is_no_link_is_told_as_a_dead_one(portal_client: Client, database: None, way: str, link: str) -> None:
    assert portal_client.get(f"/account/{way}/{link}/").status_code in {400, 404, 410}


def born(day: dt.date) -> dict[str, str]:
    parts = {"era": WESTERN, "year": str(day.year), "month": str(day.month), "day": str(day.day)}
    return {f"birth_date_{part}": text for part, text in parts.items()}


def person(**values: str) -> dict[str, str]:
    return {
        "family_name": "架空",
        "given_name": "さくら",
        "family_kana": "カクウ",
        "given_kana": "サクラ",
        **born(dt.date(1955, 5, 6)),
        "postal_code": "2701396",
        "address": "千葉県印西市大森2364-2",
        "phone": "0476425111",
        "consents": "on",
        "key": str(uuid.uuid4()),
    } | values


def asked() -> Registrant:
    with as_tenant(CHUO):
        return Registrant.objects.get()


@pytest.mark.parametrize("name", [IVS, "𠮷田", "か\u3099", "髙﨑"])
def test_rare_characters_of_a_name_are_kept_as_they_were_given(
    portal_client: Client, database: None, name: str
) -> None:
    client = signed_in(portal_client, factories.portal_account())
    answer = client.post(f"/places/{CHUO}/registrations/new/", person(family_name=name))
    assert answer.status_code == 302
    assert asked().family_name == ("が" if name == "か\u3099" else name)
    assert asked().family_name in client.get(answer.headers["Location"]).content.decode()


@pytest.mark.parametrize("name", ["さくら🌸", "👨‍👩‍👧"])
def test_an_emoji_in_a_name_is_told_and_what_else_was_typed_stays(
    portal_client: Client, database: None, name: str
) -> None:
    client = signed_in(portal_client, factories.portal_account())
    answer = client.post(f"/places/{CHUO}/registrations/new/", person(given_name=name))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="千葉県印西市大森2364-2"' in page
    with as_tenant(CHUO):
        assert not Registrant.objects.exists()


def test_a_form_that_comes_back_after_the_session_ended_leads_to_the_sign_in(portal: Client) -> None:
    portal.post("/logout/")
    answer = portal.post(f"/places/{CHUO}/registrations/new/", person())
    assert answer.headers["Location"].startswith("/login/")
    with as_tenant(CHUO):
        assert Registrant.objects.filter(state="provisional").count() == 0


def test_long_forms_say_after_how_long_what_was_typed_is_lost(portal: Client, citizen: Citizen) -> None:
    for address in (
        f"/places/{CHUO}/registrations/new/",
        f"/places/{CHUO}/registrations/{citizen.registrant.pk}/correct/",
    ):
        assert "30分操作がないと、ログアウトし、入力した内容は消えます。" in portal.get(address).content.decode()
