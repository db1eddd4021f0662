"""The register of issues (交付台帳): what stood on a print, what was done with it, and that nothing is written over."""

from __future__ import annotations

import datetime as dt

import psycopg
import pytest

from apps.registrants.card_errors import CardInWrongStateError, NameNotPrintableError
from apps.registrants.models import CardIssue, IssueCause, Registrant
from apps.registrants.queries.cards import issuers_on, register_of
from apps.registrants.rules.card_face import outdated
from apps.registrants.services.cards.faces import face_now, printed_face
from apps.registrants.services.cards.issue import issue_senior_card, reissue_card
from apps.registrants.services.cards.print_jobs import CARD_SHEETS, make_waiting_sheets, order_sheets
from apps.registrants.services.cards.printing import print_card, print_register, register_name
from apps.registrants.services.cards.standing import return_old_print, suspend_card
from kernel import clock
from kernel.wareki import fiscal_year, format_date
from shared.seniorcards.models import CallPurpose
from shared.vault.printing import jobs
from tests import factories
from tests.apps.registrants.services.cards.making import (
    OFFICER,
    deeds_of,
    fresh,
    group_issued,
    prints_of,
    senior_checked,
    senior_held,
)
from tests.shared.documents.pdf import reader, words
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
A_SHEET = 7
"""Statements by which a print job goes on by a sheet."""


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("card SET number = 'RA-999999-0'", "a_card_keeps_its_number"),
        ("card SET number = NULL, state = 'applied'", "a_card_keeps_its_number"),
        ("card SET kind = 'group', qualification = ''", "a_card_keeps_its_number"),
        ("card SET branch = branch - 1", "branches_follow_one_another"),
        ("card SET branch = branch + 2", "branches_follow_one_another"),
        ("cardissue SET voided_on = NULL WHERE branch = 1", "a_line_of_the_register_is_kept"),
        ("cardissue SET voided_on = '2001-01-01' WHERE branch = 1", "a_line_of_the_register_is_kept"),
        ("cardissue SET handed_over_on = NULL WHERE branch = 1", "a_line_of_the_register_is_kept"),
        ("cardissue SET returned_on = '2001-01-01' WHERE branch = 1", "a_line_of_the_register_is_kept"),
        ("cardissue SET cause = 'new' WHERE branch = 2", "a_line_of_the_register_is_kept"),
        ("cardissue SET made_on = '2001-01-01'", "a_line_of_the_register_is_kept"),
        ("cardissue SET branch = branch + 5", "a_line_of_the_register_is_kept"),
        ("cardissue SET printed = -1", "a_line_of_the_register_is_kept"),
        ("""cardissue SET face = '{"name": "別人"}'""", "a_line_of_the_register_is_kept"),
    ],
)
def test_postgresql_lets_nobody_write_over_a_number_or_a_line_of_the_register(
    superuser: psycopg.Connection, change: str, constraint: str
) -> None:
    card = senior_held()
    with as_tenant(CHUO):
        reissue_card(actor=OFFICER, card=card.pk, cause=IssueCause.DAMAGED, reason="破損", is_returned=True)
    with pytest.raises(psycopg.errors.CheckViolation) as refused:
        superuser.execute(f"UPDATE chuo.registrants_{change}")
    assert refused.value.diag.constraint_name == constraint


def test_a_print_keeps_what_stands_on_it_and_its_page_tells_when_that_is_out_of_date() -> None:
    card = senior_held(factories.individual(family_name="見本", birth_date=dt.date(1944, 4, 4)))
    with as_tenant(CHUO):
        Registrant.objects.filter(pk=card.registrant_id).update(family_name="新見本", address="架空市例示2-1")
        made = CardIssue.objects.select_related("card__registrant").get(card=card)
        assert outdated(printed_face(made), face_now(made.card)) == ("name", "town")
        assert register_name(made) == "見本　太郎"


