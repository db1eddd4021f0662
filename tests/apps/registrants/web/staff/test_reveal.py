"""Lists hide telephone and address; each is shown by a click that is audited, with scripts and without."""

from __future__ import annotations

import pytest
from django.test import Client

from apps.registrants.models import GroupMember
from shared.audit.models import Action
from tests import factories
from tests.apps.bookings.web.staff.asking import audited, text_of
from tests.support.clients import client_at, signed_in
from tests.support.scopes import as_tenant
from tests.support.tenants import BUNKA, CHUO

PHONE, ADDRESS = "0476-00-4321", "架空市架空町12番地3"


def test_the_search_hides_both_and_offers_to_show_them(desk: Client) -> None:
    person = factories.individual(phone=PHONE, address=ADDRESS)
    page = text_of(desk.post("/registrants/", {"q": "かくう"}))
    assert PHONE not in page
    assert ADDRESS not in page
    for field in ("phone", "address"):
        assert f'hx-post="/registrants/{person.pk}/reveal/{field}/"' in page


def test_the_inbox_hides_the_telephone(desk: Client) -> None:
    person = factories.individual(phone=PHONE, state="under_review")
    page = text_of(desk.get("/registrations/?state=under_review"))
    assert PHONE not in page
    assert f"/registrants/{person.pk}/reveal/phone/" in page


@pytest.mark.parametrize(("field", "value"), [("phone", PHONE), ("address", ADDRESS)])
def test_a_click_shows_one_and_is_audited(desk: Client, field: str, value: str) -> None:
    person = factories.individual(phone=PHONE, address=ADDRESS)
    answer = desk.post(f"/registrants/{person.pk}/reveal/{field}/", headers={"HX-Request": "true"})
    assert text_of(answer).strip() == f'<span class="revealed">{value}</span>'
    assert "no-store" in answer["Cache-Control"]
    [entry] = audited(Action.VIEW, "registrant")
    assert (entry.object_id, entry.detail, entry.persons) == (str(person.pk), {"part": field}, [person.pk])


def test_without_scripts_it_is_a_page_of_its_own(desk: Client) -> None:
    person = factories.individual(phone=PHONE)
    page = text_of(desk.post(f"/registrants/{person.pk}/reveal/phone/"))
    assert PHONE in page
    assert person.number in page


def test_a_members_telephone_is_shown_likewise(desk: Client) -> None:
    group = factories.group()
    with as_tenant(CHUO):
        GroupMember.objects.create(group=group, position=1, name="見本　二郎", phone=PHONE, is_contact=True)
    assert PHONE not in text_of(desk.get(f"/registrants/{group.pk}/"))
    address = f"/registrants/{group.pk}/members/1/reveal/"
    assert PHONE in text_of(desk.post(address, headers={"HX-Request": "true"}))
    assert [
        one.detail
        for one in audited(Action.VIEW, "registrant")
        if "part" in one.detail and one.detail["part"] == "member"
    ] == [{"part": "member", "position": 1}]


@pytest.mark.parametrize("field", ["birth_date", "kana_key", "version"])
def test_nothing_else_is_shown_by_that_way(desk: Client, field: str) -> None:
    person = factories.individual()
    assert desk.post(f"/registrants/{person.pk}/reveal/{field}/").status_code == 404


def test_it_rejects_get_and_who_has_no_right(desk: Client, desk_client: object) -> None:
    person = factories.individual()
    address = f"/registrants/{person.pk}/reveal/phone/"
    assert desk.get(address).status_code == 405
    nobody = signed_in(client_at(f"{CHUO}.localhost"), factories.clerk(roles=[]))
    assert nobody.post(address).status_code == 403


def test_another_facilitys_registrant_is_not_shown(desk: Client) -> None:
    other = factories.individual(BUNKA)
    assert desk.post(f"/registrants/{other.pk}/reveal/phone/").status_code == 404
