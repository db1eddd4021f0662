"""What a later file of the same source brings, and what it leaves alone."""

from __future__ import annotations

import datetime as dt

import pytest

from apps.registrants.models import (
    DuplicateProposal,
    EmergencyContact,
    GroupMember,
    ItemPolicy,
    Registrant,
    RegistrationAct,
)
from apps.registrants.tasks import keep_states
from kernel import clock
from shared.intake.errors import FieldsMissingError
from shared.intake.models import Job
from shared.intake.rules.forgotten import forgotten_key
from tests import factories
from tests.apps.compliance import disposing
from tests.shared.intake.files import CLUB, PEOPLE_HEADER, TARO, checked, csv_of, taken_in
from tests.support.fixtures import Freeze
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
CONTACTS = f"{PEOPLE_HEADER},緊急連絡先氏名,続柄,緊急連絡先電話"


def only() -> Registrant:
    with as_tenant(CHUO):
        return Registrant.objects.get()


def contacts() -> list[tuple[str, str]]:
    with as_tenant(CHUO):
        return list(EmergencyContact.objects.order_by("position").values_list("name", "phone"))


def with_contact(name: str) -> Job:
    return taken_in(csv_of(f"{TARO},{name},妻,0476-00-0199", header=CONTACTS))


def collects(*items: str) -> None:
    with as_tenant(CHUO):
        for item in items:
            ItemPolicy.objects.create(item=item, since=clock.today(), purpose_of_use="連絡のため")


def test_a_contact_that_comes_later_is_added_and_one_that_changed_is_changed() -> None:
    taken_in(csv_of(TARO))
    assert (with_contact("架空　花子").counts["changed"], contacts()) == (1, [("架空　花子", "0476-00-0199")])
    assert (with_contact("架空　春子").counts["changed"], contacts()) == (1, [("架空　春子", "0476-00-0199")])
    assert with_contact("架空　春子").counts["unchanged"] == 1


def test_who_reserves_at_the_counter_only_still_does_and_it_is_said_why_and_since_when() -> None:
    header = f"{PEOPLE_HEADER},インターネット利用可否,不可事由"
    taken_in(csv_of(f"{TARO},不可,無断不使用のため", f"{CLUB},可,", header=header))
    with as_tenant(CHUO):
        assert dict(Registrant.objects.values_list("kind", "is_counter_only")) == {"individual": True, "group": False}
        act = RegistrationAct.objects.get(registrant__kind="individual")
        assert (act.act, act.reason) == ("import", "旧システム：無断不使用のため")
    assert taken_in(csv_of(TARO, CLUB)).counts["unchanged"] == 2  # a file that does not say lets nobody in
    assert taken_in(csv_of(f"{TARO},○,", header=header)).counts["changed"] == 1
    with as_tenant(CHUO):
        assert not Registrant.objects.filter(is_counter_only=True).exists()


def test_half_a_contact_is_not_taken_in_and_that_is_told() -> None:
    job = taken_in(csv_of(f"{TARO},架空　花子,妻,", header=CONTACTS))
    assert "row_half_a_contact" in {one["code"] for one in job.warnings}


def test_a_file_with_fewer_columns_empties_nothing() -> None:
    with_contact("架空　花子")
    taken_in(csv_of("1001,架空　太郎,ｶｸｳ ﾀﾛｳ,S23.4.2", header="利用者番号,氏名,フリガナ,生年月日"))
    taro = only()
    assert (taro.birth_date, taro.phone, taro.postal_code) == (dt.date(1948, 4, 2), "0476-00-0101", "2701300")
    assert (taro.address, taro.registered_on) == ("架空市架空町1番地", dt.date(2013, 4, 1))
    assert contacts() == [("架空　花子", "0476-00-0199")]


def test_a_groups_reading_stays_where_the_file_has_none() -> None:
    header = "利用者番号,区分,団体名,団体名カナ"
    taken_in(csv_of("2001,団体,架空体操の会,ｶｸｳﾀｲｿｳﾉｶｲ", header=header))
    before = only()
    taken_in(csv_of("2001,団体,架空体操の会,0476-00-0103", header="利用者番号,区分,団体名,電話番号"))
    after = only()
    assert (after.group_kana, after.kana_key, after.phone) == ("カクウタイソウノカイ", before.kana_key, "0476-00-0103")


def test_a_state_that_differs_is_told_and_left_to_the_desk() -> None:
    taken_in(csv_of(TARO))
    job = taken_in(csv_of(TARO.replace("有効", "利用停止")))
    assert [one["code"] for one in job.warnings] == ["row_state_kept"]
    assert only().state == "active"


