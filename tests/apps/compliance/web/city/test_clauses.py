"""Texts of law and agreement: read by every site, changed by the city by a new version, never overwritten."""

from __future__ import annotations

import datetime as dt

import psycopg
import pytest
from django.db import DatabaseError, connection
from django.test import Client

from apps.compliance.agreement_errors import ClauseChangedError, UnknownClauseError
from apps.compliance.clauses import seeds
from apps.compliance.models.clauses import ClauseText
from apps.compliance.queries.clauses import clause_version, current_clause
from apps.compliance.services.clauses import add_version
from shared.actor import SYSTEM
from shared.staff.models import Role
from tests import factories
from tests.apps.compliance.web.city.asking import audited, text_of
from tests.support.clients import signed_in
from tests.support.fixtures import Freeze
from tests.support.scopes import as_city, as_portal, as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
PLEDGE = "/office/clauses/pledge/"
[SEED] = [seed for seed in seeds() if seed.code == "pledge"]
ADDED = """INSERT INTO shared.compliance_clausetext (code, version, title, body, in_force_from, made_at, why)
 VALUES ('pledge', {}, 't', 'b', '{}', '2026-05-01 00:00+09', 'w')"""
TYPED = {
    "title": "誓約書",
    "body": "誓約します。",
    "in_force_from": "2026-06-01",
    "why": "簡潔にするため",
    "version": 1,
}


@pytest.fixture(autouse=True)
def _in_may(freeze: Freeze) -> None:
    freeze("2026-05-01 10:00")


def versions() -> list[tuple[int, dt.date]]:
    with as_city():
        return list(ClauseText.objects.filter(code="pledge").values_list("version", "in_force_from"))


def written(**values: object) -> int:
    said = {"title": "誓約書", "body": "別の文", "in_force_from": dt.date(2026, 6, 1), "why": "試験", "seen_version": 1}
    with as_city():
        return add_version(actor=SYSTEM, code="pledge", **said | values)  # type: ignore[arg-type]


def test_every_site_reads_the_text_that_holds() -> None:
    for scope in (as_tenant(CHUO), as_portal(), as_city()):
        with scope:
            clause = current_clause("pledge", dt.date(2026, 5, 1))
        assert (clause.version, clause.body) == (1, SEED.body)


def test_an_unknown_text_and_a_day_before_the_first_version_are_told() -> None:
    with as_tenant(CHUO):
        with pytest.raises(UnknownClauseError):
            current_clause("nothing", dt.date(2026, 5, 1))
        with pytest.raises(UnknownClauseError):
            current_clause("pledge", dt.date(2017, 3, 31))
        with pytest.raises(UnknownClauseError):
            clause_version("pledge", 2)


def test_a_new_version_holds_from_its_day_and_the_old_one_stays_known(city: Client) -> None:
    answer = city.post(f"{PLEDGE}new/", TYPED, follow=True)
    assert "第2版を登録しました。" in text_of(answer)
    with as_tenant(CHUO):
        assert current_clause("pledge", dt.date(2026, 5, 31)).version == 1
        assert current_clause("pledge", dt.date(2026, 6, 1)).body == "誓約します。"
        assert clause_version("pledge", 1).body == SEED.body
    [entry] = audited("clause")
    assert (entry.action, entry.detail) == ("change", {"version": 2})


def test_a_mistake_in_a_version_to_come_is_mended_by_one_more() -> None:
    written()
    written(seen_version=2, body="正しい文", in_force_from=dt.date(2026, 5, 20))
    with as_city():
        assert [current_clause("pledge", dt.date(2026, m, 20)).version for m in (5, 6)] == [3, 3]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"in_force_from": "2026-04-30"}, "in_force_from"),
        ({"in_force_from": "令和8年2月30日"}, "in_force_from"),
        ({"in_force_from": ""}, "in_force_from"),
        ({"body": ""}, "body"),
        ({"body": "あ" * 20_001}, "body"),
        ({"title": SEED.title, "body": SEED.body}, "body"),
        ({"title": "\x00"}, "title"),
        ({"why": ""}, "why"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(city: Client, typed: dict[str, str], field: str) -> None:
    answer = city.post(f"{PLEDGE}new/", TYPED | typed)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert versions() == [(1, dt.date(2017, 4, 1))]
    assert answer.context["form"]["why"].value() == typed.get("why", TYPED["why"])


def test_who_did_not_see_the_latest_version_overwrites_nothing(city: Client) -> None:
    written()
    answer = city.post(f"{PLEDGE}new/", TYPED)
    assert answer.status_code == 409
    assert "ほかの人が先に新しい版を登録しました" in text_of(answer)
    assert len(versions()) == 2


def test_of_two_who_began_with_one_version_the_second_is_refused(superuser: psycopg.Connection) -> None:
    with as_city():
        seen = ClauseText.objects.get(code="pledge", version=1)
    written()
    with as_city(), pytest.raises(ClauseChangedError):
        add_version(
            actor=SYSTEM, code="pledge", title="誓", body="又別", in_force_from=dt.date(2026, 6, 1), why="試験",
            seen_version=seen.version,
        )  # fmt: skip


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE shared.compliance_clausetext SET body = 'x' WHERE code = 'pledge'",
        "DELETE FROM shared.compliance_clausetext WHERE code = 'pledge'",
        ADDED.format(2, "2026-04-30"),
        ADDED.format(3, "2026-06-01"),
    ],
)
def test_the_database_itself_refuses_to_rewrite_a_text(superuser: psycopg.Connection, statement: str) -> None:
    with as_city(), pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(statement)
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
        superuser.execute(statement.encode())


def test_the_page_shows_what_differs_between_two_versions(city: Client) -> None:
    written(body=SEED.body.replace("ロックします。", "必ずロックします。"))
    shown = city.get(PLEDGE, {"old": 1, "new": 2})
    assert [line.fate for line in shown.context["lines"]].count("new") == 2
    assert "第2版が令和8年6月1日から適用されます。" in text_of(shown)


@pytest.mark.parametrize("query", [{"old": "x"}, {"new": "9"}, {"old": "²"}])
def test_nonsense_in_the_address_is_told(city: Client, query: dict[str, str]) -> None:
    written()
    assert city.get(PLEDGE, query).status_code == 422
    assert city.get("/office/clauses/nothing/").status_code == 404
    assert city.get("/office/clauses/nothing/new/").status_code == 404


def test_who_keeps_no_agreements_sees_no_page(city_client: Client) -> None:
    client = signed_in(city_client, factories.city_officer(roles=[Role.AUDITOR]))
    for address in ("/office/clauses/", PLEDGE, f"{PLEDGE}new/"):
        assert client.get(address).status_code == 403
    assert client.post(f"{PLEDGE}new/", TYPED).status_code == 403


def test_the_list_costs_the_same_for_one_version_and_three(city: Client) -> None:
    counts = []
    for _ in range(2):
        for address in ("/office/clauses/", PLEDGE):
            with count_statements() as statements:
                assert city.get(address).status_code == 200
            counts.append(statements.count)
        if len(versions()) == 1:
            written()
            written(seen_version=2, body="三つ目")
    assert counts[:2] == counts[2:]
