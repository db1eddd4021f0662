"""A group at the counter: rows, a pasted roster, a judgement, the act; nothing that was typed is lost."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any, Final

import pytest
from django.test import Client

from apps.registrants.models import (
    DuplicateProposal,
    GroupMember,
    ItemPolicy,
    Registrant,
    RegistrantState,
    RegistrationAct,
)
from apps.registrants.rules.roster_entry import MOST_MEMBERS
from apps.registrants.services.register_group import register_group
from kernel import clock
from shared.audit.models import Action, AuditEntry
from shared.staff.models import Role
from tests import factories
from tests.apps.registrants.services.grouping import LICENCE, clerk, entry, policy
from tests.apps.registrants.web.staff.registering import shown
from tests.support.clients import signed_in
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO

NEW: Final = "/registrants/groups/new/"
TYPED: Final = {
    "group_name": "架空囲碁会",
    "group_kana": "かくういごかい",
    "family_name": "架空",
    "given_name": "一郎",
    "family_kana": "ｶｸｳ",
    "given_kana": "いちろう",
    "postal_code": "270-1327",
    "address": "千葉県印西市大森2364-2",
    "phone": "0476005111",
    "document": "passport",
    "purpose_told": "on",
    "step": "save",
}
ROWS: Final = (
    ("架空　一郎", "カクウ　イチロウ", "S23.4.1", "resident", "0476-00-5111"),
    ("架空　幸子", "カクウ　サチコ", "70歳", "worker", ""),
    ("見本　三郎", "", "", "outside", ""),
)
COLUMNS: Final = ("name", "kana", "born", "residence", "phone")


def typed(*rows: tuple[str, ...], **values: Any) -> dict[str, Any]:
    """The form as it is sent, with ``rows`` of the roster."""
    sent = {
        f"roster-{place}-{name}": text
        for place, row in enumerate(rows)
        for name, text in zip(COLUMNS, row, strict=True)
    }
    count = {"roster-count": str(len(rows)), "key": str(uuid.uuid4())}
    return TYPED | count | sent | values


def groups() -> list[Registrant]:
    with as_tenant(CHUO):
        return list(Registrant.objects.filter(kind="group").order_by("number"))


def roster() -> list[GroupMember]:
    with as_tenant(CHUO):
        return list(GroupMember.objects.order_by("position"))


def registered(**values: Any) -> Registrant:
    with as_tenant(CHUO):
        return register_group(actor=clerk(), document=LICENCE, key=uuid.uuid4(), entry=entry(**values))


def changing(group: Registrant, *rows: tuple[str, ...], **values: Any) -> dict[str, Any]:
    """The change form of ``group`` as it is sent."""
    names = ("group_name", "group_kana", "family_name", "given_name", "family_kana", "given_kana", "address", "phone")
    return typed(*rows, **{name: getattr(group, name) for name in names}, version=str(group.version)) | values


@pytest.fixture
def manager(desk_client: Callable[[str], Client]) -> Client:
    """The browser of the facility's manager."""
    return signed_in(desk_client(CHUO), factories.clerk(roles=[Role.FACILITY_MANAGER]))


def test_a_group_is_registered_with_its_roster(receptionist: Client) -> None:
    answer = receptionist.post(NEW, typed(*ROWS))
    [group] = groups()
    assert answer["Location"] == f"/registrants/{group.pk}/"
    assert (group.group_kana, group.family_kana, group.phone) == ("カクウイゴカイ", "カクウ", "0476-00-5111")
    assert [(row.name, row.residence, row.is_contact) for row in roster()] == [
        ("架空　一郎", "resident", True),
        ("架空　幸子", "worker", False),
        ("見本　三郎", "outside", False),
    ]


def test_the_page_of_the_group_shows_people_figures_and_the_acts(receptionist: Client) -> None:
    answer = receptionist.post(NEW, typed(*ROWS))
    page = shown(receptionist.get(answer["Location"]))
    assert all(text in page for text in ("架空　幸子", "70歳", "市内在勤", "構成員名簿（3人）", "66<small>％"))
    assert all(text in page for text in ("登録事項と名簿を変更する", "名簿を廃棄する"))


def test_who_does_not_work_on_registrations_sees_no_acts(accountant: Client) -> None:
    page = shown(accountant.get(f"/registrants/{registered().pk}/"))
    assert "構成員名簿（5人）" in page
    assert "登録事項と名簿を変更する" not in page


