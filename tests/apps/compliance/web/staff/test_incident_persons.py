"""At the desk: whose data an incident concerns, by number, and the letters to them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from apps.compliance.models.incidents import AffectedPerson, Incident, IncidentLetter
from apps.registrants.models import Registrant
from shared.audit.models import Action
from shared.staff.models import Role
from tests import factories
from tests.apps.bookings.web.staff.asking import audited, text_of
from tests.apps.compliance.web.incident_asking import reported
from tests.support.clients import signed_in
from tests.support.fixtures import Freeze
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO


@pytest.fixture(autouse=True)
def _on_a_spring_day(freeze: Freeze) -> None:
    freeze("2026-04-01 09:40")


@pytest.fixture
def made(manager: Client) -> Incident:
    return reported(manager)


@pytest.fixture
def people(database: None) -> list[Registrant]:
    return [factories.individual(CHUO, given_name=name) for name in ("一郎", "二郎", "三郎")]


def post(client: Client, made: Incident, act: str = "", **typed: Any) -> Any:
    return client.post(f"/office/incidents/{made.pk}/persons/{act}", typed)


def added(client: Client, made: Incident, people: list[Registrant]) -> None:
    answer = post(client, made, numbers="\n".join(one.number for one in people))
    assert answer.status_code == 302, text_of(answer)


def test_people_are_added_by_their_numbers_once(manager: Client, made: Incident, people: list[Registrant]) -> None:
    added(manager, made, people[:2])
    added(manager, made, people)
    with as_tenant(CHUO):
        assert AffectedPerson.objects.count() == 3
    page = text_of(manager.get(f"/office/incidents/{made.pk}/persons/"))
    assert all(one.given_name in page for one in people)
    assert [one.detail["added"] for one in audited(Action.CHANGE, "incident_persons")] == [1, 2]


def test_a_number_that_is_none_is_told_with_its_line_and_nobody_is_added(
    manager: Client, made: Incident, people: list[Registrant]
) -> None:
    elsewhere = factories.individual(BUNKA)
    answer = post(manager, made, numbers=f"{people[0].number}\n\n{elsewhere.number}\nなし")
    assert answer.status_code == 422
    assert "この施設にない登録番号が2件あります（3、4行目）。" in text_of(answer)
    assert people[0].number in text_of(answer)
    with as_tenant(CHUO):
        assert not AffectedPerson.objects.exists()


def test_letters_are_printed_with_names_of_the_moment_and_nothing_of_them_is_kept(
    manager: Client, made: Incident, people: list[Registrant]
) -> None:
    added(manager, made, people)
    letters = post(manager, made, "letters/")
    assert (letters["Content-Type"], letters["Cache-Control"]) == ("application/pdf", "no-store")
    assert letters.content.startswith(b"%PDF")
    with as_tenant(CHUO):
        assert list(IncidentLetter.objects.values_list("act", flat=True)) == ["printed"] * 3
    again = post(manager, made, "letters/")
    assert again.status_code == 422
    assert "対象になる方がまだ記録されていません。" in text_of(again)
    assert post(manager, made, "letters/", person=[people[0].pk]).status_code == 200
    [second, first] = audited(Action.PRINT, "incident_letters")
    assert (len(first.persons), second.persons) == (3, [people[0].pk])


def test_what_was_sent_how_and_what_came_back_is_recorded(
    manager: Client, made: Incident, people: list[Registrant]
) -> None:
    added(manager, made, people)
    one = [people[0].pk]
    for how, day in (("post", "2026-04-01"), ("returned", "2026-04-01"), ("hand", "2026-04-01")):
        assert post(manager, made, "marked/", person=one, how=how, on=day).status_code == 302
    with as_tenant(CHUO):
        assert list(IncidentLetter.objects.values_list("act", flat=True)) == ["post", "returned", "hand"]
    assert "手渡し" in text_of(manager.get(f"/office/incidents/{made.pk}/persons/"))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"how": "post", "on": "2026-04-02"}, "これから先の時刻は入力できません。"),
        ({"how": "post", "on": "2026-03-31"}, "発覚の日時は、発生の日時以降に"),
        ({"how": "", "on": "2026-04-01"}, "1つ選択してください。"),
        ({"how": "post", "on": "2026-04-01", "person": ["x"]}, "対象になる方がまだ記録されていません。"),
    ],
)
def test_what_makes_no_sense_is_told_and_nothing_is_recorded(
    manager: Client, made: Incident, people: list[Registrant], typed: dict[str, Any], told: str
) -> None:
    added(manager, made, people)
    answer = post(manager, made, "marked/", **{"person": [people[0].pk]} | typed)
    assert answer.status_code == 422
    assert told in text_of(answer)
    with as_tenant(CHUO):
        assert not IncidentLetter.objects.exists()


def test_somebody_taken_out_gets_no_letter_and_the_record_keeps_it(
    manager: Client, made: Incident, people: list[Registrant]
) -> None:
    added(manager, made, people)
    assert post(manager, made, "excluded/", person=[people[0].pk]).status_code == 302
    with as_tenant(CHUO):
        assert AffectedPerson.objects.filter(is_excluded=True).get().registrant == people[0].pk
    page = text_of(manager.get(f"/office/incidents/{made.pk}/persons/"))
    assert people[0].given_name not in page


def test_who_may_see_the_persons(desk_client: Callable[[str], Client], made: Incident) -> None:
    for role, status in ((Role.PRIVACY_OFFICER, 200), (Role.RECEPTION, 403), (Role.ACCOUNTING, 403)):
        client = signed_in(desk_client(CHUO), factories.clerk(roles=[role]))
        assert client.get(f"/office/incidents/{made.pk}/persons/").status_code == status


def test_another_facilitys_persons_are_not_there(desk_client: Callable[[str], Client], made: Incident) -> None:
    other = signed_in(desk_client(BUNKA), factories.clerk(BUNKA, roles=[Role.FACILITY_MANAGER]))
    assert other.get(f"/office/incidents/{made.pk}/persons/").status_code == 404
    for act, typed in (("", {"numbers": "A"}), ("letters/", {}), ("excluded/", {"person": str(uuid.uuid4())})):
        assert post(other, made, act, **typed).status_code in {404, 422}


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_the_same_statements_for_any_number(
    manager: Client, made: Incident, people: list[Registrant], number: int
) -> None:
    added(manager, made, people[:number])
    with count_statements() as statements:
        manager.get(f"/office/incidents/{made.pk}/persons/")
    assert statements.count <= 13, statements
