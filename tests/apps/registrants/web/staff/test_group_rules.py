"""What ordinances ask of groups (handbook 2.2): set on the facility's page, told with its figures at the counter."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pytest
from django.test import Client

from apps.registrants.models import DuplicateProposal, Registrant
from shared.staff.models import Role
from tests import factories
from tests.apps.registrants.web.staff.registering import shown
from tests.apps.registrants.web.staff.test_groups import NEW, typed
from tests.apps.registrants.web.staff.test_settings import send
from tests.support.clients import signed_in
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

Row = tuple[str, str, str, str, str]
NONE_ASKED: Final = {
    "least_members": "1",
    "least_city_percent": "0",
    "least_representative_age": "0",
    "most_shared_members": "0",
    "similar_by": [],
}


def rows(count: int, *, born: str = "40歳", residence: str = "resident", outside: int = 0) -> list[Row]:
    """``count`` people, the first of whom is the representative; the last ``outside`` live elsewhere."""
    given = "アイウエオカキクケコサシスセソ"
    head: Row = ("架空　一郎", "カクウ　イチロウ", born, residence, "")
    others = [(f"見本　{place}", f"ミホン　{given[place]}", born, residence, "") for place in range(count - 1)]
    people = [head, *others]
    return [*people[: count - outside], *((*one[:3], "outside", "") for one in people[count - outside :])]


@dataclass(frozen=True)
class Example:
    """A rule as it is typed on the page; people that break it and people that do not; what is told."""

    policy: dict[str, Any]
    breaks: Sequence[Row]
    meets: Sequence[Row]
    told: str
    items: tuple[str, ...] = ()
    answers: tuple[dict[str, str], dict[str, str]] = ({}, {})


EXAMPLES: Final = {
    "5名以上": Example(
        {"least_members": "5"}, rows(4), rows(5), "構成員の人数：代表者を含めて5人以上必要ですが、4人です。"
    ),
    "16歳以上": Example(
        {"least_member_age": "16"},
        rows(5, born="15歳"),
        rows(5, born="16歳"),
        "構成員の年齢：16歳以上と定められていますが、5人が16歳未満です。",
    ),
    "全員が市内在住・在勤・在学": Example(
        {"least_city_percent": "100"},
        rows(5, outside=1),
        rows(5, residence="worker"),
        "市内の割合：在住・在勤・在学の人が100％以上必要ですが、5人のうち4人です。",
    ),
    "10名以上": Example(
        {"least_members": "10"}, rows(9), rows(10), "構成員の人数：代表者を含めて10人以上必要ですが、9人です。"
    ),
    "過半数": Example(
        {"least_city_percent": "50", "exceeds_city_percent": "on"},
        rows(10, outside=5),
        rows(10, outside=4),
        "市内の割合：在住・在勤・在学の人が50％を超えること（10人なら6人以上）が必要ですが、5人です。",
    ),
    "代表者18歳以上": Example(
        {"least_members": "2", "least_representative_age": "18"},
        rows(2, born="17歳"),
        rows(2, born="18歳"),
        "代表者の年齢：18歳以上と定められていますが、17歳です。",
        ("guardian_consent",),
        ({"item_guardian_consent": "on"}, {}),
    ),
    "15歳以上（中学生を除く）": Example(
        {"excludes_pupils": "on"},
        rows(3, born="14歳"),
        rows(3, born="16歳"),
        "構成員の年齢：中学生以下の人は構成員になれないと定められていますが、3人います。",
    ),
    "代表者が18歳未満なら保護者の同意": Example(
        {},
        rows(2, born="17歳"),
        rows(2, born="17歳"),
        "保護者の同意：代表者が18歳未満のときは、保護者の同意が必要です。",
        ("guardian_consent",),
        ({}, {"item_guardian_consent": "on"}),
    ),
    "18歳未満の構成員は保護者の同意": Example(
        {"consent_of_members": "on"},
        [rows(1)[0], *rows(3, born="17歳")[1:]],
        [rows(1)[0], *rows(3, born="17歳")[1:]],
        "保護者の同意：18歳未満の構成員（代表者のほかに2人）について、保護者の同意が必要です。",
        ("guardian_consent",),
        ({}, {"item_guardian_consent": "on"}),
    ),
    "講師は代表者になれない": Example(
        {},
        rows(2),
        rows(2),
        "講師：講師は代表者になれません。",
        ("lecturer",),
        ({"item_lecturer": "架空　一郎"}, {"item_lecturer": "例示　先生"}),
    ),
}


@pytest.fixture
def manager(desk_client: Callable[[str], Client]) -> Client:
    return signed_in(desk_client(CHUO), factories.clerk(roles=[Role.FACILITY_MANAGER]))


def ordained(manager: Client, policy: dict[str, Any], items: Sequence[str] = ()) -> None:
    """Set the rule by the facility's own pages."""
    assert send(manager, **NONE_ASKED | policy, confirmed="1").status_code == 302
    for item in items:
        answer = manager.post(f"/settings/items/{item}/", {"is_collected": "on", "purpose": "団体要件の確認のため"})
        assert answer.status_code == 302