def test_more_rows_come_without_judging_or_losing_anything(receptionist: Client) -> None:
    answer = receptionist.post(NEW, typed(("見本　三郎", "漢字", "", "", ""), step="rows", family_name=""))
    page = shown(answer)
    assert answer.status_code == 200
    assert all(text in page for text in ('value="見本　三郎"', 'value="漢字"', 'name="roster-count" value="6"'))
    assert "入力内容を確認してください" not in page


def test_pasted_lines_become_rows_and_those_that_cannot_stay_in_the_box(receptionist: Client) -> None:
    lines = (
        "氏名\tフリガナ",
        "見本　四郎\tミホン　シロウ\tS20.1.1\t市内在住",
        "見本　五郎\t\t\t火星",
        "見本　六郎\t漢字\t七十\t在勤",
    )
    pasted = "\n".join(lines)
    page = shown(receptionist.post(NEW, typed(ROWS[0], step="paste", pasted=pasted)))
    assert "2人を行に入れました" in page
    assert 'name="roster-1-name" value="見本　四郎"' in page
    assert "1行目：居住区分が読み取れません" in page
    assert ">見本　五郎\t\t\t火星</textarea>" in page
    assert page.count("カタカナ（ひらがなも可）で入力してください") == 1
    assert "日付は 昭和23年4月1日" in page


def test_headings_stay_in_the_box_with_the_lines_that_they_explain(receptionist: Client) -> None:
    old = clock.today().year - 1945
    pasted = f"備考\t氏名\t生年月日\t年齢\n会長\t見本　四郎\tS20.1.1\t20\n\t見本　五郎\tS20.1.1\t{old}"
    page = shown(receptionist.post(NEW, typed(ROWS[0], step="paste", pasted=pasted)))
    assert "1人を行に入れました" in page
    assert "2行目：生年月日と年齢が合いません。" in page
    assert ">備考\t氏名\t生年月日\t年齢\n会長\t見本　四郎\tS20.1.1\t20</textarea>" in page


def test_what_was_pasted_is_not_registered_unseen(receptionist: Client) -> None:
    answer = receptionist.post(NEW, typed(ROWS[0], pasted="見本　四郎\t\t70\t在住"))
    assert answer.status_code == 200
    assert "1人を行に入れました" in shown(answer)
    assert groups() == []


def test_the_postal_code_fills_the_address_and_the_rows_stay(receptionist: Client) -> None:
    page = shown(receptionist.post(NEW, typed(*ROWS, address="", fill_address="")))
    assert "千葉県印西市" in page
    assert 'value="架空　幸子"' in page


def test_the_check_shows_figures_without_what_was_shown(receptionist: Client) -> None:
    answer = receptionist.post(NEW, typed(*ROWS, step="check", document="", purpose_told=""))
    page = shown(answer)
    assert answer.status_code == 200
    assert all(text in page for text in ("3<small>人", "66<small>％", "団体要件をすべて満たしています。"))
    assert groups() == []


def test_enter_checks_and_registers_nothing(receptionist: Client) -> None:
    sent = typed(*ROWS)
    del sent["step"]
    assert receptionist.post(NEW, sent).status_code == 200
    assert groups() == []


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("", "カナ", "70", "resident", ""), ">入力してください。<"),
        (("見本", "漢字", "70", "resident", ""), "カタカナ（ひらがなも可）"),
        (("見本", "", "S65.1.1", "resident", ""), "その元号にはない日付です。"),
        (("見本", "", "2999-01-01", "resident", ""), "生年月日が今日より後です。"),
        (("見本", "", "130", "resident", ""), "生年月日が130年以上前です。"),
        (("見本", "", "70", "", ""), "居住区分を選択してください。"),
        (("見本", "", "70", "mars", ""), "一覧から選択してください。"),
        (("見本", "", "70", "resident", "12"), "電話番号の桁数が合いません。"),
        (("見" * 81, "", "70", "resident", ""), "80文字以内で入力してください。"),
        (("見本😀", "", "70", "resident", ""), "絵文字は使えません。"),
        (("架空　一郎", "カクウ　イチロウ", "", "resident", ""), "1行目と同じ人のようです。"),
    ],
)
def test_what_is_wrong_in_a_row_is_told_beside_it(receptionist: Client, row: tuple[str, ...], told: str) -> None:
    answer = receptionist.post(NEW, typed(ROWS[0], row))
    page = shown(answer)
    assert answer.status_code == 422
    assert told in page
    assert '<a href="#roster">構成員名簿に、直すところがあります。</a>' in page
    assert (groups(), roster()) == ([], [])


