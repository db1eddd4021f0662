"""Changing an individual's registration: before and after are kept, the audit names fields only."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from apps.registrants.models import ItemPolicy, Registrant, RegistrationAct
from kernel import clock
from shared.audit.models import Action, AuditEntry
from tests import factories
from tests.apps.registrants.web.staff.registering import TYPED, shown
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO


@pytest.fixture
def person(database: None) -> Registrant:
    return factories.individual(postal_code="2701327")


def change(client: Client, found: Registrant, **typed: str) -> Any:
    form = {name: text for name, text in TYPED.items() if not name.startswith("contact")}
    return client.post(f"/registrants/{found.pk}/change/", form | {"version": str(found.version)} | typed)


def again(found: Registrant) -> Registrant:
    with as_tenant(CHUO):
        return Registrant.objects.get(pk=found.pk)


def test_a_change_is_written_with_its_keys_and_kept_with_before_and_after(
    receptionist: Client, person: Registrant
) -> None:
    assert change(receptionist, person, reason="転居の届出").status_code == 302
    found = again(person)
    with as_tenant(CHUO):
        act = RegistrationAct.objects.get(registrant=person)
    assert (found.kana_key, found.phone_key, found.version) == ("みほんきようこ", "0476005111", 2)
    assert act.changes["address"] == ["架空市架空町1番地", "千葉県印西市大森2364-2"]
    assert act.changes["birth_date"] == ["1950-04-01", "1948-04-01"]
    assert (act.act, act.reason) == ("change", "転居の届出")


def test_the_audit_names_the_fields_and_never_what_stands_in_them(receptionist: Client, person: Registrant) -> None:
    change(receptionist, person)
    with as_tenant(CHUO):
        detail = AuditEntry.objects.get(action=Action.CHANGE, object_id=str(person.pk)).detail
    assert "address" in detail["fields"]
    assert "見本" not in json.dumps(detail, ensure_ascii=False)


def test_nothing_changed_is_no_act(receptionist: Client, person: Registrant) -> None:
    page = receptionist.get(f"/registrants/{person.pk}/change/")
    form = page.context["form"]
    typed = {
        f"birth_date_{part}": text
        for part, text in zip(("era", "year", "month", "day"), ("昭和", "25", "4", "1"), strict=True)
    }
    typed |= {name: str(value) for name, value in form.initial.items() if name != "birth_date"}
    answer = receptionist.post(f"/registrants/{person.pk}/change/", typed, follow=True)
    assert "変更された項目はありませんでした。" in shown(answer)
    assert again(person).version == 1


def test_a_stale_page_changes_nothing_and_keeps_what_was_typed(receptionist: Client, person: Registrant) -> None:
    answer = change(receptionist, person, version="9", given_name="転居後")
    assert answer.status_code == 409
    assert "ほかの人がこの登録を変更しました。" in shown(answer)
    assert 'value="転居後"' in shown(answer)
    assert again(person).given_name == "太郎"


def test_a_postal_code_that_is_registered_may_stay_though_it_is_not_in_use(receptionist: Client) -> None:
    person = factories.individual(postal_code="2700000")
    assert change(receptionist, person, postal_code="270-0000", phone="0476-00-0777").status_code == 302
    assert (again(person).postal_code, again(person).phone) == ("2700000", "0476-00-0777")
    assert change(receptionist, again(person), postal_code="0000000").status_code == 422


@pytest.mark.parametrize("typed", [{"postal_code": "0000000"}, {"family_kana": "漢字"}, {"given_name": "😀"}])
def test_bad_input_changes_nothing(receptionist: Client, person: Registrant, typed: dict[str, str]) -> None:
    answer = change(receptionist, person, **typed)
    assert answer.status_code == 422
    assert all(text in shown(answer) for text in typed.values())
    assert again(person).version == 1


def test_an_item_no_longer_collected_is_not_asked_and_stays(receptionist: Client, person: Registrant) -> None:
    with as_tenant(CHUO):
        ItemPolicy.objects.create(item="gender", since=clock.today(), purpose_of_use="統計のため")
        Registrant.objects.filter(pk=person.pk).update(extras={"gender": "female"})
        ItemPolicy.objects.update(is_collected=False)
    assert "item_gender" not in shown(receptionist.get(f"/registrants/{person.pk}/change/"))
    change(receptionist, person)
    assert again(person).extras == {"gender": "female"}
    assert "今は収集していない項目です。" in shown(receptionist.get(f"/registrants/{person.pk}/"))


def test_a_closed_registration_is_not_changed(receptionist: Client) -> None:
    assert change(receptionist, factories.individual(state="closed")).status_code == 409


def test_a_group_is_not_changed_here(receptionist: Client) -> None:
    assert receptionist.get(f"/registrants/{factories.group().pk}/change/").status_code == 404


def test_without_the_role_nothing_is_changed(accountant: Client, person: Registrant) -> None:
    assert change(accountant, person).status_code == 403
    assert again(person).version == 1