def count() -> int:
    with as_tenant(CHUO):
        return Registrant.objects.filter(kind="group").count()


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_example_is_set_by_page_and_told_with_its_figures(manager: Client, name: str) -> None:
    example = EXAMPLES[name]
    ordained(manager, example.policy, example.items)
    breaking, meeting = example.answers
    answer = manager.post(NEW, typed(*example.breaks, **breaking))
    assert answer.status_code == 422
    assert example.told in shown(answer)
    assert count() == 0
    assert manager.post(NEW, typed(*example.meets, **meeting)).status_code == 302
    assert count() == 1


def other(people: Sequence[Row], name: str = "模範書道会") -> dict[str, Any]:
    """Another group's form: of the people the first represents it."""
    head = people[0]
    family, given = head[0].split("　")
    kana = head[1].split("　")
    names = {"family_name": family, "given_name": given, "family_kana": kana[0], "given_kana": kana[1]}
    own = {"group_name": name, "group_kana": "モハンショドウカイ", "phone": "0476-00-7777", "address": "架空市別町8"}
    return typed(*people, **names, **own, key=str(uuid.uuid4()))


def test_three_of_five_in_one_other_group_are_refused_as_registered_twice(manager: Client) -> None:
    ordained(manager, {"barring_shared_members": "3"})
    first = rows(5, born="S23.4.1")
    assert manager.post(NEW, typed(*first)).status_code == 302
    strangers: list[Row] = [(f"例示　{one}", f"レイジ　{one}", "S30.5.5", "resident", "") for one in "タチツ"]
    answer = manager.post(NEW, other([*first[1:4], *strangers[:2]]))
    told = (
        "3人以上が同じ団体が既にあるときは登録できないと定められていますが、"
        "5人のうち3人が、既にある1つの団体と同じです。"
    )
    assert answer.status_code == 422
    assert told in shown(answer)
    assert count() == 1
    assert manager.post(NEW, other([*first[1:3], *strangers])).status_code == 302


def test_the_third_group_of_one_person_is_refused(manager: Client) -> None:
    ordained(manager, {"most_groups_a_person": "2"})
    people = rows(2, born="S23.4.1")
    assert manager.post(NEW, typed(*people)).status_code == 302
    assert manager.post(NEW, other(people[::-1], name="模範書道会")).status_code == 302
    answer = manager.post(NEW, other(people[::-1], name="模範詩吟会"))
    assert answer.status_code == 422
    assert "所属する団体の数：1人2団体までと定められていますが、2人がそれを超えます。" in shown(answer)


def test_a_facility_chooses_what_makes_groups_similar(manager: Client) -> None:
    ordained(manager, {"similar_by": ["phone"]})
    manager.post(NEW, typed(*rows(2)))
    same_address = other(rows(3)[1:], name="架空囲碁の会") | {"address": "千葉県印西市大森2364-2"}
    assert manager.post(NEW, same_address).status_code == 302
    answer = manager.post(NEW, other(rows(3)[1:]) | {"phone": "0476-00-5111"})
    assert answer.status_code == 409
    assert "電話番号が同じです" in shown(answer)
    with as_tenant(CHUO):
        assert not DuplicateProposal.objects.exists()


def test_how_many_people_are_shared_is_told(manager: Client) -> None:
    ordained(manager, {"most_shared_members": "2"})
    manager.post(NEW, typed(*rows(4)))
    assert "構成員が3人重なっています" in shown(manager.post(NEW, other(rows(4)[1:])))
