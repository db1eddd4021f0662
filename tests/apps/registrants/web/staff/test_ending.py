"""The year's end at the desk: the list, and renewing some or all of it."""

from __future__ import annotations

import pytest
from django.test import Client

from apps.registrants.models import Registrant
from apps.registrants.services import renew
from tests import factories
from tests.apps.bookings.web.staff.asking import text_of
from tests.support.fixtures import Freeze
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO

PAGE = "/registrants/ending/?day=2027-03-31"
RENEWAL = {"valid_until": "2028-03-31", "reason": "年度末の一斉更新"}


@pytest.fixture(autouse=True)
def _in_the_fiscal_year_before(database: None, freeze: Freeze) -> None:
    freeze("2026-05-01 10:00")


def ending_soon(number: int = 1) -> list[Registrant]:
    return [factories.individual(valid_until="2027-03-31") for _ in range(number)]


def ends() -> set[str]:
    with as_tenant(CHUO):
        return {str(end) for end in Registrant.objects.values_list("valid_until", flat=True)}


def test_it_lists_who_ends_by_the_years_end_unless_asked_otherwise(manager: Client) -> None:
    [soon], later = ending_soon(), factories.individual(valid_until="2027-04-01")
    factories.individual(BUNKA, valid_until="2027-03-31")
    shown = text_of(manager.get("/registrants/ending/"))
    assert soon.number in shown
    assert later.number not in shown
    assert "1件" in shown


def test_chosen_ones_are_renewed(manager: Client) -> None:
    chosen, _other = ending_soon(2)
    answer = manager.post(PAGE, RENEWAL | {"scope": "chosen", "chosen": [str(chosen.pk), "x"]}, follow=True)
    assert "1件を更新しました。" in text_of(answer)
    assert ends() == {"2028-03-31", "2027-03-31"}


def test_all_are_renewed_batch_by_batch_and_the_page_says_how_many_are_left(
    manager: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renew, "BATCH", 2)
    ending_soon(3)
    first = text_of(manager.post(PAGE, RENEWAL | {"scope": "all"}))
    assert "2件を更新しました。残りは1件です。" in first
    assert "続けて更新する" in first
    assert "1件を更新しました。" in text_of(manager.post(PAGE, RENEWAL | {"scope": "all"}, follow=True))
    assert ends() == {"2028-03-31"}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"scope": "chosen"}, "更新する登録を一覧から選んでください。"),
        ({"scope": "all", "valid_until": "2027-03-31"}, "新しい有効期限は、今日以降で"),
        ({"scope": "all", "valid_until": "いつか"}, "日付は 2026-04-01 の形で"),
        ({"scope": "all", "reason": ""}, "理由を入力してください。"),
    ],
)
def test_what_makes_no_sense_is_told_and_nobody_is_renewed(manager: Client, typed: dict[str, str], told: str) -> None:
    ending_soon()
    answer = manager.post(PAGE, RENEWAL | typed)
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert ends() == {"2027-03-31"}


def test_a_day_that_is_none_is_told(manager: Client) -> None:
    answer = manager.get("/registrants/ending/?day=2027-02-30")
    assert answer.status_code == 422
    assert "その日付はありません。" in text_of(answer)


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_seven_statements_whoever_is_listed(manager: Client, number: int) -> None:
    ending_soon(number)
    with count_statements() as statements:
        manager.get(PAGE)
    assert statements.count == 7, statements