def test_somebody_whose_name_changed_is_compared_again_with_who_is_here() -> None:
    taken_in(csv_of(TARO))
    factories.individual(
        family_name="例示", given_name="太郎", family_kana="レイジ", given_kana="タロウ", birth_date=dt.date(1948, 4, 1)
    )
    taken_in(csv_of(TARO.replace("架空　太郎", "例示　太郎").replace("ｶｸｳ", "ﾚｲｼﾞ")))
    with as_tenant(CHUO):
        assert DuplicateProposal.objects.count() == 1


def test_who_was_forgotten_is_not_brought_back_by_the_same_file(freeze: Freeze) -> None:
    """A registration that was closed years ago is not erased before a list of it was confirmed, and then for good."""
    freeze(disposing.NOW)
    closed = csv_of(f"{TARO.replace('有効', '抹消')},R1.5.1", header=f"{PEOPLE_HEADER},抹消日")
    taken_in(closed)
    keep_states(CHUO)
    assert (only().family_name, only().state) == ("架空", "closed")
    assert disposing.disposed("registrants").done == 1
    job = taken_in(closed)
    assert (job.counts["kept"], job.counts["new"], [one["code"] for one in job.warnings]) == (1, 0, ["row_forgotten"])
    assert (only().family_name, only().source_key) == ("", forgotten_key("旧システム:1001"))


def test_further_items_are_taken_in_where_they_are_collected() -> None:
    collects("email", "residence", "gender", "note")
    header = f"{PEOPLE_HEADER},メール,居住区分,性別,備考"
    job = taken_in(csv_of(f"{TARO},taro@people.example,在勤,男,　車いす利用 ", header=header))
    assert job.counts["new"] == 1
    assert only().extras == {
        "email": "taro@people.example", "residence": "worker", "gender": "male", "note": "車いす利用",
    }  # fmt: skip
    job = taken_in(csv_of(TARO))
    assert (job.counts["unchanged"], only().extras["residence"]) == (1, "worker")


def test_items_that_are_not_collected_are_neither_offered_nor_taken_in() -> None:
    collects("email")
    header = f"{PEOPLE_HEADER},メール,備考"
    job = checked(csv_of(f"{TARO},taro@people.example,甲", header=header))
    assert (job.mapping["columns"]["メール"], job.mapping["columns"]["備考"]) == ("item_email", "")
    with as_tenant(CHUO):
        ItemPolicy.objects.update(is_collected=False)
    taken_in(csv_of(f"{TARO},taro@people.example,甲", header=header))
    assert only().extras == {}


def test_an_item_that_cannot_be_read_is_told_and_left_out() -> None:
    collects("email", "representative_birth_date")
    header = f"{PEOPLE_HEADER},メール,代表者生年月日"
    job = taken_in(csv_of(f"{CLUB},なし,S65.1.1", header=header))
    assert sorted((one["code"], one["field"]) for one in job.warnings) == [
        ("row_date_outside_era", "item_representative_birth_date"),
        ("row_item_unread", "item_email"),
    ]
    assert only().extras == {}


def test_a_member_that_changed_is_changed_as_far_as_the_file_says() -> None:
    taken_in(csv_of(CLUB))
    header = "団体番号,氏名,フリガナ,生年月日,居住区分,電話番号,連絡係"
    taken_in(csv_of("2001,見本　一郎,ﾐﾎﾝ ｲﾁﾛｳ,S30.1.5,在住,090-0000-0001,○", header=header), kind="members")
    short = "団体番号,氏名,フリガナ,生年月日,居住区分"
    job = taken_in(csv_of("2001,見本　一郎,ﾐﾎﾝ ｲﾁﾛｳ,S30.1.5,市外", header=short), kind="members")
    with as_tenant(CHUO):
        [member] = GroupMember.objects.all()
    assert (job.counts["changed"], member.residence, member.phone, member.is_contact) == (
        1, "outside", "090-0000-0001", True,
    )  # fmt: skip


def test_a_card_that_differs_is_told_and_left_as_it_is() -> None:
    taken_in(csv_of(CLUB))
    header = "カード番号,利用者番号,カード種別,交付日,有効期限"
    card = "D-0001,2001,利用者カード,R1.6.1,R99.3.31"
    taken_in(csv_of(card, header=header), kind="cards")
    job = taken_in(csv_of(card.replace("R99", "R98"), header=header), kind="cards")
    assert (job.counts["kept"], [one["code"] for one in job.warnings]) == (1, ["row_card_kept"])


def test_a_file_without_what_no_record_can_lack_is_not_checked() -> None:
    with pytest.raises(FieldsMissingError):
        checked(csv_of("架空　太郎,S23.4.1", header="氏名,生年月日"))
