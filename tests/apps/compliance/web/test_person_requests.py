"""A person asks, the city decides by its last day, the facility discloses, corrects or stops the use."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.test import Client

from apps.compliance.models.person_requests import PersonRequest, PersonRequestAct
from apps.registrants.models import Registrant, UseStop
from apps.registrants.queries.exporting import people_in
from apps.registrants.rules.choosing import Chosen
from apps.registrants.services.merge import merge
from kernel import clock
from shared.actor import Actor
from shared.audit.models import AuditEntry
from shared.disclosure import section_titles, sections_of
from shared.staff.models import Role
from shared.vault.models import VaultFile
from tests import factories
from tests.apps.bookings.web.staff.asking import text_of
from tests.shared.documents.pdf import page_words
from tests.support.clients import signed_in
from tests.support.fixtures import Freeze
from tests.support.scopes import as_city, as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO

CLAIM = {"kind": "disclosure", "claimant": "self", "document": "driving_licence", "received_on": "2026-04-01"}


@pytest.fixture(autouse=True)
def _on_a_spring_day(freeze: Freeze) -> None:
    freeze("2026-04-01 10:00")


@pytest.fixture
def person(database: None) -> Registrant:
    return factories.individual(CHUO, family_name="見本", given_name="花子", family_kana="ミホン", given_kana="ハナコ")


def received(client: Client, person: Registrant, **said: str) -> PersonRequest:
    answer = client.post("/office/person-requests/new/", CLAIM | {"number": person.number} | said)
    assert answer.status_code == 302, text_of(answer)
    with as_city():
        return PersonRequest.objects.latest("serial")


def stepped(city: Client, asked: PersonRequest, step: str, **said: str) -> Any:
    return city.post(f"/person-requests/{asked.pk}/", {"step": step, "on": "2026-04-01", "note": ""} | said)


def desk(client: Client, asked: PersonRequest, act: str, **said: str) -> Any:
    return client.post(f"/office/person-requests/{asked.pk}/{act}/", said)


def fetched(client: Client, asked: PersonRequest, name: str) -> Any:
    with as_tenant(CHUO):
        file = VaultFile.objects.get(name=name, subject=asked.pk)
    return client.post(f"/office/person-requests/{asked.pk}/files/{file.pk}/")


def test_a_disclosure_is_received_decided_made_and_fetched_once(
    manager: Client, city: Client, person: Registrant
) -> None:
    factories.counter_booking(person, factories.meeting_room())
    manager.get(f"/registrants/{person.pk}/")
    asked = received(manager, person)
    assert desk(manager, asked, "disclose").status_code == 409
    assert stepped(city, asked, "decided", decision="granted").status_code == 302
    assert desk(manager, asked, "disclose").status_code == 302
    told = json.loads(fetched(manager, asked, "disclosure.json").content)
    titles = {section["title"]: section["rows"] for section in told["sections"]}
    assert ["氏名", "見本　花子"] in titles["登録の内容"]
    assert len(titles["予約"]) == 1
    assert any(row[1] == "閲覧" and "施設管理責任者" in row[2] for row in titles["施設での取扱いの記録（要約）"])
    assert "架空　窓口" not in str(told)
    assert fetched(manager, asked, "disclosure.pdf").content.startswith(b"%PDF")
    assert fetched(manager, asked, "disclosure.pdf").status_code == 410
    assert desk(manager, asked, "carry-out").status_code == 302
    with as_city():
        assert list(PersonRequestAct.objects.values_list("step", flat=True)) == ["received", "decided", "carried_out"]


def test_a_disclosure_tells_nothing_of_others(manager: Client, city: Client, person: Registrant) -> None:
    other = factories.individual(CHUO, family_name="別人", given_name="次郎")
    factories.counter_booking(other, factories.meeting_room())
    asked = received(manager, person)
    stepped(city, asked, "decided", decision="granted")
    desk(manager, asked, "disclose")
    assert "別人" not in fetched(manager, asked, "disclosure.json").content.decode()


def test_a_partly_granted_disclosure_holds_what_was_granted_and_names_the_rest_with_its_ground(
    manager: Client, city: Client, person: Registrant
) -> None:
    factories.counter_booking(person, factories.meeting_room())
    asked = received(manager, person)
    said = {"decision": "partly", "note": "ほかの方の情報を含むため", "granted": "予約", "ground": "2"}
    assert stepped(city, asked, "decided", **said).status_code == 302
    assert desk(manager, asked, "disclose").status_code == 302
    text = fetched(manager, asked, "disclosure.json").content.decode()
    told = json.loads(text)
    assert [section["title"] for section in told["sections"]] == ["予約"]
    assert "花子" not in text
    assert "登録の内容" in told["not_disclosed"]["sections"]
    assert "予約" not in told["not_disclosed"]["sections"]
    assert "第78条第1項第2号" in told["not_disclosed"]["ground"]
    paper = page_words(fetched(manager, asked, "disclosure.pdf").content, 1)
    assert "花子" not in paper
    assert "開示しない部分" in paper


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"granted": "予約"},
        {"ground": "2"},
        {"granted": "架空の項目", "ground": "2"},
        {"granted": "予約", "ground": "9"},
    ],
)
def test_a_part_is_not_granted_without_saying_which_and_why(
    manager: Client, city: Client, person: Registrant, said: dict[str, str]
) -> None:
    asked = received(manager, person)
    answer = stepped(city, asked, "decided", decision="partly", note="ほかの方の情報を含むため", **said)
    assert answer.status_code == 422
    assert desk(manager, asked, "disclose").status_code == 409


def test_every_section_that_is_told_can_be_granted(manager: Client, person: Registrant) -> None:
    with as_tenant(CHUO):
        assert {section.title for section in sections_of(person.pk)} <= set(section_titles())


def test_the_clock_runs_by_the_citys_period_and_is_extended_once_with_a_reason(
    manager: Client, city: Client, person: Registrant
) -> None:
    assert city.post("/person-requests/period/", {"days": "15", "valid_from": "2026-04-01"}).status_code == 302
    asked = received(manager, person)
    assert "令和8年4月16日" in text_of(city.get(f"/person-requests/{asked.pk}/"))
    assert stepped(city, asked, "extended").status_code == 422
    assert stepped(city, asked, "extended", note="記録が多く確認に時間がかかるため").status_code == 302
    assert "令和8年5月16日" in text_of(city.get(f"/person-requests/{asked.pk}/"))
    assert stepped(city, asked, "extended", note="もう一度延ばしたいため").status_code == 422


@pytest.mark.parametrize("days", ["20", "", "x"])
def test_a_period_that_the_law_does_not_know_is_refused(city: Client, days: str) -> None:
    assert city.post("/person-requests/period/", {"days": days, "valid_from": "2026-04-01"}).status_code == 422


def test_what_is_overdue_is_marked(manager: Client, city: Client, person: Registrant, freeze: Freeze) -> None:
    received(manager, person)
    freeze("2026-05-02 10:00")
    city = signed_in(city, factories.city_officer())
    assert "期限を過ぎています" in text_of(city.get("/person-requests/"))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"number": "なし"}, "その登録番号の利用者は、この施設にいません。"),
        ({"kind": ""}, "1つ選択してください。"),
        ({"received_on": "2026-04-02"}, "受け付けた日は、今日までの60日以内で"),
        ({"note": "電話0476000001の件"}, "氏名・住所・電話番号は書かないでください。"),
    ],
)
def test_what_makes_no_sense_is_told_and_nothing_is_written(
    manager: Client, person: Registrant, said: dict[str, str], told: str
) -> None:
    answer = manager.post("/office/person-requests/new/", CLAIM | {"number": person.number} | said)
    assert answer.status_code == 422
    assert told in text_of(answer)
    with as_city():
        assert not PersonRequest.objects.exists()


def test_the_city_receives_too_and_its_look_up_is_audited(city: Client, person: Registrant) -> None:
    said = CLAIM | {"tenant": CHUO, "number": person.number}
    assert city.post("/person-requests/new/", said | {"tenant": BUNKA}).status_code == 422
    assert city.post("/person-requests/new/", said).status_code == 302
    with as_city():
        assert PersonRequest.objects.get().registrant == person.pk
        assert AuditEntry.objects.filter(action="search", object_type="registrant").count() == 2


def test_a_refusal_is_told_with_its_reason_and_the_remedies(manager: Client, city: Client, person: Registrant) -> None:
    asked = received(manager, person)
    assert city.get(f"/person-requests/{asked.pk}/notice/").status_code == 409
    assert stepped(city, asked, "decided").status_code == 422
    assert stepped(city, asked, "decided", decision="refused").status_code == 422
    assert stepped(city, asked, "decided", decision="refused", note="審査の記録であるため").status_code == 302
    assert city.get(f"/person-requests/{asked.pk}/notice/").content.startswith(b"%PDF")
    assert desk(manager, asked, "carry-out").status_code == 409
    with as_city():
        assert AuditEntry.objects.filter(action="print", object_type="person_request").count() == 1


def test_a_stop_of_use_marks_the_person_for_desk_search_and_export(
    manager: Client, city: Client, person: Registrant
) -> None:
    asked = received(manager, person, kind="suspension")
    stepped(city, asked, "decided", decision="granted")
    assert person.number in text_of(manager.post("/registrants/", {"q": "ミホン"}))
    assert desk(manager, asked, "carry-out").status_code == 302
    assert "個人情報の利用停止中です" in text_of(manager.get(f"/registrants/{person.pk}/"))
    assert person.number not in text_of(manager.post("/registrants/", {"q": "ミホン"}))
    by_number = manager.post("/registrants/", {"q": person.number})
    assert f"/registrants/{person.pk}/" in text_of(by_number) + by_number.headers.get("Location", "")
    with as_tenant(CHUO):
        assert UseStop.objects.get().registrant_id == person.pk
        assert list(people_in(Chosen())) == []


def test_a_stop_of_use_is_lifted_with_a_reason_that_stays(manager: Client, city: Client, person: Registrant) -> None:
    asked = received(manager, person, kind="suspension")
    page = f"/office/person-requests/{asked.pk}/"
    assert desk(manager, asked, "lift", reason="本人の申出").status_code == 409
    stepped(city, asked, "decided", decision="granted")
    desk(manager, asked, "carry-out")
    assert "利用停止の解除" in text_of(manager.get(page))
    refused = desk(manager, asked, "lift", reason=" ")
    assert (refused.status_code, "理由を入力してください。" in text_of(refused)) == (422, True)
    assert desk(manager, asked, "lift", reason="本人の申出があったため").status_code == 302
    assert "理由：本人の申出があったため" in text_of(manager.get(page))
    assert "個人情報の利用停止中です" not in text_of(manager.get(f"/registrants/{person.pk}/"))
    assert person.number in text_of(manager.post("/registrants/", {"q": "ミホン"}))
    assert desk(manager, asked, "lift", reason="もう一度").status_code == 409
    with as_tenant(CHUO):
        stop = UseStop.objects.get()
        assert (stop.lift_reason, stop.lifted_at is not None) == ("本人の申出があったため", True)
        assert len(people_in(Chosen())) == 1
        assert AuditEntry.objects.filter(detail__act="lift_stop").count() == 1


def test_a_stop_is_not_lifted_without_a_reason_by_raw_sql(
    manager: Client, city: Client, person: Registrant, superuser: psycopg.Connection
) -> None:
    asked = received(manager, person, kind="suspension")
    stepped(city, asked, "decided", decision="granted")
    desk(manager, asked, "carry-out")
    with pytest.raises(psycopg.errors.CheckViolation):
        superuser.execute("UPDATE chuo.registrants_usestop SET lifted_at = now()")


def test_a_stop_of_use_marks_also_the_record_that_was_kept_at_a_merge_meanwhile(
    manager: Client, city: Client, person: Registrant
) -> None:
    asked, kept = received(manager, person, kind="suspension"), factories.individual()
    stepped(city, asked, "decided", decision="granted")
    with as_tenant(CHUO):
        merge(actor=Actor(kind="staff"), kept=kept.pk, gone=person.pk, reason="同じ人の二重登録")
    desk(manager, asked, "carry-out")
    with as_tenant(CHUO):
        assert set(UseStop.objects.values_list("registrant", flat=True)) == {person.pk, kept.pk}
    assert desk(manager, asked, "lift", reason="本人の申出があったため").status_code == 302
    with as_tenant(CHUO):
        assert not UseStop.objects.filter(lifted_at=None).exists()


def test_another_facility_sees_no_request(
    manager: Client, desk_client: Callable[[str], Client], person: Registrant
) -> None:
    asked = received(manager, person)
    other = signed_in(desk_client(BUNKA), factories.clerk(BUNKA, roles=[Role.FACILITY_MANAGER]))
    assert other.get(f"/office/person-requests/{asked.pk}/").status_code == 404
    for act in ("disclose", "carry-out", "lift", f"files/{uuid.uuid4()}"):
        assert desk(other, asked, act).status_code == 404


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.ACCOUNTING, Role.CARD_OFFICER])
def test_who_does_not_keep_requests(desk_client: Callable[[str], Client], role: Role) -> None:
    client = signed_in(desk_client(CHUO), factories.clerk(roles=[role]))
    assert client.get("/office/person-requests/").status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_the_lists_take_the_same_statements_for_any_number(
    manager: Client, city: Client, person: Registrant, number: int
) -> None:
    for _ in range(number):
        received(manager, person)
    with count_statements() as at_desk:
        manager.get("/office/person-requests/")
    with count_statements() as at_city:
        city.get("/person-requests/")
    assert at_desk.count <= 9, at_desk
    assert at_city.count <= 11, at_city
    assert clock.today().year == 2026
