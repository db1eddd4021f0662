"""Merging at the desk: choose, compare, confirm, and part again; proposals are decided."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from apps.registrants.models import DuplicateProposal, Registrant
from apps.registrants.rules.merging import pair
from kernel import clock
from shared.audit.models import Action
from tests import factories
from tests.apps.bookings.web.staff.asking import Response, audited, text_of
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO


@pytest.fixture
def people(database: None) -> tuple[Registrant, Registrant]:
    return factories.individual(), factories.individual(phone="0476-00-0999")


def now_of(person: Registrant) -> Registrant:
    with as_tenant(CHUO):
        return Registrant.objects.get(pk=person.pk)


def confirmed(client: Client, people: tuple[Registrant, Registrant], **typed: object) -> Response:
    versions = {f"version-{one.pk}": now_of(one).version for one in people}
    said = {"kept": str(people[0].pk), "reason": "同じ人の二重登録"}
    return client.post(f"/registrants/{people[0].pk}/merge/{people[1].pk}/", versions | said | typed, follow=True)


def proposals(number: int) -> list[DuplicateProposal]:
    made = []
    for _ in range(number):
        first, second = pair(factories.individual().pk, factories.individual().pk)
        with as_tenant(CHUO):
            made.append(
                DuplicateProposal.objects.create(one_id=first, other_id=second, grounds=["phone"], found_at=clock.now())
            )
    return made


def test_the_other_is_chosen_by_number_and_both_are_compared(
    manager: Client, people: tuple[Registrant, Registrant]
) -> None:
    number = people[1].number.lower().replace("-", "")
    answer = manager.post(f"/registrants/{people[0].pk}/merge/", {"number": number}, follow=True)
    for told in (people[0].phone, "0476-00-0999", "違います"):
        assert told in text_of(answer)
    assert len(audited(Action.VIEW, "registrant")) == 2


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "登録番号を入力してください。"),
        ("A-000009-9", "最後の数字が合いません"),
        ("x", "の形で入力"),
        ("A-999999-6", ""),
    ],
)
def test_a_number_that_is_none_is_told_beside_the_field(
    manager: Client, people: tuple[Registrant, Registrant], typed: str, told: str
) -> None:
    answer = manager.post(f"/registrants/{people[0].pk}/merge/", {"number": typed})
    assert answer.status_code == 422
    assert told in text_of(answer)


def test_after_the_confirmation_one_is_left_and_the_other_leads_to_it(
    manager: Client, people: tuple[Registrant, Registrant]
) -> None:
    assert "登録を統合しました。" in text_of(confirmed(manager, people))
    assert now_of(people[1]).merged_into_id == people[0].pk
    shown = text_of(manager.get(f"/registrants/{people[1].pk}/"))
    assert "この登録は別の登録に統合されています" in shown
    assert f"/registrants/{people[0].pk}/" in shown
    assert "統合を取り消す" in shown
    assert "統合（" not in shown


def test_it_is_parted_from_the_page_of_the_one_that_went(
    manager: Client, people: tuple[Registrant, Registrant]
) -> None:
    confirmed(manager, people)
    version = now_of(people[1]).version
    answer = manager.post(
        f"/registrants/{people[1].pk}/unmerge/", {"version": version, "reason": "別の人"}, follow=True
    )
    assert "統合を取り消しました。" in text_of(answer)
    assert now_of(people[1]).state == "active"


@pytest.mark.parametrize(
    ("typed", "status", "told"),
    [
        ({"kept": ""}, 422, "残す登録を選択してください。"),
        ({"kept": str(uuid.UUID(int=7))}, 422, "残す登録を選択してください。"),
        ({"reason": " "}, 422, "理由を入力してください。"),
    ],
)
def test_what_is_missing_is_told_and_nothing_changes(
    manager: Client, people: tuple[Registrant, Registrant], typed: dict[str, str], status: int, told: str
) -> None:
    answer = confirmed(manager, people, **typed)
    assert answer.status_code == status
    assert told in text_of(answer)
    assert now_of(people[1]).state == "active"


def test_an_older_page_merges_nothing(manager: Client, people: tuple[Registrant, Registrant]) -> None:
    answer = confirmed(manager, people, **{f"version-{people[1].pk}": "7"})
    assert answer.status_code == 409
    assert "ほかの人がこの登録を変更しました。" in text_of(answer)


def test_what_stands_in_the_way_is_told(manager: Client, people: tuple[Registrant, Registrant]) -> None:
    answer = confirmed(manager, (people[0], factories.group()))
    assert "個人と団体は統合できません。" in text_of(answer)


def test_of_two_that_are_one_already_the_page_tells_the_state_and_the_way_out(
    manager: Client, people: tuple[Registrant, Registrant]
) -> None:
    confirmed(manager, people)
    shown = text_of(manager.get(f"/registrants/{people[0].pk}/merge/{people[1].pk}/"))
    gone, kept = (f'<span class="nowrap">{one.number}</span>' for one in (people[1], people[0]))
    assert f"{gone} は、すでに {kept} に統合されています" in shown
    assert 'name="kept"' not in shown
    again = confirmed(manager, people)
    assert (again.status_code, "同じ人の二重登録" in text_of(again)) == (409, True)


def test_what_is_merged_into_a_third_leads_to_the_comparison_with_that(
    manager: Client, people: tuple[Registrant, Registrant]
) -> None:
    confirmed(manager, people)
    other = factories.individual()
    shown = text_of(manager.get(f"/registrants/{people[1].pk}/merge/{other.pk}/"))
    assert "すでに別の登録に統合されています" in shown
    assert f"/registrants/{other.pk}/merge/{people[0].pk}/" in shown


def test_a_record_that_is_closed_is_not_offered_to_be_merged(manager: Client) -> None:
    one, other = factories.individual(), factories.individual()
    manager.post(
        f"/registrants/{other.pk}/close/",
        {"version": other.version, "cause": "moved", "effective_on": f"{clock.today()}", "reason": "転出"},
    )
    shown = text_of(manager.get(f"/registrants/{one.pk}/merge/{other.pk}/"))
    assert f"{other.number} は「抹消」です" in shown
    assert 'name="kept"' not in shown


def test_a_record_is_not_compared_with_itself(manager: Client, people: tuple[Registrant, Registrant]) -> None:
    answer = manager.post(f"/registrants/{people[0].pk}/merge/", {"number": people[0].number})
    assert (answer.status_code, "同じ登録どうしは統合できません。" in text_of(answer)) == (422, True)


def test_a_proposal_is_listed_with_its_grounds_and_dismissed(manager: Client) -> None:
    [one] = proposals(1)
    with as_tenant(CHUO):
        numbers = [one.one.number, one.other.number]
    assert "電話番号" in text_of(manager.get("/registrants/duplicates/"))
    page = f"/registrants/duplicates/{one.pk}/dismiss/"
    assert page in manager.get(f"/registrants/{one.one_id}/merge/{one.other_id}/").content.decode()
    asked = text_of(manager.get(page))
    assert all(told in asked for told in (*numbers, "重複の候補に出なくなります。"))
    assert numbers[0] in text_of(manager.get("/registrants/duplicates/"))
    answer = manager.post(page, follow=True)
    assert "判断していない候補はありません" in text_of(answer)
    assert [entry.detail for entry in audited(Action.CHANGE, "duplicate_proposal")] == [{"act": "dismiss"}]
    again = manager.post(page)
    assert (manager.get(page).status_code, again.status_code) == (404, 404)
    assert "すでに判断されている場合があります。" in text_of(again)
    assert page not in manager.get(f"/registrants/{one.one_id}/merge/{one.other_id}/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_six_statements_whatever_is_on_it(manager: Client, number: int) -> None:
    proposals(number)
    with count_statements() as statements:
        manager.get("/registrants/duplicates/")
    assert statements.count == 6, statements


def test_another_tenants_records_are_not_found(manager: Client, people: tuple[Registrant, Registrant]) -> None:
    elsewhere = factories.individual(BUNKA)
    for address in (
        f"/registrants/{elsewhere.pk}/merge/",
        f"/registrants/{people[0].pk}/merge/{elsewhere.pk}/",
        f"/registrants/{elsewhere.pk}/merge/{people[0].pk}/",
    ):
        assert manager.get(address).status_code == 404


def test_the_counter_merges_nothing(receptionist: Client, people: tuple[Registrant, Registrant]) -> None:
    one, other = people
    for address in (f"{one.pk}/merge/", f"{one.pk}/merge/{other.pk}/", f"{one.pk}/unmerge/", "duplicates/", "ending/"):
        assert receptionist.get(f"/registrants/{address}").status_code == 403
    assert receptionist.post("/registrants/duplicates/1/dismiss/").status_code == 403
    assert "同じ人の登録と統合する" not in text_of(receptionist.get(f"/registrants/{one.pk}/"))
