"""The settings of registration: what is collected and for what, and the policy in time."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from apps.registrants.models import ItemPolicy, Registrant, RegistrationPolicy
from apps.registrants.queries.policy import policy_on
from apps.registrants.rules.policy import DEFAULT
from kernel import clock
from shared.audit.models import AuditEntry
from tests import factories
from tests.apps.registrants.web.staff.registering import shown
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO

ON = {"is_collected": "on", "purpose": "利用者数の統計のため"}
NUMBERS = {
    "renewal": "years",
    "validity_years": "2",
    "reminder_days": "60、30、7",
    "provisional_days": "30",
    "least_members": "5",
    "least_city_percent": "50",
    "least_member_age": "0",
    "least_representative_age": "18",
    "most_shared_members": "3",
    "most_groups_a_person": "0",
    "barring_shared_members": "0",
    "similar_by": ["group_name", "phone"],
    "senior_age": "60",
    "senior_ahead_days": "30",
    "senior_review_years": "3",
}


def item() -> ItemPolicy | None:
    with as_tenant(CHUO):
        return ItemPolicy.objects.filter(item="gender").first()


def someone_with_a_gender() -> Registrant:
    found = factories.individual()
    with as_tenant(CHUO):
        ItemPolicy.objects.create(item="gender", since=dt.date(2025, 4, 1), purpose_of_use="統計のため")
        Registrant.objects.filter(pk=found.pk).update(extras={"gender": "female"})
    return found


def extras_of(found: Registrant) -> Any:
    with as_tenant(CHUO):
        return Registrant.objects.get(pk=found.pk).extras


def send(client: Client, day: dt.date | None = None, **typed: Any) -> Any:
    form = NUMBERS | {"valid_from": f"{day or clock.today():%Y-%m-%d}"} | typed
    return client.post("/settings/registration/new/", form)


@pytest.mark.parametrize(("name", "typed"), [("least_members", "-5"), ("reminder_days", "60、－30")])
def test_a_number_below_nothing_is_not_read_as_one_above(manager: Client, name: str, typed: str) -> None:
    answer = send(manager, None, **{name: typed})
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.content.decode()


def tomorrow() -> dt.date:
    return clock.today() + dt.timedelta(days=1)


def test_an_item_is_switched_on_with_its_purpose(manager: Client) -> None:
    assert manager.post("/settings/items/gender/", ON).status_code == 302
    found = item()
    assert found is not None
    assert (found.is_collected, found.purpose_of_use, found.since) == (True, "利用者数の統計のため", clock.today())


def test_an_item_without_a_purpose_is_not_collected(manager: Client) -> None:
    answer = manager.post("/settings/items/gender/", {"is_collected": "on", "purpose": " "})
    assert answer.status_code == 422
    assert "利用目的を入力してください。" in shown(answer)
    assert item() is None


@pytest.mark.parametrize("purpose", ["目的" * 101, "統計😀"])
def test_a_purpose_that_cannot_be_kept_is_refused(manager: Client, purpose: str) -> None:
    assert manager.post("/settings/items/gender/", ON | {"purpose": purpose}).status_code == 422
    assert item() is None


def test_switching_off_says_how_many_values_are_kept_and_keeps_them(manager: Client) -> None:
    found = someone_with_a_gender()
    assert "今、1件の登録にこの項目の値があります。" in shown(manager.get("/settings/items/gender/"))
    manager.post("/settings/items/gender/", {"purpose": "統計のため"})
    assert extras_of(found) == {"gender": "female"}
    off = item()
    assert off is not None
    assert (off.is_collected, off.since) == (False, clock.today())


def test_switching_off_may_erase_what_was_kept(manager: Client) -> None:
    found = someone_with_a_gender()
    answer = manager.post("/settings/items/gender/", {"erase": "on"}, follow=True)
    assert "1件の値を消しました。" in shown(answer)
    assert extras_of(found) == {}


def test_nothing_is_erased_while_the_item_is_collected(manager: Client) -> None:
    found = someone_with_a_gender()
    manager.post("/settings/items/gender/", ON | {"erase": "on"})
    assert extras_of(found) == {"gender": "female"}


def test_every_change_is_audited_and_shown(manager: Client) -> None:
    manager.post("/settings/items/gender/", ON)
    manager.post("/settings/items/gender/", ON | {"is_required": "on"})
    with as_tenant(CHUO):
        last = AuditEntry.objects.filter(object_type="item_policy").latest("id")
    assert (last.object_id, last.detail["before"]["is_required"], last.detail["after"]["is_required"]) == (
        "gender",
        False,
        True,
    )
    assert shown(manager.get("/settings/items/")).count("性別：収集する") == 2


def test_an_item_nobody_knows_is_not_found(manager: Client) -> None:
    assert manager.get("/settings/items/shoe_size/").status_code == 404
    assert manager.post("/settings/items/shoe_size/", ON).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_as_many_statements_whatever_was_changed(manager: Client, number: int) -> None:
    for _ in range(number):
        manager.post("/settings/items/gender/", ON)
    with count_statements() as statements:
        manager.get("/settings/items/")
    assert statements.count == 7, statements


def test_a_policy_is_shown_beside_what_holds_before_it_is_set(manager: Client) -> None:
    answer = send(manager, tomorrow())
    page = shown(answer)
    assert answer.status_code == 200
    assert "登録日から一定の年数" in page
    assert "50％以上" in page
    with as_tenant(CHUO):
        assert not RegistrationPolicy.objects.exists()


def test_a_confirmed_policy_holds_from_its_day_on(manager: Client) -> None:
    send(manager, tomorrow(), confirmed="1")
    with as_tenant(CHUO):
        assert policy_on(clock.today()) == DEFAULT
        holds = policy_on(tomorrow())
    assert (holds.renewal, holds.validity_years, holds.reminder_days, holds.grace_days) == (
        "years",
        2,
        (60, 30, 7),
        None,
    )


def test_what_changes_is_audited_by_field(manager: Client) -> None:
    send(manager, tomorrow(), confirmed="1")
    with as_tenant(CHUO):
        entry = AuditEntry.objects.get(object_type="registration_policy")
    assert entry.detail["changes"]["least_members"] == [1, 5]


def test_the_past_is_not_rewritten(manager: Client) -> None:
    yesterday = clock.today() - dt.timedelta(days=1)
    assert "適用日は今日以後の日にしてください。" in shown(send(manager, yesterday))
    answer = send(manager, yesterday, confirmed="1")
    assert answer.status_code == 422
    with as_tenant(CHUO):
        assert not RegistrationPolicy.objects.exists()


@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [
        ("validity_years", "0", "1から20までの数で入力してください。"),
        ("validity_years", "たくさん", "1から20までの数で入力してください。"),
        ("least_city_percent", "101", "0から100までの数で入力してください。"),
        ("senior_age", "9" * 500, "40から100までの数で入力してください。"),
        ("reminder_days", "60、明日", "1から365までの数を"),
        ("reminder_days", "1 2 3 4 5 6", "5つまで"),
        ("renewal", "monthly", "入力内容を確認してください"),
        ("valid_from", "2026-02-30", "その日付はありません。"),
    ],
)
def test_a_number_that_makes_no_sense_is_refused_and_kept_in_its_box(
    manager: Client, name: str, typed: str, told: str
) -> None:
    wrong: dict[str, Any] = {name: typed, "confirmed": "1"}
    answer = send(manager, **wrong)
    assert answer.status_code == 422
    assert told in shown(answer)
    assert name == "renewal" or f'value="{typed}"' in shown(answer)


def test_going_back_from_the_preview_keeps_what_was_typed(manager: Client) -> None:
    assert 'value="5"' in shown(send(manager, tomorrow(), again="1"))


def test_a_policy_to_come_is_withdrawn_and_one_that_holds_is_not(manager: Client) -> None:
    for day in (clock.today(), tomorrow()):
        send(manager, day, confirmed="1")
        manager.post("/settings/registration/withdraw/", {"valid_from": f"{day:%Y-%m-%d}"})
    with as_tenant(CHUO):
        assert [row.valid_from for row in RegistrationPolicy.objects.all()] == [clock.today()]


@pytest.mark.parametrize(
    "page", ["items/", "items/gender/", "registration/", "registration/new/", "registration/withdraw/"]
)
def test_only_the_manager_sets(receptionist: Client, page: str) -> None:
    assert receptionist.post(f"/settings/{page}", ON).status_code == 403
    assert item() is None
