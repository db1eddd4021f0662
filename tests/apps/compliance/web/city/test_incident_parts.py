"""The city: persons by what the audit shows, evidence of who saw whom, drafts of the reports, publication."""

from __future__ import annotations

import csv
import io
import uuid
from typing import Any

import pytest
from django.test import Client

from apps.compliance.models.incidents import AffectedPerson, EvidencePackage, Incident, IncidentPublication
from apps.compliance.services.incidents import evidence
from apps.compliance.tasks import make_evidence
from apps.registrants.models import Registrant
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action, AuditEntry
from shared.audit.record import record
from shared.staff.models import StaffAccount
from shared.vault.models import ExportedPerson
from tests import factories
from tests.apps.compliance.web.city.asking import text_of
from tests.apps.compliance.web.incident_asking import reported
from tests.support.fixtures import Freeze
from tests.support.scopes import as_city, as_tenant
from tests.support.tenants import BUNKA, CHUO

SPAN = {"since": "2026-04-01T08:00", "until": "2026-04-01T12:00"}


@pytest.fixture(autouse=True)
def _on_a_spring_day(freeze: Freeze) -> None:
    freeze("2026-04-01 09:40")


@pytest.fixture
def made(desk: Client) -> Incident:
    return reported(desk)


@pytest.fixture
def people(database: None) -> list[Registrant]:
    return [factories.individual(CHUO) for _ in range(3)]


@pytest.fixture
def other_clerk(database: None) -> StaffAccount:
    return factories.clerk()


@pytest.fixture
def seen(clerk: StaffAccount, other_clerk: StaffAccount, people: list[Registrant]) -> None:
    """``clerk`` looked at the first two, the other printed the third; a person of another tenant was shown there."""
    elsewhere = factories.individual(BUNKA)
    with as_tenant(CHUO):
        record(_as(clerk), Action.SEARCH, object_type="registrant", persons=[people[0].pk, people[1].pk])
        record(_as(clerk), Action.VIEW, object_type="registrant", object_id=people[0].pk)
        record(_as(other_clerk), Action.EXPORT, object_type="export", object_id="E-7", persons=[people[2].pk])
    with as_tenant(BUNKA):
        record(Actor(kind="staff"), Action.VIEW, object_type="registrant", object_id=elsewhere.pk)


def _as(account: StaffAccount) -> Actor:
    return Actor(kind="staff", id=account.pk, address="192.0.2.7")


def add_shown(city: Client, made: Incident, **typed: str) -> Any:
    return city.post(f"/incidents/{made.pk}/persons/", SPAN | {"clerk": "", "number": ""} | typed)


def affected() -> set[Any]:
    with as_city():
        return set(AffectedPerson.objects.values_list("registrant", flat=True))


@pytest.mark.usefixtures("seen")
def test_whoever_was_shown_is_added_for_all_for_one_clerk_or_for_one_export(
    city: Client, made: Incident, people: list[Registrant], clerk: StaffAccount
) -> None:
    first, second, third = (one.pk for one in people)
    add_shown(city, made, number="E-7")
    assert affected() == {third}
    add_shown(city, made, clerk=clerk.login_id.upper())
    assert affected() == {first, second, third}
    with as_city():
        assert set(AffectedPerson.objects.values_list("source", flat=True)) == {"audit", "export"}
    with as_tenant(CHUO):
        assert AuditEntry.objects.filter(actor_kind="city", action="search", object_type="incident").count() == 2


def test_whose_data_an_export_held_is_known_from_its_register(
    city: Client, made: Incident, people: list[Registrant], clerk: StaffAccount
) -> None:
    asked = uuid.uuid4()
    with as_tenant(CHUO):
        ExportedPerson.objects.create(request=asked, person=people[1].pk, at=clock.now())
        record(_as(clerk), Action.EXPORT, object_type="export", object_id=asked, act="fetch")
    add_shown(city, made, number=str(asked))
    assert affected() == {people[1].pk}
    [line] = evidence_csv(city, made)
    assert (line["action"], line["object_id"], line["number"]) == ("export", str(asked), people[1].number)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"since": "2026-04-01T12:00"}, "期間は、始まりを終わりより前に"),
        ({"since": "2024-04-01T12:00"}, "400日以内で"),
        ({"since": ""}, "日時を入力してください。"),
        ({"clerk": "nobody"}, "対象になる方がまだ記録されていません。"),
    ],
)
def test_a_span_without_sense_or_people_is_told(city: Client, made: Incident, typed: dict[str, str], told: str) -> None:
    answer = add_shown(city, made, **typed)
    assert answer.status_code == 422
    assert told in text_of(answer)


