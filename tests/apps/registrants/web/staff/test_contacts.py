"""Emergency contacts: shown on a click, and the click is audited."""

from __future__ import annotations

import pytest
from django.test import Client

from apps.registrants.models import Registrant
from shared.audit.models import Action, AuditEntry
from shared.staff.models import StaffAccount
from tests import factories
from tests.support.scopes import as_tenant
from tests.support.tenants import BUNKA, CHUO


@pytest.fixture
def registrant(database: None) -> Registrant:
    found = factories.individual()
    factories.emergency_contact(found)
    return found


def test_they_are_shown_as_a_page_without_scripts(desk: Client, registrant: Registrant) -> None:
    shown = desk.post(f"/registrants/{registrant.pk}/contacts/").content.decode()
    assert "0476-00-0009" in shown
    assert "<html" in shown


def test_they_are_shown_in_place_with_scripts(desk: Client, registrant: Registrant) -> None:
    answer = desk.post(f"/registrants/{registrant.pk}/contacts/", headers={"HX-Request": "true"})
    assert "0476-00-0009" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_each_look_is_audited(desk: Client, registrant: Registrant, clerk: StaffAccount) -> None:
    desk.post(f"/registrants/{registrant.pk}/contacts/")
    with as_tenant(CHUO):
        [entry] = AuditEntry.objects.filter(action=Action.VIEW, object_type="emergency_contact")
    assert (entry.actor_id, entry.object_id, entry.detail) == (clerk.pk, str(registrant.pk), {"found": 1})


def test_a_registrant_without_contacts_says_so(desk: Client) -> None:
    shown = desk.post(f"/registrants/{factories.individual().pk}/contacts/").content.decode()
    assert "緊急連絡先は登録されていません。" in shown


def test_another_tenants_are_not_found(desk: Client) -> None:
    elsewhere = factories.individual(BUNKA)
    factories.emergency_contact(elsewhere, BUNKA)
    assert desk.post(f"/registrants/{elsewhere.pk}/contacts/").status_code == 404
