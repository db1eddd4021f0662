"""個人情報ファイル簿: the columns of the law, from the models' own descriptions, with the number of people."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client

from shared.staff.models import Role
from tests import factories
from tests.apps.bookings.web.staff.asking import text_of
from tests.support.clients import signed_in
from tests.support.statements import count_statements


def lines_of(city: Client) -> list[dict[str, str]]:
    text = city.get("/file-book/csv/").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_each_facility_has_two_files_with_every_column_filled(city: Client) -> None:
    factories.individual()
    lines = lines_of(city)
    assert len(lines) == 6
    columns = [name for name in lines[0] if name != "備考"]
    assert len(columns) == 14
    assert all(line[column] for line in lines for column in columns)
    assert {line["本人の数"] for line in lines} == {"0", "1"}
    assert {line["備考"] for line in lines} == {"1,000人未満"}


def test_the_items_are_those_that_the_models_describe(city: Client) -> None:
    registrants, cards, *_others = lines_of(city)
    for item in ("氏名（姓）", "生年月日", "緊急連絡先の電話番号", "構成員の氏名", "行事名"):
        assert item in registrants["記録項目"]
        assert item not in cards["記録項目"]
    assert "資格区分" in cards["記録項目"]
    assert cards["要配慮個人情報の有無"].startswith("含む")


def test_a_file_of_a_thousand_people_has_to_be_published(city: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.compliance.queries.file_book.PUBLISHED_FROM", 1)
    factories.individual()
    assert text_of(city.get("/file-book/")).count("公表が必要") == 1


def test_it_takes_a_fixed_number_of_statements(city: Client) -> None:
    counts = []
    for _ in range(2):
        with count_statements() as statements:
            city.get("/file-book/")
        counts.append(statements.count)
        factories.individual()
        factories.group("bunka")
    assert counts[0] == counts[1]


def test_who_may_not_see_registers_does_not_see_it(city_client: Client) -> None:
    city = signed_in(city_client, factories.city_officer(roles=[]))
    assert city.get("/file-book/").status_code == 403
    assert city.get("/file-book/csv/").status_code == 403
    auditor = signed_in(city_client, factories.city_officer(roles=[Role.AUDITOR]))
    assert auditor.get("/file-book/").status_code == 200
