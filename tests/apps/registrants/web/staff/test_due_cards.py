"""現況確認と有効期限: what the 登録証担当 has to look after, on a page, at the board, and at a scan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from apps.registrants.models import Card, RegistrationPolicy
from apps.registrants.rules.card_code import code_of
from kernel import clock
from shared.audit.models import Action
from shared.staff.models import Role
from tests import factories
from tests.apps.bookings.web.staff.asking import audited, text_of
from tests.apps.registrants.services.cards.making import fresh, senior_held
from tests.support.clients import signed_in
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO


@pytest.fixture
def officer(desk_client: Callable[[str], Client]) -> Client:
    return signed_in(desk_client(CHUO), factories.clerk(roles=[Role.CARD_OFFICER, Role.RECEPTION]))


@pytest.fixture
def receptionist(desk_client: Callable[[str], Client]) -> Client:
    return signed_in(desk_client(CHUO), factories.clerk(roles=[Role.RECEPTION]))


def held(**values: dt.date | str) -> Card:
    card = senior_held()
    with as_tenant(CHUO):
        Card.objects.filter(pk=card.pk).update(**values)
    return card


def years_ago(days: int = 0) -> dt.date:
    today = clock.today()
    return dt.date(today.year - 3, today.month, min(today.day, 28)) + dt.timedelta(days=days)


def test_reviews_are_listed_the_longest_due_first_and_what_is_far_is_not(officer: Client) -> None:
    over, near = held(issued_on=years_ago(-40)), held(issued_on=dt.date(2000, 1, 1), reviewed_on=years_ago(40))
    far, void = held(issued_on=years_ago(100)), held(issued_on=years_ago(-40), state="lapsed", lapse_cause="died")
    shown = text_of(officer.get("/cards/due/"))
    assert shown.index(str(over.number)) < shown.index(str(near.number))
    assert shown.count("過ぎています") == 1
    assert str(far.number) not in shown
    assert str(void.number) not in shown
    assert [entry.detail for entry in audited(Action.VIEW, "cards_due")] == [{"list": "review", "shown": 2}]


def test_cards_that_end_are_listed_until_they_lapse(officer: Client) -> None:
    over = held(valid_until=clock.today() - dt.timedelta(days=3))
    near = held(valid_until=clock.today() + dt.timedelta(days=60))
    far, endless = held(valid_until=clock.today() + dt.timedelta(days=61)), held()
    shown = text_of(officer.get("/cards/due/?list=end"))
    assert shown.index(str(over.number)) < shown.index(str(near.number))
    assert str(far.number) not in shown
    assert str(endless.number) not in shown


def test_where_there_is_no_review_none_is_due(officer: Client) -> None:
    card = held(issued_on=years_ago(-40))
    with as_tenant(CHUO):
        RegistrationPolicy.objects.create(valid_from=clock.today(), senior_review_years=0)
    shown = text_of(officer.get("/cards/due/"))
    assert "現況確認を行わない設定です。" in shown
    assert str(card.number) not in shown


def test_a_review_takes_a_card_off_the_list_and_off_the_board(officer: Client) -> None:
    card = held(issued_on=years_ago(-40))
    assert "現況確認の時期を過ぎた登録証" in text_of(officer.get("/"))
    values = {"version": 1, "on": clock.today().isoformat(), "way": "phone"}
    assert officer.post(f"/cards/{card.pk}/acts/review/", values).status_code == 302
    assert "電話で本人に確認" in text_of(officer.get(f"/cards/{card.pk}/"))
    assert str(card.number) not in text_of(officer.get("/cards/due/"))
    assert "現況確認の時期を過ぎた登録証" not in text_of(officer.get("/"))


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "確認の方法を選んでください。"),
        ({"way": "visit", "on": ""}, "日付を入力してください。"),
        ({"way": "visit", "on": "2999-01-01"}, "現況確認の日は、今日までの日を入力してください。"),
        ({"way": "visit", "on": "昭和63年12月31日"}, "平成元年（1989年）1月8日以後の日付を入力してください。"),
        ({"way": "visit", "on": "1990-01-01"}, "現況確認の日が、交付年月日より前です。"),
    ],
)
def test_a_review_of_one_says_the_day_and_the_way_too(officer: Client, values: dict[str, str], sentence: str) -> None:
    card = held(issued_on=years_ago(-40))
    page = f"/cards/{card.pk}/acts/review/"
    assert f'value="{clock.today().isoformat()}"' in officer.get(page).content.decode()
    answer = officer.post(page, {"version": 1, "on": clock.today().isoformat(), **values})
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert fresh(card).reviewed_on is None


def test_at_the_counter_a_scan_says_that_a_review_is_due(receptionist: Client) -> None:
    place = str(factories.facility().pk)
    late, fresh = held(issued_on=years_ago(-40)), held()
    told = [
        text_of(receptionist.post("/scan/", {"q": code_of(str(card.number), 1), "mode": "visit", "facility": place}))
        for card in (late, fresh)
    ]
    assert ["現況確認の期日" in said for said in told] == [True, False]


def test_the_counter_alone_sees_no_lists(receptionist: Client) -> None:
    assert receptionist.get("/cards/due/").status_code == 403
    assert "/cards/due/" not in receptionist.get("/cards/").content.decode()


def test_lists_and_reminders_take_the_same_statements_whatever_their_length(officer: Client) -> None:
    taken = []
    for more in (1, 2):
        for _ in range(more):
            held(issued_on=years_ago(-40), valid_until=clock.today())
        for page in ("/cards/due/", "/"):
            with count_statements() as statements:
                officer.get(page)
            taken.append(statements.count)
    assert taken[:2] == taken[2:]
    assert taken[0] == 7


def said(*cards: Card) -> dict[str, Any]:
    return {"cards": [str(card.pk) for card in cards], "on": clock.today().isoformat(), "way": "phone"}


def test_many_are_noted_together_and_leave_the_list(officer: Client) -> None:
    first, second, third = (held(issued_on=years_ago(-40)) for _ in range(3))
    answer = officer.post("/cards/due/", said(first, second), follow=True)
    shown = text_of(answer)
    assert "2件の現況確認を記録しました。" in shown
    assert [str(card.number) in shown for card in (first, second, third)] == [False, False, True]


def test_one_that_cannot_be_noted_is_told_by_its_number(officer: Client) -> None:
    good, void = held(issued_on=years_ago(-40)), held(issued_on=years_ago(-40), state="lapsed", lapse_cause="died")
    answer = officer.post("/cards/due/", said(good, void))
    shown = text_of(answer)
    assert answer.status_code == 200
    assert "1件の現況確認を記録しました。" in shown
    told = answer.content.decode().split("現況確認を記録できなかったもの")[1].split("</div>")[0]
    assert (str(void.number) in told, str(good.number) in told) == (True, False)
    again = officer.post("/cards/due/", said(good, void))
    assert again.status_code == 409
    assert "この日以後の現況確認が、すでに記録されています。" in text_of(again)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"cards": []}, "現況を確認した登録証を選んでください。"),
        ({"cards": "nonsense"}, "登録証を一覧から選んでください。"),
        ({"on": ""}, "日付を入力してください。"),
        ({"on": "きのう"}, "日付は 2026-04-01 の形で入力してください。"),
        ({"on": "2999-01-01"}, "現況確認の日は、今日までの日を入力してください。"),
        ({"on": "昭和63年12月31日"}, "平成元年（1989年）1月8日以後の日付を入力してください。"),
        ({"way": ""}, "確認の方法を選んでください。"),
        ({"way": "dream"}, "確認の方法を一覧から選んでください。"),
    ],
)
def test_what_does_not_fit_is_told_and_what_was_chosen_stays(
    officer: Client, values: dict[str, Any], sentence: str
) -> None:
    card = held(issued_on=years_ago(-40))
    answer = officer.post("/cards/due/", said(card) | values)
    page = answer.content.decode()
    assert (answer.status_code, sentence in page) == (422, True)
    assert (f'value="{card.pk}" checked' in page) == ("cards" not in values)
    with as_tenant(CHUO):
        assert Card.objects.get(pk=card.pk).reviewed_on is None


def test_the_counter_alone_notes_no_review(receptionist: Client) -> None:
    card = held(issued_on=years_ago(-40))
    assert receptionist.post("/cards/due/", said(card)).status_code == 403
    with as_tenant(CHUO):
        assert Card.objects.get(pk=card.pk).reviewed_on is None
