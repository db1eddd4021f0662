"""A merge or a visit against acts on the cards, here and at another facility, at the same moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

import psycopg
import pytest

from apps.registrants.card_errors import HolderNotInForceError
from apps.registrants.errors import WrongStateError
from apps.registrants.index_errors import CardExistsError, CardUnresolvedError
from apps.registrants.models import Card, Registrant, ReviewWay, Visit
from apps.registrants.rules.card_code import code_of
from apps.registrants.services.cards.issue import issue_senior_card
from apps.registrants.services.cards.standing import review_card, suspend_card
from apps.registrants.services.cards.visits import visit_by_scan
from apps.registrants.services.merge import merge
from kernel import clock
from shared.audit.models import Action, AuditEntry
from tests import factories
from tests.apps.bookings.services.test_races import together
from tests.apps.registrants.services.cards.making import OFFICER, fresh, senior_checked, senior_held
from tests.support.queueing import queued
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO, SPORTS

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("database")]
ROUNDS = 5
HOLDERS = "registrants_registrant"
BORN = dt.date(1944, 2, 3)
REFUSED = (CardExistsError, CardUnresolvedError, HolderNotInForceError, WrongStateError)
Work = Callable[[], object]


def merged(kept: Registrant, gone: Registrant) -> None:
    with as_tenant(CHUO):
        merge(actor=OFFICER, kept=kept.pk, gone=gone.pk, reason="二重登録")


def issued(card: Card, schema: str) -> None:
    with as_tenant(schema):
        issue_senior_card(actor=OFFICER, card=card.pk)


def at_once(*works: Work) -> list[bool]:
    """Whether each was done, or refused by a rule."""

    def run(number: int) -> bool:
        try:
            works[number]()
        except REFUSED:
            return False
        return True

    return together(len(works), run)


def live(superuser: psycopg.Connection) -> int:
    asked = "SELECT count(DISTINCT card_uid) FROM shared.senior_card_index WHERE status <> 'lapsed'"
    row = superuser.execute(asked).fetchone()
    assert row is not None
    return int(row[0])


def told(superuser: psycopg.Connection) -> int:
    row = superuser.execute("SELECT count(*) FROM shared.seniorcards_alert WHERE kind = 'duplicate'").fetchone()
    assert row is not None
    return int(row[0])


def forgotten(superuser: psycopg.Connection) -> None:
    for table in ("senior_card_index", "seniorcards_hit", "seniorcards_call", "seniorcards_alert"):
        superuser.execute(f"DELETE FROM shared.{table}")


def test_a_merge_against_an_issue_elsewhere_leaves_one_card(superuser: psycopg.Connection) -> None:
    for number in range(ROUNDS):
        born = BORN + dt.timedelta(days=number)
        held = senior_held(factories.individual(birth_date=born))
        kept = factories.individual(birth_date=born)
        draft = senior_checked(factories.individual(SPORTS, birth_date=born), SPORTS)
        done = at_once(partial(merged, kept, held.registrant), partial(issued, draft, SPORTS))
        assert done == [True, False]
        assert live(superuser) == 1
        assert fresh(held).registrant_id == kept.pk
        forgotten(superuser)


def test_a_merge_and_two_issues_at_once_leave_one_card(superuser: psycopg.Connection) -> None:
    for number in range(ROUNDS):
        born = BORN + dt.timedelta(days=number)
        here = senior_checked(factories.individual(birth_date=born))
        kept = factories.individual(birth_date=born)
        there = senior_checked(factories.individual(SPORTS, birth_date=born), SPORTS)
        at_once(
            partial(merged, kept, here.registrant),
            partial(issued, here, CHUO),
            partial(issued, there, SPORTS),
        )
        assert fresh(here).registrant_id == kept.pk
        states = [fresh(here).state, fresh(there, SPORTS).state]
        assert sorted(states) == ["active", "applied"]
        assert live(superuser) == 1
        forgotten(superuser)


def test_a_merge_into_another_name_is_never_silent_about_a_second_card(superuser: psycopg.Connection) -> None:
    for number in range(ROUNDS):
        born = BORN + dt.timedelta(days=number)
        held = senior_held(factories.individual(birth_date=born, family_name="旧姓", family_kana="キュウセイ"))
        kept = factories.individual(birth_date=born)
        draft = senior_checked(factories.individual(SPORTS, birth_date=born, given_kana="タロウ"), SPORTS)
        [_, is_issued] = at_once(partial(merged, kept, held.registrant), partial(issued, draft, SPORTS))
        assert fresh(held).registrant_id == kept.pk
        assert told(superuser) == (1 if is_issued else 0)
        assert live(superuser) == (2 if is_issued else 1)
        forgotten(superuser)


def reviewed(card: Card) -> None:
    with as_tenant(CHUO):
        review_card(actor=OFFICER, card=card.pk, on=clock.today(), way=ReviewWay.VISIT)


def test_an_act_before_a_merge_lets_it_wait_and_stops_it_not(superuser: psycopg.Connection) -> None:
    card = senior_held()
    kept = factories.individual(birth_date=BORN)
    queued(superuser, HOLDERS, card.registrant.pk, lambda: reviewed(card), lambda: merged(kept, card.registrant))
    now = fresh(card)
    assert (now.registrant_id, now.reviewed_on is not None) == (kept.pk, True)


def test_an_act_that_waited_for_a_merge_is_done_for_the_record_that_stays(superuser: psycopg.Connection) -> None:
    card = senior_held()
    kept = factories.individual(birth_date=BORN)

    def stopped() -> None:
        with as_tenant(CHUO):
            suspend_card(actor=OFFICER, card=card.pk, reason="照会中")

    queued(superuser, HOLDERS, card.registrant.pk, lambda: merged(kept, card.registrant), stopped)
    assert (fresh(card).registrant_id, fresh(card).state) == (kept.pk, "suspended")
    with as_tenant(CHUO):
        entry = AuditEntry.objects.get(action=Action.CHANGE, object_type="card", detail__act="suspend")
        assert entry.persons == [kept.pk]


def test_an_application_that_moves_while_it_is_issued_is_issued_to_the_record_that_stays(
    superuser: psycopg.Connection,
) -> None:
    card = senior_checked(factories.individual(birth_date=BORN))
    kept = factories.individual(birth_date=BORN)
    queued(superuser, HOLDERS, card.registrant.pk, lambda: merged(kept, card.registrant), lambda: issued(card, CHUO))
    assert (fresh(card).registrant_id, fresh(card).state) == (kept.pk, "active")
    assert live(superuser) == 1


def test_a_visit_and_an_act_on_the_card_do_not_stop_each_other(superuser: psycopg.Connection) -> None:
    card = senior_held()
    place = factories.facility()
    scanned = code_of(str(card.number), card.branch)

    def visited() -> None:
        with as_tenant(CHUO):
            assert visit_by_scan(actor=OFFICER, text=scanned, facility=place.pk).is_new

    queued(superuser, HOLDERS, card.registrant.pk, partial(reviewed, card), visited)
    assert fresh(card).reviewed_on is not None
    with as_tenant(CHUO):
        assert Visit.objects.get().card_id == card.pk
