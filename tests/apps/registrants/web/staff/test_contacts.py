"""Emergency contacts: masked on the page, each shown on a click, and the click is audited."""

from __future__ import annotations

import pytest
from django.test import Client

from apps.registrants.models import EmergencyContact, Registrant, RegistrationAct
from shared.audit.models import Action, AuditEntry
from shared.staff.models import StaffAccount
from tests import factories
from tests.apps.registrants.web.staff.registering import shown
from tests.support.scopes import as_tenant
from tests.support.tenants import BUNKA, CHUO


@pytest.fixture
def registrant(database: None) -> Registrant:
    found = factories.individual()
    factories.emergency_contact(found)
    return found


def change(client: Client, registrant: Registrant, **typed: str) -> object:
    form = {"save": "1", "version": str(registrant.version), "contact1_name": "見本", "contact1_phone": "0476-00-0001"}
    return client.post(f"/registrants/{registrant.pk}/contacts/change/", form | typed)


def contacts() -> list[tuple[str, str]]:
    with as_tenant(CHUO):
        return list(EmergencyContact.objects.values_list("name", "phone"))


def test_on_the_registrants_page_they_are_masked(desk: Client, registrant: Registrant) -> None:
    page = shown(desk.get(f"/registrants/{registrant.pk}/"))
    assert "0476-00-0009" not in page
    assert "花子" not in page
    assert "表示する" in page


def test_one_is_shown_as_a_page_without_scripts(desk: Client, registrant: Registrant) -> None:
    page = shown(desk.post(f"/registrants/{registrant.pk}/contacts/1/"))
    assert "0476-00-0009" in page
    assert "<html" in page


def test_one_is_shown_in_place_with_scripts(desk: Client, registrant: Registrant) -> None:
    page = shown(desk.post(f"/registrants/{registrant.pk}/contacts/1/", headers={"HX-Request": "true"}))
    assert "0476-00-0009" in page
    assert "<html" not in page


def test_a_look_by_address_alone_is_refused(desk: Client, registrant: Registrant) -> None:
    assert desk.get(f"/registrants/{registrant.pk}/contacts/1/").status_code == 405


def test_each_look_is_audited(desk: Client, registrant: Registrant, clerk: StaffAccount) -> None:
    desk.post(f"/registrants/{registrant.pk}/contacts/1/")
    with as_tenant(CHUO):
        [entry] = AuditEntry.objects.filter(action=Action.VIEW, object_type="emergency_contact")
    assert (entry.actor_id, entry.object_id, entry.detail) == (clerk.pk, str(registrant.pk), {"position": 1})


def test_a_registrant_without_contacts_says_so(desk: Client) -> None:
    assert "緊急連絡先は登録されていません。" in shown(desk.get(f"/registrants/{factories.individual().pk}/"))


def test_another_tenants_are_not_found(desk: Client) -> None:
    elsewhere = factories.individual(BUNKA)
    factories.emergency_contact(elsewhere, BUNKA)
    assert desk.post(f"/registrants/{elsewhere.pk}/contacts/1/").status_code == 404


def test_opening_the_change_is_a_look_too(receptionist: Client, registrant: Registrant) -> None:
    page = shown(receptionist.post(f"/registrants/{registrant.pk}/contacts/change/"))
    assert 'value="0476-00-0009"' in page
    with as_tenant(CHUO):
        assert AuditEntry.objects.get(object_type="emergency_contact").detail == {"found": 1}


def test_they_are_changed_and_the_history_tells_no_names(receptionist: Client, registrant: Registrant) -> None:
    change(receptionist, registrant, contact2_name="架空　次郎", contact2_phone="0476-00-0002")
    assert contacts() == [("見本", "0476-00-0001"), ("架空　次郎", "0476-00-0002")]
    with as_tenant(CHUO):
        assert RegistrationAct.objects.get().changes == {"emergency_contacts": [1, 2]}


def test_all_may_be_taken_away(receptionist: Client, registrant: Registrant) -> None:
    change(receptionist, registrant, contact1_name="", contact1_phone="")
    assert contacts() == []


def test_a_half_contact_is_refused_and_nothing_changes(receptionist: Client, registrant: Registrant) -> None:
    answer = change(receptionist, registrant, contact2_name="架空")
    assert getattr(answer, "status_code", 0) == 422
    assert contacts() == [("架空　花子", "0476-00-0009")]


def test_a_stale_change_is_refused_and_keeps_what_was_typed(receptionist: Client, registrant: Registrant) -> None:
    answer = change(receptionist, registrant, version="9")
    assert getattr(answer, "status_code", 0) == 409
    assert 'value="見本"' in shown(answer)
