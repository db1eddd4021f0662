"""All facilities and their operators."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from shared.catalogue.models import CatalogueFacility, Category
from tenants.models import FeeRegime, Operator, OperatorAssignment
from tenants.scope import OWNER
from tests import factories
from tests.apps.compliance.web.city.asking import officer_at_work, text_of
from tests.support.fixtures import Freeze
from tests.support.scopes import as_city, as_owner
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO, SPORTS, TENANTS


def listed_only(**values: object) -> CatalogueFacility:
    """A facility of the catalogue that cannot be reserved here."""
    facility = factories.facility(BUNKA, **values)
    with as_city():
        CatalogueFacility.objects.filter(pk=facility.pk).update(tenant=None)
        return CatalogueFacility.objects.get(pk=facility.pk)


def term_of(schema: str, first: dt.date, until: dt.date | None, **words: str) -> None:
    """Designate the operator of ``schema`` anew, from ``first`` to the day before ``until``."""
    with as_owner():
        [row] = OperatorAssignment.objects.using(OWNER).filter(tenant__schema_name=schema)
        row.delete()
        row.pk, row.during = None, DateRange(first, until)
        for name, word in words.items():
            setattr(row, name, word)
        row.save(using=OWNER, force_insert=True)


def test_it_names_operator_members_agreement_and_term(city: Client) -> None:
    factories.facility(CHUO, name="架空老人センター")
    term_of(CHUO, dt.date(2022, 4, 1), dt.date(2032, 4, 1))
    shown = text_of(city.get("/"))
    for told in ("架空老人センター", "指定管理者", "架空市社協・見本会共同事業体", "架福第1号"):
        assert told in shown
    assert "社会福祉法人架空市社会福祉協議会（代表）" in shown
    assert "令和4年4月1日" in shown
    assert "令和14年3月31日" in shown


def test_it_leads_to_the_facilitys_own_desk(city: Client) -> None:
    factories.facility(SPORTS)
    shown = text_of(city.get("/"))
    assert 'href="http://sports.localhost/"' in shown
    assert 'href="/tenants/sports/"' in shown


def test_a_facility_that_is_listed_only_says_so_and_leads_nowhere(city: Client) -> None:
    listed_only(name="コスモス")
    shown = text_of(city.get("/"))
    assert "コスモス" in shown
    assert "予約の対象外" in shown
    assert "1施設のうち、予約できる施設は0です。" in shown
    assert "窓口のページ</a>" not in shown


@pytest.mark.parametrize(
    ("today", "told"),
    [("2026-12-30", ""), ("2026-12-31", "あと90日"), ("2027-03-30", "あと1日"), ("2027-03-31", "本日まで")],
)
def test_a_term_that_ends_within_ninety_days_is_pointed_out(
    city_client: Client, freeze: Freeze, today: str, told: str
) -> None:
    freeze(f"{today} 09:00")
    client = officer_at_work(city_client)
    factories.facility(CHUO)
    term_of(CHUO, dt.date(2022, 4, 1), dt.date(2027, 4, 1))
    shown = text_of(client.get("/"))
    assert ("期間の終わりが近い運営者があります" in shown) is bool(told)
    assert told in shown


def test_a_tenant_between_two_operators_has_none(city: Client) -> None:
    factories.facility(CHUO)
    term_of(CHUO, dt.date(2000, 4, 1), dt.date(2001, 4, 1))
    assert "運営者なし" in text_of(city.get("/"))


def three_facilities() -> None:
    factories.facility(CHUO, name="福祉の館", area="木下")
    factories.facility(SPORTS, name="体育の館", area="大森", category=Category.SPORTS)
    listed_only(name="一覧だけの館", area="大森", category=Category.CULTURE)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"category": "sports"}, ["体育の館"]),
        ({"area": "大森"}, ["体育の館", "一覧だけの館"]),
        ({"area": "大森", "category": "culture"}, ["一覧だけの館"]),
        ({"operator": "manager"}, ["福祉の館"]),
        ({"operator": "city"}, ["体育の館"]),
        ({"operator": "manager", "area": "大森"}, []),
        ({"operator": "", "category": "", "area": ""}, ["福祉の館", "体育の館", "一覧だけの館"]),
    ],
)
def test_it_shows_those_that_fit(city: Client, wanted: dict[str, str], found: list[str]) -> None:
    three_facilities()
    shown = text_of(city.get("/", wanted))
    names = ["福祉の館", "体育の館", "一覧だけの館"]
    assert [name for name in names if name in shown] == found
    assert ("条件に合う施設はありません" in shown) is (not found)


def test_one_operator_may_be_chosen(city: Client) -> None:
    three_facilities()
    with as_city():
        operator = Operator.objects.get(name="架空市スポーツ振興課")
    shown = text_of(city.get("/", {"operator": operator.pk}))
    assert "体育の館" in shown
    assert "福祉の館" not in shown


@pytest.mark.parametrize("query", ["operator=x", "category=%ff%fe", "area=%00", "operator=" + "9" * 5000])
def test_a_choice_that_does_not_exist_is_told_and_nothing_is_shown(city: Client, query: str) -> None:
    factories.facility(CHUO, name="福祉の館")
    answer = city.get(f"/?{query}")
    assert answer.status_code == 422
    assert "入力内容を確認してください" in text_of(answer)
    assert "福祉の館" not in text_of(answer)


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_six_statements_whatever_the_number_of_tenants(city: Client, number: int) -> None:
    for schema in TENANTS[:number]:
        for _ in range(number):
            factories.facility(schema)
    with count_statements() as statements:
        city.get("/")
    assert statements.count == 6, statements


def test_a_tenants_page_has_the_history_of_its_operators(city_client: Client, freeze: Freeze) -> None:
    freeze("2026-05-01 09:00")
    client = officer_at_work(city_client)
    term_of(CHUO, dt.date(2017, 4, 1), dt.date(2027, 4, 1))
    with as_city():
        current = OperatorAssignment.objects.get(tenant__schema_name=CHUO)
        department = Operator.objects.get(name="架空市文化課")
        for first, until in ((dt.date(1990, 4, 1), dt.date(2017, 4, 1)), (dt.date(2027, 4, 1), None)):
            OperatorAssignment.objects.create(
                tenant=current.tenant,
                operator=department,
                during=DateRange(first, until),
                fee_regime=FeeRegime.PUBLIC_FEE,
            )
    history = text_of(client.get("/tenants/chuo/")).split("運営者の履歴</h2>")[1]
    marks = [history.index(told) for told in ("令和9年4月1日", "令和9年3月31日", "平成29年3月31日")]
    assert marks == sorted(marks)
    words = [history.index(told) for told in ("予定", "現在", "終了")]
    assert words == sorted(words)


def test_a_tenants_page_names_its_facilities_and_officers(city: Client) -> None:
    factories.facility(CHUO, name="架空老人センター")
    term_of(CHUO, dt.date(2017, 4, 1), None, privacy_officer="架空施設長", security_officer="架空事務長")
    shown = text_of(city.get("/tenants/chuo/"))
    for told in ("架空老人センター", "架空施設長", "架空事務長", "理事長", "利用料金", "http://chuo.localhost/"):
        assert told in shown


def test_a_tenant_without_operator_today_is_told_to_be_closed(city: Client) -> None:
    term_of(CHUO, dt.date(2000, 4, 1), dt.date(2001, 4, 1))
    assert "現在の運営者がありません" in text_of(city.get("/tenants/chuo/"))


@pytest.mark.parametrize("page", ["/tenants/nobody/", "/tenants/shared/", "/tenants/%ff/", "/tenants/chuo%00/"])
def test_a_tenant_that_does_not_exist_is_not_found(city: Client, page: str) -> None:
    assert city.get(page).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_a_tenants_page_takes_seven_statements(city: Client, number: int) -> None:
    for _ in range(number):
        factories.facility(CHUO)
    with count_statements() as statements:
        city.get("/tenants/chuo/")
    assert statements.count == 7, statements
