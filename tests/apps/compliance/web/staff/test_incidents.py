"""A clerk reports an incident within the hour: one short page, no draft lost, nothing of another facility."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.test import Client

from apps.compliance.models.incidents import Incident, IncidentDraft, IncidentVersion
from shared.audit.models import Action
from shared.staff.models import Role
from shared.staff.rights import DESK_ROLES
from tests import factories
from tests.apps.bookings.web.staff.asking import audited, text_of, version_in
from tests.apps.compliance.web.incident_asking import SAID, reported, sent
from tests.support.clients import signed_in
from tests.support.fixtures import Freeze
from tests.support.scopes import as_city, as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO


@pytest.fixture(autouse=True)
def _on_a_spring_day(freeze: Freeze) -> None:
    freeze("2026-04-01 09:40")


@pytest.mark.parametrize("role", DESK_ROLES)
def test_any_clerk_reports_and_the_city_sees_it_at_once(
    desk_client: Callable[[str], Client], city: Client, role: Role
) -> None:
    clerk = signed_in(desk_client(CHUO), factories.clerk(roles=[role]))
    made = reported(clerk)
    assert (made.tenant, made.serial, made.persons_about) == (CHUO, 1, 23)
    assert "令和8年度第1号" in text_of(city.get("/incidents/"))
    assert [entry.object_id for entry in audited(Action.CREATE, "incident")] == [str(made.pk)]


def test_the_hour_is_shown_and_what_came_late_is_marked(desk: Client, freeze: Freeze) -> None:
    kept = reported(desk)
    freeze("2026-04-01 11:00")
    late = reported(desk, phoned="")
    assert "期限内" in text_of(desk.get(f"/office/incidents/{kept.pk}/"))
    page = text_of(desk.get(f"/office/incidents/{late.pk}/"))
    assert "期限後" in page
    assert "電話の記録なし" in page


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"what": " "}, "入力してください。"),
        ({"kind": "x"}, "1つ選択してください。"),
        ({"noticed": ""}, "日時を入力してください。"),
        ({"noticed": "きのう"}, "日時は 2026-04-01 9:05 の形で"),
        ({"noticed": "2026-02-30T10:00"}, "日時は 2026-04-01 9:05 の形で"),
        ({"noticed": "2026-04-01T09:41"}, "これから先の時刻は入力できません。"),
        ({"occurred": "2026-04-01T09:01"}, "発覚の日時は、発生の日時以降に"),
        ({"phoned": "2026-04-01T08:59"}, "電話の時刻は、発覚の日時以降に"),
        ({"persons": "たくさん"}, "人数は数字で入力してください。"),
        ({"what": "長" * 2001}, "2000文字以内で"),
    ],
)
def test_what_makes_no_sense_is_told_and_still_kept_as_a_draft(desk: Client, said: dict[str, str], told: str) -> None:
    draft = uuid.uuid4()
    answer = sent(desk, draft, **said)
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert (SAID | said)["noticed"] in text_of(answer)
    with as_tenant(CHUO):
        assert not Incident.objects.exists()
        assert IncidentDraft.objects.get().typed == {name: (SAID | said)[name] for name in SAID}
    assert "23" in text_of(desk.get(f"/office/incidents/new/{draft}/"))


def test_days_and_numbers_are_read_as_they_are_typed(desk: Client) -> None:
    made = reported(desk, noticed="令和8年4月1日 9時05分", phoned="", persons="１２０人")
    assert (made.persons_about, made.noticed_at.isoformat()) == (120, "2026-04-01T00:05:00+00:00")


def test_a_draft_is_kept_while_it_is_typed_and_found_again_by_a_colleague(desk: Client, receptionist: Client) -> None:
    draft = uuid.uuid4()
    kept = desk.post(f"/office/incidents/new/{draft}/keep/", {"what": "書きかけ"})
    assert "9:40に下書きを保存しました。" in text_of(kept)
    assert f"/office/incidents/new/{draft}/" in text_of(receptionist.get("/office/incidents/"))
    assert "書きかけ" in text_of(receptionist.get(f"/office/incidents/new/{draft}/"))
    sent(receptionist, draft)
    with as_tenant(CHUO):
        assert (IncidentDraft.objects.count(), Incident.objects.get().pk) == (0, uuid.uuid5(draft, CHUO))


def test_a_draft_is_put_aside_and_thrown_away(desk: Client) -> None:
    draft = uuid.uuid4()
    assert sent(desk, draft, keep="1").status_code == 302
    with as_tenant(CHUO):
        assert (IncidentDraft.objects.count(), Incident.objects.count()) == (1, 0)
    desk.post(f"/office/incidents/new/{draft}/discard/")
    with as_tenant(CHUO):
        assert not IncidentDraft.objects.exists()
    assert audited(Action.DELETE, "incident_draft")


def test_the_same_page_sent_twice_is_one_incident(desk: Client) -> None:
    draft = uuid.uuid4()
    assert sent(desk, draft)["Location"] == sent(desk, draft)["Location"]
    with as_tenant(CHUO):
        assert Incident.objects.count() == 1


def test_another_facilitys_incident_is_not_there(desk: Client, desk_client: Callable[[str], Client]) -> None:
    other = signed_in(desk_client(BUNKA), factories.clerk(BUNKA))
    theirs = reported(other)
    assert "第1号" not in text_of(desk.get("/office/incidents/"))
    for address in ("", "items/"):
        assert desk.get(f"/office/incidents/{theirs.pk}/{address}").status_code == 404
    assert desk.post(f"/office/incidents/{theirs.pk}/items/", {"overview": "x", "version": 1}).status_code == 404
    draft = uuid.uuid4()
    assert {sent(client, draft).status_code for client in (desk, other)} == {302}
    with as_city():
        assert sorted(Incident.objects.values_list("tenant", flat=True)) == [BUNKA, BUNKA, CHUO]


def test_the_nine_items_grow_by_versions_and_nothing_is_overwritten(desk: Client) -> None:
    made = reported(desk)
    page = desk.get(f"/office/incidents/{made.pk}/items/")
    typed = {"version": version_in(page), "overview": "つづりの紛失", "cause": "棚の整理の後に見当たらない"}
    assert desk.post(f"/office/incidents/{made.pk}/items/", typed).status_code == 302
    stale = desk.post(f"/office/incidents/{made.pk}/items/", typed | {"cause": "別の説明"})
    assert stale.status_code == 409
    assert "別の説明" in text_of(stale)
    with as_tenant(CHUO):
        versions = list(IncidentVersion.objects.values_list("number", "items__overview", "persons"))
    assert versions == [(1, SAID["what"], 23), (2, "つづりの紛失", 23)]


@pytest.mark.parametrize("number", [1, 4])
def test_the_list_takes_the_same_statements_for_any_number(desk: Client, number: int) -> None:
    for _ in range(number):
        reported(desk)
    with count_statements() as statements:
        desk.get("/office/incidents/")
    assert statements.count <= 9, statements