def test_a_row_that_is_ticked_off_or_empty_is_no_member(receptionist: Client) -> None:
    empty = ("", " ", "", "", "")
    receptionist.post(NEW, typed(ROWS[0], ROWS[1], empty, **{"roster-1-drop": "on"}))
    assert [row.name for row in roster()] == ["架空　一郎"]


@pytest.mark.parametrize("count", ["-1", "99999999", "x", "", "３"])
def test_a_nonsensical_number_of_rows_breaks_nothing(receptionist: Client, count: str) -> None:
    answer = receptionist.post(NEW, typed(ROWS[0], **{"roster-count": count}, step="check"))
    assert answer.status_code == 200


def test_a_whole_roster_fits_into_one_form(receptionist: Client) -> None:
    rows = [(f"見本　{number}", "", "70", "resident", "") for number in range(MOST_MEMBERS)]
    assert receptionist.post(NEW, typed(*rows)).status_code == 302
    assert len(roster()) == MOST_MEMBERS


def test_rules_that_are_not_met_are_named_with_their_figures(receptionist: Client) -> None:
    policy(least_members=10, least_city_percent=70, least_member_age=16, least_representative_age=90, reminder_days=[])
    answer = receptionist.post(NEW, typed(*ROWS))
    page = shown(answer)
    assert answer.status_code == 422
    assert "構成員の人数：代表者を含めて10人以上必要ですが、3人です。" in page
    assert "在住・在勤・在学の人が70％以上必要ですが、3人のうち2人です。" in page
    assert "16歳以上と定められていますが、1人の生年月日又は年齢が分かりません。" in page
    assert "代表者の年齢：90歳以上と定められていますが、" in page
    assert "施設管理責任者に登録を依頼してください。" in page
    assert 'name="waiver"' not in page
    assert groups() == []


def test_a_receptionists_reason_does_not_help(receptionist: Client) -> None:
    policy(least_members=10, reminder_days=[])
    answer = receptionist.post(NEW, typed(*ROWS, waiver="特に認める"))
    assert answer.status_code == 403
    assert "施設管理責任者だけができます。" in shown(answer)
    assert groups() == []


def test_the_managers_reason_does(manager: Client) -> None:
    policy(least_members=10, reminder_days=[])
    assert 'name="waiver"' in shown(manager.post(NEW, typed(*ROWS)))
    manager.post(NEW, typed(*ROWS, waiver="発足したばかりのため"))
    with as_tenant(CHUO):
        assert RegistrationAct.objects.get().reason == "発足したばかりのため"


def test_the_lecturer_cannot_be_the_representative_where_the_lecturer_is_asked(receptionist: Client) -> None:
    with as_tenant(CHUO):
        ItemPolicy.objects.create(item="lecturer", since=clock.today(), purpose_of_use="営利でないことの確認")
    page = shown(receptionist.post(NEW, typed(*ROWS, item_lecturer="架空一郎")))
    assert "講師は代表者になれません。" in page
    assert groups() == []


def test_a_representative_under_age_needs_the_guardians_where_the_tenant_asks(receptionist: Client) -> None:
    young = ("架空　一郎", "カクウ　イチロウ", "16", "resident", "")
    with as_tenant(CHUO):
        ItemPolicy.objects.create(item="guardian_consent", since=clock.today(), purpose_of_use="未成年の団体のため")
    page = shown(receptionist.post(NEW, typed(young)))
    assert "代表者が18歳未満のときは、保護者の同意が必要です。" in page
    assert receptionist.post(NEW, typed(young, item_guardian_consent="on")).status_code == 302


def test_a_similar_group_is_shown_with_its_grounds_and_asked_about(receptionist: Client) -> None:
    first = registered(group_name="架空囲碁クラブ", group_kana="カクウイゴクラブ")
    answer = receptionist.post(NEW, typed(*ROWS))
    page = shown(answer)
    assert answer.status_code == 409
    assert all(text in page for text in (first.number, "団体名が似ています", 'value="架空　幸子"'))
    assert len(groups()) == 1
    assert receptionist.post(NEW, typed(*ROWS, seen=str(first.pk))).status_code == 302
    with as_tenant(CHUO):
        assert DuplicateProposal.objects.get().grounds == ["group_name"]


def test_looking_for_similar_groups_is_audited_by_count(receptionist: Client) -> None:
    registered(group_name="架空囲碁クラブ", group_kana="カクウイゴクラブ")
    receptionist.post(NEW, typed(*ROWS, step="check"))
    with as_tenant(CHUO):
        audited = AuditEntry.objects.get(action=Action.SEARCH)
    assert audited.detail == {"by": "likeness", "found": 1}


