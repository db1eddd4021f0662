"""The city looks at registrants: masked in lists, audited always."""

from __future__ import annotations

import uuid

import pytest

from apps.compliance.rules.purpose import Purpose
from apps.compliance.services.lookup import PER_PAGE, open_registrant, search_registrants
from apps.registrants.errors import UnknownRegistrantError
from apps.registrants.models import Registrant
from apps.registrants.queries.city import FoundRegistrant
from apps.registrants.rules.search_terms import By, Term, term
from shared.actor import Actor
from shared.audit.models import Action
from tests import factories
from tests.apps.compliance.web.city.asking import audited
from tests.support.scopes import as_city
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO, SPORTS, TENANTS

pytestmark = pytest.mark.usefixtures("database")

OFFICER = Actor(kind="city", id=uuid.UUID(int=7), address="192.0.2.7", request_id="abc")
PURPOSE = Purpose("monitoring", "四半期の点検のため")


def found_by(by: By, typed: str, page: str = "") -> list[FoundRegistrant]:
    with as_city():
        return list(search_registrants(actor=OFFICER, term=term(by, typed), purpose=PURPOSE, page=page))


def matsumoto(schema: str = CHUO, **values: object) -> Registrant:
    names = {"family_name": "松本", "given_name": "花子", "family_kana": "マツモト", "given_kana": "ハナコ"}
    return factories.individual(schema, **names | values)


@pytest.mark.parametrize("typed", ["まつ", "ﾏﾂﾓﾄ", "マツモトハ"])
def test_the_beginning_of_the_kana_finds_people_of_every_tenant(typed: str) -> None:
    people = {matsumoto(schema).pk for schema in TENANTS}
    matsumoto(family_kana="ウエマツ")
    assert {one.id for one in found_by(By.KANA, typed)} == people


def test_a_group_is_found_by_its_own_kana_and_not_by_its_representatives() -> None:
    group = factories.group(group_kana="マツバカイ", family_kana="ミホン")
    assert [one.id for one in found_by(By.KANA, "まつば")] == [group.pk]
    assert found_by(By.KANA, "みほん") == []


def test_a_number_and_a_telephone_number_find_exactly_theirs() -> None:
    one, other = matsumoto(phone="0476-00-0001"), matsumoto(phone="0476-00-0011")
    assert [found.id for found in found_by(By.NUMBER, one.number.lower())] == [one.pk]
    assert [found.id for found in found_by(By.PHONE, "０４７６（００）００１１")] == [other.pk]


def test_a_list_keeps_the_given_name_and_the_birthday_to_itself() -> None:
    person = matsumoto()
    [found] = found_by(By.KANA, "まつもと")
    assert (found.name, found.birth_year) == ("松本　••", 1950)
    assert person.given_name not in repr(found)
    assert person.address not in repr(found)


def test_a_list_is_read_page_by_page_in_the_order_of_the_kana() -> None:
    for number in range(PER_PAGE + 1):
        matsumoto(given_kana=f"ハナコ{'アイウエオ'[number % 5]}")
    first, second = found_by(By.KANA, "まつもと"), found_by(By.KANA, "まつもと", "2")
    assert (len(first), len(second)) == (PER_PAGE, 1)
    assert not {one.id for one in first} & {one.id for one in second}
    assert found_by(By.KANA, "まつもと", "999") == second
    assert found_by(By.KANA, "まつもと", "no number") == first


def test_a_search_is_audited_by_purpose_kind_and_count_never_by_its_text() -> None:
    matsumoto(SPORTS)
    found_by(By.KANA, "まつもと")
    [entry] = audited()
    assert (entry.action, entry.actor_kind, entry.actor_id) == (Action.SEARCH, "city", OFFICER.id)
    assert entry.purpose == "施設の管理業務の確認（モニタリング）：四半期の点検のため"
    assert entry.detail == {"by": "kana", "found": 1, "page": 1}
    assert "まつ" not in repr(vars(entry))


def test_a_search_without_a_hit_is_audited_too() -> None:
    found_by(By.PHONE, "0476-00-9999")
    assert [entry.detail["found"] for entry in audited()] == [0]


def test_a_view_is_audited_with_the_tenant_and_the_persons_id() -> None:
    person = matsumoto(BUNKA)
    with as_city():
        found = open_registrant(actor=OFFICER, tenant=BUNKA, registrant=person.pk, purpose=PURPOSE)
    assert (found.family_kana, found.given_name, found.address) == ("マツモト", "花子", person.address)
    [entry] = audited()
    assert (entry.action, entry.object_id, entry.detail) == (Action.VIEW, str(person.pk), {"tenant": BUNKA})
    assert "松本" not in repr(vars(entry))


@pytest.mark.parametrize("tenant", [SPORTS, "nobody", "shared", "chuo' OR true --"])
def test_a_person_is_found_at_their_own_tenant_only(tenant: str) -> None:
    person = matsumoto(BUNKA)
    with as_city(), pytest.raises(UnknownRegistrantError):
        open_registrant(actor=OFFICER, tenant=tenant, registrant=person.pk, purpose=PURPOSE)
    assert audited() == []


@pytest.mark.parametrize("number", [1, 3])
def test_a_search_takes_the_scope_and_three_statements_whatever_there_is(number: int) -> None:
    for schema in TENANTS[:number]:
        for _ in range(number):
            matsumoto(schema)
    with as_city(), count_statements() as statements:
        page = search_registrants(actor=OFFICER, term=Term(By.KANA, "まつもと"), purpose=PURPOSE)
    assert page.paginator.count == number**2
    assert statements.count == 4, statements