def evidence_csv(city: Client, made: Incident) -> list[dict[str, str]]:
    assert city.post(f"/incidents/{made.pk}/evidence/", SPAN).status_code == 302
    with as_city():
        package = EvidencePackage.objects.latest("at")
    answer = city.get(f"/incidents/{made.pk}/evidence/{package.pk}/csv/")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.usefixtures("seen")
def test_the_evidence_says_who_saw_printed_or_exported_which_of_them(
    city: Client, made: Incident, people: list[Registrant], clerk: StaffAccount, officer: StaffAccount
) -> None:
    with as_city():
        looked = Actor(kind="city", id=officer.pk)
        record(looked, Action.VIEW, object_type="registrant", object_id=people[0].pk, persons=[people[0].pk])
    add_shown(city, made, clerk=clerk.login_id)
    lines = evidence_csv(city, made)
    told = [(line["site"], line["login"], line["action"], line["number"]) for line in lines]
    first, second, third = (one.number for one in people)
    assert ("desk", clerk.login_id, "search", second) in told
    assert ("desk", clerk.login_id, "view", first) in told
    assert ("city", officer.login_id, "view", first) in told
    assert third not in {number for *_, number in told}
    assert "架空" not in str(lines)


@pytest.mark.usefixtures("seen")
def test_a_package_is_kept_as_it_was_made_and_each_fetching_is_recorded(
    city: Client, made: Incident, people: list[Registrant], clerk: StaffAccount
) -> None:
    add_shown(city, made, clerk=clerk.login_id)
    lines = evidence_csv(city, made)
    with as_tenant(CHUO):
        record(_as(clerk), Action.VIEW, object_type="registrant", object_id=people[0].pk)
    with as_city():
        package = EvidencePackage.objects.get()
    address = f"/incidents/{made.pk}/evidence/{package.pk}/"
    assert package.lines == len(lines)
    assert package.sha256 in text_of(city.get(address))
    assert city.get(f"{address}pdf/").content.startswith(b"%PDF")
    with as_city():
        forms = (
            AuditEntry.objects.filter(object_id=str(package.pk)).order_by("id").values_list("detail__form", flat=True)
        )
        assert list(forms) == [None, "csv", "page", "pdf"]
    with as_tenant(CHUO):
        assert AuditEntry.objects.filter(actor_kind="city", object_type="incident_evidence").count() == 1


@pytest.mark.usefixtures("seen")
def test_a_large_package_is_made_by_a_worker(
    city: Client, made: Incident, clerk: StaffAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence, "AT_ONCE", 0)
    add_shown(city, made, clerk=clerk.login_id)
    city.post(f"/incidents/{made.pk}/evidence/", SPAN)
    assert "作成中" in text_of(city.get(f"/incidents/{made.pk}/evidence/"))
    make_evidence()
    make_evidence()
    assert "作成中" not in text_of(city.get(f"/incidents/{made.pk}/evidence/"))
    with as_city():
        assert EvidencePackage.objects.get().lines == 3


def test_evidence_about_nobody_is_refused(city: Client, made: Incident) -> None:
    answer = city.post(f"/incidents/{made.pk}/evidence/", SPAN)
    assert answer.status_code == 422
    assert "対象になる方がまだ記録されていません。" in text_of(answer)


@pytest.mark.parametrize(("form", "status"), [("prompt", 200), ("final", 200), ("other", 404)])
def test_the_reports_are_drafted_as_pdf(city: Client, made: Incident, form: str, status: int) -> None:
    answer = city.get(f"/incidents/{made.pk}/report/{form}/")
    assert answer.status_code == status
    if status == 200:
        assert answer.content.startswith(b"%PDF")
        assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"how": "never"}, "理由を入力してください。"),
        ({"how": "each", "published_on": "2026-04-02"}, "これから先の時刻は入力できません。"),
        ({}, "1つ選択してください。"),
    ],
)
def test_a_publication_without_sense_is_told(city: Client, made: Incident, typed: dict[str, str], told: str) -> None:
    answer = city.post(f"/incidents/{made.pk}/publication/", typed)
    assert answer.status_code == 422
    assert told in text_of(answer)


def test_publication_is_decided_and_recorded_and_the_newest_holds(city: Client, desk: Client, made: Incident) -> None:
    assert 'value="half_year"' in text_of(city.get(f"/incidents/{made.pk}/publication/"))
    for typed in ({"how": "half_year"}, {"how": "each", "published_on": "2026-04-01", "where": "市のホームページ"}):
        assert city.post(f"/incidents/{made.pk}/publication/", typed).status_code == 302
    for page in (city.get(f"/incidents/{made.pk}/"), desk.get(f"/office/incidents/{made.pk}/")):
        assert "都度公表する 令和8年4月1日（水） 市のホームページ" in " ".join(text_of(page).split())
    with as_city():
        assert IncidentPublication.objects.count() == 2