def test_the_form_sent_twice_registers_once(receptionist: Client) -> None:
    sent = typed(*ROWS)
    answers = [receptionist.post(NEW, sent) for _ in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert len(groups()) == 1


def test_the_change_form_begins_with_what_is_registered(receptionist: Client) -> None:
    group = registered()
    page = shown(receptionist.get(f"/registrants/{group.pk}/group/"))
    assert all(text in page for text in ('value="見本体操クラブ"', 'value="ミホン　ハナコ"', "昭和25年4月2日"))
    with as_tenant(CHUO):
        viewed = AuditEntry.objects.get(action=Action.VIEW, object_type="roster")
    assert viewed.detail == {"found": 5}


def test_a_new_representative_and_roster_are_written(receptionist: Client) -> None:
    group = registered()
    sent = changing(group, *ROWS, family_name="後任", family_kana="コウニン", reason="代表者交代届")
    assert receptionist.post(f"/registrants/{group.pk}/group/", sent)["Location"] == f"/registrants/{group.pk}/"
    [found] = groups()
    assert (found.family_name, len(roster())) == ("後任", 3)
    page = shown(receptionist.get(f"/registrants/{group.pk}/"))
    assert "代表者交代届" in page


def test_a_page_from_before_somebody_elses_change_is_told_so(receptionist: Client) -> None:
    group = registered()
    sent = changing(group, *ROWS, version="0")
    answer = receptionist.post(f"/registrants/{group.pk}/group/", sent)
    assert answer.status_code == 409
    assert "ほかの人がこの登録を変更しました" in shown(answer)


def test_a_provisional_group_is_completed(receptionist: Client) -> None:
    group = factories.group(state=RegistrantState.PROVISIONAL)
    link = f"/registrants/{group.pk}/group/complete/"
    assert link in shown(receptionist.get(f"/registrants/{group.pk}/"))
    assert 'value="架空体操クラブ"' in shown(receptionist.get(link))
    answer = receptionist.post(link, changing(group, *ROWS, postal_code="270-1327"))
    assert answer.status_code == 302
    assert groups()[0].state == "active"


def test_it_is_not_completed_without_what_was_shown(receptionist: Client) -> None:
    group = factories.group(state=RegistrantState.PROVISIONAL)
    answer = receptionist.post(f"/registrants/{group.pk}/group/complete/", changing(group, *ROWS, document=""))
    assert answer.status_code == 422
    assert "確認した書類を選択してください。" in shown(answer)


def test_what_is_complete_says_so(receptionist: Client) -> None:
    page = shown(receptionist.get(f"/registrants/{registered().pk}/group/complete/"))
    assert "この登録は、仮登録ではありません。" in page


def test_a_roster_is_discarded_after_a_page_that_asks(receptionist: Client) -> None:
    group = registered()
    link = f"/registrants/{group.pk}/roster/discard/"
    assert "名簿の5人の氏名" in shown(receptionist.get(link))
    assert len(roster()) == 5
    receptionist.post(link, {"version": "1"})
    assert roster() == []
    page = shown(receptionist.get(f"/registrants/{group.pk}/"))
    assert all(text in page for text in ("廃棄した時の人数は5人です。", "市内在住 5", "70歳代 5"))
    assert "ハナコ" not in page


def test_a_roster_is_not_discarded_from_a_stale_page(receptionist: Client) -> None:
    group = registered()
    answer = receptionist.post(f"/registrants/{group.pk}/roster/discard/", {"version": "9"})
    assert answer.status_code == 409
    assert len(roster()) == 5


@pytest.mark.parametrize("page", ["group/", "group/complete/", "roster/discard/"])
def test_an_individual_has_no_such_page(receptionist: Client, page: str) -> None:
    assert receptionist.get(f"/registrants/{factories.individual().pk}/{page}").status_code == 404


@pytest.mark.parametrize("page", ["groups/new/", "{}/group/", "{}/group/complete/", "{}/roster/discard/"])
def test_nobody_without_the_role_does_any_of_it(accountant: Client, page: str) -> None:
    address = f"/registrants/{page.format(registered().pk)}"
    assert [accountant.get(address).status_code, accountant.post(address, typed(*ROWS)).status_code] == [403, 403]


@pytest.mark.parametrize("number", [1, 8])
def test_the_page_of_a_group_takes_as_many_statements_for_any_roster(receptionist: Client, number: int) -> None:
    group = registered(members=entry().members[:number])
    receptionist.get(f"/registrants/{group.pk}/")  # the process knows the directory now
    with count_statements() as statements:
        receptionist.get(f"/registrants/{group.pk}/")
    assert statements.count == 26, statements
