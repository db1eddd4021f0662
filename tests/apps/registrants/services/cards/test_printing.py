"""Printing cards and the register: counted and audited, and never a copy of what was handed over."""

from __future__ import annotations

import datetime as dt

import psycopg
import pytest

from apps.registrants.card_errors import CardInWrongStateError, NothingToPrintError, PrintHandedOverError
from apps.registrants.models import IssueCause
from apps.registrants.services.cards.issue import reissue_card
from apps.registrants.services.cards.printing import print_card, print_register, print_sheet
from apps.registrants.services.cards.standing import suspend_card
from kernel import clock
from kernel.wareki import fiscal_year, format_date
from shared.audit.models import Action, AuditEntry
from tests import factories
from tests.apps.registrants.services.cards.making import OFFICER, group_issued, prints_of, senior_held, senior_issued
from tests.shared.documents.pdf import reader, words
from tests.support.queueing import queued
from tests.support.scopes import as_tenant
from tests.support.tenants import BUNKA, CHUO

pytestmark = pytest.mark.usefixtures("database")


def test_a_print_bears_what_is_registered_and_who_issues_it() -> None:
    card = senior_issued(factories.individual(family_name="見本"))
    with as_tenant(CHUO):
        text = words(print_card(actor=OFFICER, card=card.pk))
    for part in (
        f"登録番号{card.number}",
        "氏名見本太郎",
        "生年月日昭和25年4月1日",
        format_date(clock.today()),
        "発行施設架空総合福祉センター",
        "架空市架空総合福祉センター指定管理者架空市社協・見本会共同事業体",
    ):
        assert part in text


def test_a_facility_of_the_city_issues_in_the_mayors_name() -> None:
    card = group_issued(factories.group(BUNKA, valid_until=dt.date(2029, 3, 31)), BUNKA)
    with as_tenant(BUNKA):
        text = words(print_card(actor=OFFICER, card=card.pk))
    assert "発行者架空市長" in text
    assert "有効期限令和11年3月31日" in text


def test_the_address_goes_up_to_the_town_where_there_is_room_for_it() -> None:
    card = senior_issued(factories.individual(BUNKA, address="千葉県架空市見本台3-4 例示荘"), BUNKA)
    with as_tenant(BUNKA):
        assert "住所千葉県架空市見本台交付年月日" in words(print_card(actor=OFFICER, card=card.pk))


def test_each_print_is_counted_and_audited() -> None:
    card = senior_issued()
    with as_tenant(CHUO):
        print_card(actor=OFFICER, card=card.pk)
        print_card(actor=OFFICER, card=card.pk)
        entries = list(AuditEntry.objects.filter(action=Action.PRINT).values_list("actor_id", "detail"))
    assert prints_of(card)[0].printed == 2
    assert entries == [
        (OFFICER.id, {"form": "card", "branch": 1, "before": 1}),
        (OFFICER.id, {"form": "card", "branch": 1, "before": 0}),
    ]


def test_what_was_handed_over_is_not_copied_but_replaced() -> None:
    card = senior_held()
    with as_tenant(CHUO):
        with pytest.raises(PrintHandedOverError):
            print_card(actor=OFFICER, card=card.pk)
        reissue_card(actor=OFFICER, card=card.pk, cause=IssueCause.LOST, reason="紛失", is_returned=False)
        text = words(print_card(actor=OFFICER, card=card.pk))
    assert "枝番2再交付" in text


def test_a_card_that_is_stopped_is_not_printed() -> None:
    card = senior_issued()
    with as_tenant(CHUO):
        suspend_card(actor=OFFICER, card=card.pk, reason="照会中")
        with pytest.raises(CardInWrongStateError):
            print_card(actor=OFFICER, card=card.pk)


def test_a_sheet_holds_those_chosen_that_still_wait() -> None:
    cards = [senior_issued(), group_issued(), senior_held()]
    with as_tenant(CHUO):
        pdf = print_sheet(actor=OFFICER, cards=[card.pk for card in cards], start=10)
    assert len(reader(pdf).pages) == 4
    assert [prints_of(card)[0].printed for card in cards] == [1, 1, 0]


def test_a_sheet_of_nothing_is_not_printed() -> None:
    held = senior_held()
    for cards in ([], [held.pk]):
        with as_tenant(CHUO), pytest.raises(NothingToPrintError):
            print_sheet(actor=OFFICER, cards=cards, start=1)


def test_the_register_lists_every_print_of_the_year_and_kind() -> None:
    card = senior_held(factories.individual(family_name="見本"))
    group_issued(factories.group(group_name="架空卓球会"))
    with as_tenant(CHUO):
        reissue_card(actor=OFFICER, card=card.pk, cause=IssueCause.DAMAGED, reason="破損", is_returned=True)
        text = words(print_register(actor=OFFICER, kind="senior", year=fiscal_year(clock.today())))
        before = words(print_register(actor=OFFICER, kind="senior", year=2020))
        audit = AuditEntry.objects.filter(object_type="card_register").last()
    assert "老人福祉センター・老人憩いの家登録証交付台帳" in text
    assert text.count(str(card.number)) == 2
    assert "再交付（破損）" in text
    assert "架空卓球会" not in text
    assert "この年度に交付したカードはありません。" in before
    assert audit is not None
    assert audit.detail["lines"] == 2


@pytest.mark.race
def test_a_card_that_is_printed_while_it_is_made_anew_comes_as_the_new_print(superuser: psycopg.Connection) -> None:
    card = senior_issued()
    [old] = prints_of(card)

    def replaced() -> None:
        with as_tenant(CHUO):
            reissue_card(actor=OFFICER, card=card.pk, cause=IssueCause.DAMAGED, reason="破損", is_returned=True)

    def printed() -> str:
        with as_tenant(CHUO):
            return words(print_card(actor=OFFICER, card=card.pk))

    _, text = queued(superuser, "registrants_cardissue", old.pk, replaced, printed)
    assert "枝番2再交付" in str(text)
    assert sorted((made.branch, made.printed) for made in prints_of(card)) == [(1, 0), (2, 1)]
