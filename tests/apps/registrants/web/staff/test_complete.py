"""A 仮登録 is completed at the counter by what the person shows; what was put right is recorded."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from apps.registrants.models import EmergencyContact, IdentityCheck, Registrant, RegistrationAct, RegistrationPolicy
from kernel import clock
from tests import factories
from tests.apps.registrants.web.staff.registering import TYPED, provisional, shown
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO


@pytest.fixture
def waiting(database: None) -> Registrant:
    found = provisional(family_name="見本", given_name="京子", registered_on=clock.today() - dt.timedelta(days=3))
    factories.emergency_contact(found)
    return found


def complete(client: Client, found: Registrant, **typed: str) -> Any:
    form = TYPED | {"version": str(found.version)} | typed
    return client.post(f"/registrants/{found.pk}/complete/", form)


def again(found: Registrant) -> Registrant:
    with as_tenant(CHUO):
        return Registrant.objects.get(pk=found.pk)


def test_the_form_begins_with_what_the_citizen_typed(receptionist: Client, waiting: Registrant) -> None:
    page = shown(receptionist.get(f"/registrants/{waiting.pk}/complete/"))
    assert 'value="京子"' in page
    assert 'value="架空　花子"' in page
    assert re.search(r'<option value="昭和" selected>', page)


def test_it_becomes_active_from_today_with_the_check(receptionist: Client, waiting: Registrant) -> None:
    answer = complete(receptionist, waiting)
    found = again(waiting)
    assert answer.url == f"/registrants/{waiting.pk}/"
    assert (found.state, found.registered_on, found.given_kana) == ("active", clock.today(), "キョウコ")
    with as_tenant(CHUO):
        assert IdentityCheck.objects.get(registrant=found).document == "passport"
        assert EmergencyContact.objects.get(registrant=found).name == "見本　花子"
        act = RegistrationAct.objects.get(registrant=found)
    assert act.act == "complete"
    assert act.changes["given_kana"] == ["タロウ", "キョウコ"]


def test_where_the_policy_wants_a_review_it_waits(receptionist: Client, waiting: Registrant) -> None:
    with as_tenant(CHUO):
        RegistrationPolicy.objects.create(valid_from=dt.date(2020, 4, 1), needs_review=True)
    complete(receptionist, waiting)
    assert again(waiting).state == "under_review"


def test_without_an_identity_check_nothing_is_done(receptionist: Client, waiting: Registrant) -> None:
    answer = complete(receptionist, waiting, document="")
    assert answer.status_code == 422
    assert 'value="ｷｮｳｺ"' in shown(answer)
    assert again(waiting).state == "provisional"


@pytest.mark.parametrize(("values", "version"), [({}, "7"), ({"state": "active"}, "1")])
def test_what_was_changed_or_completed_meanwhile_is_told(
    receptionist: Client, values: dict[str, str], version: str
) -> None:
    found = provisional()
    if values:
        complete(receptionist, found)
    assert complete(receptionist, found, version=version).status_code == 409


def test_a_likeness_is_asked_about_but_not_oneself(receptionist: Client, waiting: Registrant) -> None:
    other = factories.individual(phone="0476-00-5111")
    answer = complete(receptionist, waiting)
    page = shown(answer)
    assert answer.status_code == 409
    assert other.number in page
    assert f'value="{waiting.pk}"' not in page
    assert complete(receptionist, waiting, others=str(other.pk)).status_code == 302


def test_a_group_or_nobody_is_not_found(receptionist: Client) -> None:
    assert receptionist.get(f"/registrants/{factories.group().pk}/complete/").status_code == 404


def test_without_the_role_it_is_refused(accountant: Client, waiting: Registrant) -> None:
    assert complete(accountant, waiting).status_code == 403
    assert again(waiting).state == "provisional"