def test_a_name_that_no_font_has_is_printed_by_substitute_and_marked() -> None:
    card = senior_checked(factories.individual(family_name="\U00030edd島", birth_date=dt.date(1944, 4, 5)))
    with as_tenant(CHUO):
        for substitute in ("", "\U00030edd嶋　太郎"):
            with pytest.raises(NameNotPrintableError) as refused:
                issue_senior_card(actor=OFFICER, card=card.pk, substitute=substitute)
            assert refused.value.params["characters"] == "\U00030edd"
        issue_senior_card(actor=OFFICER, card=card.pk, substitute="見島　太郎")
        text = words(print_card(actor=OFFICER, card=card.pk))
    assert "枝番1正字あり氏名見島太郎" in text
    face = prints_of(card)[0].face
    assert face is not None
    assert face["name"] == "\U00030edd島　太郎"


def test_nobody_prints_another_name_than_the_registered_one_while_it_can_be_printed() -> None:
    card = senior_checked(factories.individual(family_name="見本", birth_date=dt.date(1944, 4, 6)))
    with as_tenant(CHUO):
        issue_senior_card(actor=OFFICER, card=card.pk, substitute="別人　花子")
        assert "氏名見本太郎" in words(print_card(actor=OFFICER, card=card.pk))


def test_an_old_print_that_comes_back_is_noted_once_and_the_card_holds_on() -> None:
    card = senior_held()
    with as_tenant(CHUO):
        reissue_card(actor=OFFICER, card=card.pk, cause=IssueCause.LOST, reason="紛失", is_returned=False)
        return_old_print(actor=OFFICER, card=card.pk, branch=1)
        for branch in (1, 2, 3):
            with pytest.raises(CardInWrongStateError):
                return_old_print(actor=OFFICER, card=card.pk, branch=branch)
    assert fresh(card).state == "active"
    assert [made.returned_on for made in prints_of(card)] == [clock.today(), None]
    assert deeds_of(card)[-1] == "return"


def test_the_register_bears_the_old_name_and_every_act_beside_the_print_that_it_is_about() -> None:
    card = senior_held(factories.individual(family_name="旧本", birth_date=dt.date(1944, 4, 7)))
    with as_tenant(CHUO):
        Registrant.objects.filter(pk=card.registrant_id).update(family_name="新本")
    factories.checked_for_duplicates(card, CHUO, purpose=CallPurpose.REISSUE)
    with as_tenant(CHUO):
        reissue_card(actor=OFFICER, card=card.pk, cause=IssueCause.CHANGE, reason="改姓の届", is_returned=False)
        suspend_card(actor=OFFICER, card=card.pk, reason="照会中のため")
        return_old_print(actor=OFFICER, card=card.pk, branch=1)
        text = words(print_register(actor=OFFICER, kind="senior", year=fiscal_year(clock.today())))
    day = format_date(clock.today())
    first, second = text.index("旧本太郎"), text.index("新本太郎")
    assert first < text.index(f"{day}返還") < second
    assert second < text.index(f"{day}停止（照会中のため）")
    assert "割印" in text


@pytest.mark.parametrize("count", [1, 4])
def test_register_and_issuers_take_the_same_statements_whatever_is_in_them(count: int) -> None:
    for _ in range(count):
        senior_held()
    year, today = fiscal_year(clock.today()), clock.today()
    with as_tenant(CHUO):
        with count_statements() as statements:
            [register_name(made) for made in register_of("senior", year)]
        assert statements.count == 3
        with count_statements() as statements:
            issuers_on({today - dt.timedelta(days=one) for one in range(count)})
        assert statements.count == 2


@pytest.mark.slow
def test_two_hundred_cards_are_one_file_and_cost_statements_by_the_sheet(superuser: psycopg.Connection) -> None:
    """Each of the twenty sheets is a step whose progress is kept; its cards cost no statement of their own."""
    taken, pages = {}, 0
    for count in (2, 10, 200):
        cards = [group_issued(factories.group(group_name=f"架空第{count}の{one}会")).pk for one in range(count)]
        with as_tenant(CHUO):
            with count_statements() as statements:
                job = order_sheets(actor=OFFICER, cards=cards, start=1)
                assert make_waiting_sheets() == 1
            pages = len(reader(jobs.fetch(CARD_SHEETS, actor=OFFICER, job=job.pk, terminal=None).content).pages)
        taken[count] = statements.count
    assert pages == 40
    assert taken[2] == taken[10]
    assert taken[200] - taken[10] == 19 * A_SHEET
