"""What the index of all facilities says of a card after every act on it and on its holder, each card state by itself.

The index tells of the card: a registration that is stopped (利用停止) or over leaves its card in force, so that nobody
gets a second one elsewhere, and no other facility learns of it. With a closing the card ends, and the index says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

from apps.registrants.index_errors import CardExistsError
from apps.registrants.merging_errors import BothHaveCardError
from apps.registrants.models import Card, CloseCause, IdentityDocument, IssueCause, LapseCause, Registrant, ReviewWay
from apps.registrants.rules.entry import Person
from apps.registrants.rules.policy import DEFAULT
from apps.registrants.services.cards import issue, standing
from apps.registrants.services.cards.hand_over import hand_over_card
from apps.registrants.services.change import change_individual
from apps.registrants.services.close import close, reopen
from apps.registrants.services.keep_states import follow_closings, follow_states
from apps.registrants.services.lapse import close_unrenewed
from apps.registrants.services.merge import merge, unmerge
from apps.registrants.services.renew import renew
from apps.registrants.services.retokening import rebuild_all
from apps.registrants.services.suspend import lift, suspend
from kernel import clock
from kernel.errors import DomainError
from shared.seniorcards import upkeep
from shared.seniorcards.models import Grade
from tests import factories
from tests.apps.registrants.services.cards.making import OFFICER, fresh, senior_applied, senior_checked, senior_held
from tests.support.fixtures import Freeze
from tests.support.scopes import as_city, as_tenant
from tests.support.tenants import CHUO, SPORTS

pytestmark = pytest.mark.usefixtures("database")
DAY: Final = dt.timedelta(days=1)
STATES: Final = ("applied", "active", "suspended", "lapsed")
LIVE: Final = ("active", "suspended")
Index = Callable[[Card], str | None]


@pytest.fixture
def index(superuser: psycopg.Connection) -> Index:
    """What the index says of a card; None: nothing."""

    def status(card: Card) -> str | None:
        asked = "SELECT DISTINCT status FROM shared.senior_card_index WHERE card_uid = %s"
        rows = superuser.execute(asked, [card.pk]).fetchall()
        assert len(rows) <= 1
        return str(rows[0][0]) if rows else None

    return status


def card_in(state: str, person: Registrant | None = None) -> Card:
    card = senior_checked(person) if state == "applied" else senior_held(person)
    with as_tenant(CHUO):
        if state == "suspended":
            standing.suspend_card(actor=OFFICER, card=card.pk, reason="照会中")
        if state == "lapsed":
            standing.lapse_card(actor=OFFICER, card=card.pk, cause=LapseCause.MOVED)
        return Card.objects.select_related("registrant").get(pk=card.pk)


def differing() -> list[str]:
    """What a rebuild of the index from the tenants would change of the cards in force."""
    with as_city():
        run = upkeep.rebuild_begin()
    with as_tenant(CHUO):
        list(rebuild_all(run))
        live = set(Card.objects.filter(state__in=LIVE).values_list("pk", flat=True))
    with as_city():
        return [one.what for one in upkeep.differences() if one.card in live]


def rename(person: Registrant) -> None:
    now = Registrant.objects.get(pk=person.pk)
    said = Person(
        "例示", now.given_name, "レイジ", now.given_kana, now.postal_code, now.address, now.phone, now.birth_date
    )
    change_individual(actor=OFFICER, registrant=now.pk, seen_version=now.version, person=said, extras=now.extras)


def _renamed(person: Registrant, _other: Registrant) -> None:
    rename(person)


def _suspended(person: Registrant, _other: Registrant) -> None:
    suspend(actor=OFFICER, registrant=person.pk, first=clock.today(), last=None, reason="規則違反")


def _lifted(person: Registrant, other: Registrant) -> None:
    _suspended(person, other)
    lift(actor=OFFICER, registrant=person.pk, effective_on=clock.today(), reason="解除")


def _expired(person: Registrant, _other: Registrant) -> None:
    Registrant.objects.filter(pk=person.pk).update(valid_until=clock.today() - 40 * DAY)
    assert follow_states() == 1


def _renewed(person: Registrant, other: Registrant) -> None:
    _expired(person, other)
    renew(actor=OFFICER, registrant=person.pk, valid_until=clock.today() + 365 * DAY, reason="更新")


def _not_renewed(person: Registrant, other: Registrant) -> None:
    _expired(person, other)
    assert close_unrenewed(replace(DEFAULT, grace_days=30)) == 1


def _closed(person: Registrant, _other: Registrant, day: dt.date | None = None) -> None:
    day = day or clock.today()
    close(actor=OFFICER, registrant=person.pk, cause=CloseCause.MOVED, reason="転出", effective_on=day)


def _closed_ahead(person: Registrant, other: Registrant) -> None:
    _closed(person, other, clock.today() + DAY)


def _reopened(person: Registrant, other: Registrant) -> None:
    _closed(person, other)
    reopen(actor=OFFICER, registrant=person.pk, reason="誤り")


def _merged(person: Registrant, other: Registrant) -> None:
    merge(actor=OFFICER, kept=other.pk, gone=person.pk, reason="二重登録")


def _keeping(person: Registrant, other: Registrant) -> None:
    merge(actor=OFFICER, kept=person.pk, gone=other.pk, reason="二重登録")


def _parted(person: Registrant, other: Registrant) -> None:
    _merged(person, other)
    unmerge(actor=OFFICER, registrant=person.pk, reason="別人")


AS_IT_WAS: Final = MappingProxyType({"applied": None, "active": "active", "suspended": "suspended", "lapsed": "lapsed"})
OVER: Final = MappingProxyType({"applied": None, "active": "lapsed", "suspended": "lapsed", "lapsed": "lapsed"})
OF_HOLDERS: Final = (
    (_renamed, AS_IT_WAS),
    (_suspended, AS_IT_WAS),
    (_lifted, AS_IT_WAS),
    (_expired, AS_IT_WAS),
    (_renewed, AS_IT_WAS),
    (_not_renewed, OVER),
    (_closed, OVER),
    (_closed_ahead, AS_IT_WAS),
    (_reopened, OVER),
    (_merged, AS_IT_WAS),
    (_keeping, AS_IT_WAS),
    (_parted, AS_IT_WAS),
)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("act", "expected"), OF_HOLDERS)
def test_after_an_act_on_the_holder(
    act: Callable[[Registrant, Registrant], None], expected: Mapping[str, str | None], state: str, index: Index
) -> None:
    card = card_in(state)
    other = factories.individual(family_kana="マルマル", birth_date=card.registrant.birth_date)
    with as_tenant(CHUO):
        act(card.registrant, other)
    assert index(card) == expected[state]
    assert index(card) == (None if state == "applied" else fresh(card).state)
    assert not differing()


def test_a_closing_ahead_reaches_the_index_on_its_day(index: Index, freeze: Freeze) -> None:
    card = card_in("active")
    with as_tenant(CHUO):
        _closed_ahead(card.registrant, card.registrant)
    freeze(f"{clock.today() + DAY} 09:00")
    with as_tenant(CHUO):
        assert follow_closings() == 1
    assert (index(card), fresh(card).state) == ("lapsed", "lapsed")


@pytest.mark.parametrize("gone", STATES)
@pytest.mark.parametrize("kept", STATES)
def test_merging_two_who_both_hold_one_and_parting_them_again(kept: str, gone: str, index: Index) -> None:
    stays, goes = card_in(kept), card_in(gone)
    before = (index(stays), index(goes))
    with as_tenant(CHUO):
        if "lapsed" not in (kept, gone):
            with pytest.raises(BothHaveCardError):
                _merged(goes.registrant, stays.registrant)
            assert (index(stays), index(goes)) == before
            return
        _merged(goes.registrant, stays.registrant)
    assert fresh(goes).registrant_id == stays.registrant_id
    assert (index(stays), index(goes)) == before
    assert not differing()
    with as_tenant(CHUO):
        unmerge(actor=OFFICER, registrant=goes.registrant_id, reason="別人")
    assert fresh(goes).registrant_id == goes.registrant_id
    assert (index(stays), index(goes)) == before
    assert not differing()


def found_elsewhere(person: Registrant) -> list[int]:
    """The grades that another facility is told about this person, at this moment."""
    names = ("family_name", "given_name", "family_kana", "given_kana", "birth_date")
    same = factories.individual(SPORTS, **{name: getattr(person, name) for name in names})
    draft = senior_applied(same, SPORTS)
    return [one.grade for one in factories.checked_for_duplicates(draft, SPORTS)]


def test_another_facility_finds_a_merged_card_at_once_by_the_name_that_stays() -> None:
    card = card_in("active")
    other = factories.individual(
        family_kana="マルマル", family_name="丸々", given_kana="ハナコ", birth_date=dt.date(1939, 5, 5)
    )
    with as_tenant(CHUO):
        _merged(card.registrant, other)
    names = {
        "given_kana": "ハナコ",
        "birth_date": dt.date(1939, 5, 5),
        "family_kana": "マルマル",
        "family_name": "丸々",
    }
    draft = senior_applied(factories.individual(SPORTS, **names), SPORTS)
    assert [one.grade for one in factories.checked_for_duplicates(draft, SPORTS)] == [Grade.EXACT]
    assert found_elsewhere(card.registrant) == []
    with as_tenant(CHUO):
        unmerge(actor=OFFICER, registrant=card.registrant_id, reason="別人")
    assert found_elsewhere(card.registrant) == [Grade.EXACT]


def test_another_facility_finds_a_renamed_holder_at_once() -> None:
    card = card_in("suspended")
    with as_tenant(CHUO):
        rename(card.registrant)
    with as_tenant(CHUO):
        now = Registrant.objects.get(pk=card.registrant_id)
    assert found_elsewhere(now) == [Grade.EXACT]
    assert found_elsewhere(card.registrant) == []


def do(act: str, card: Card) -> None:
    found = {
        "issue": lambda: issue.issue_senior_card(actor=OFFICER, card=card.pk),
        "hand_over": lambda: hand_over_card(actor=OFFICER, card=card.pk, document=IdentityDocument.PASSPORT),
        "reissue": lambda: issue.reissue_card(
            actor=OFFICER, card=card.pk, cause=IssueCause.LOST, reason="紛失", is_returned=False
        ),
        "renew": lambda: issue.renew_card(actor=OFFICER, card=card.pk),
        "review": lambda: standing.review_card(actor=OFFICER, card=card.pk, on=clock.today(), way=ReviewWay.VISIT),
        "suspend": lambda: standing.suspend_card(actor=OFFICER, card=card.pk, reason="照会中"),
        "resume": lambda: standing.resume_card(actor=OFFICER, card=card.pk, reason="解除"),
        "return": lambda: standing.return_card(actor=OFFICER, card=card.pk),
        "lapse": lambda: standing.lapse_card(actor=OFFICER, card=card.pk, cause=LapseCause.REVOKED),
        "expire": standing.lapse_expired_cards,
    }
    found[act]()


SAME: Final = {"active": "active", "suspended": "suspended"}
OF_CARDS: Final[Mapping[str, Mapping[str, str | None]]] = MappingProxyType(
    {
        "issue": {"applied": "active"},
        "hand_over": {},  # it is in its holder's hands
        "reissue": {"active": "active"},
        "renew": {"active": "active"},
        "review": SAME,
        "suspend": {"active": "suspended"},
        "resume": {"suspended": "active"},
        "return": {"active": "lapsed", "suspended": "lapsed", "lapsed": "lapsed"},
        "lapse": {"applied": None, "active": "lapsed", "suspended": "lapsed"},
        "expire": {"applied": None, "active": "lapsed", "suspended": "suspended", "lapsed": "lapsed"},
    }
)
"""Act -> state -> what the index says then; where there is no line, the act is refused and the index as it was."""


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("act", OF_CARDS)
def test_after_an_act_on_the_card(act: str, state: str, index: Index) -> None:
    card = card_in(state)
    if act in {"renew", "expire"}:
        last = clock.today() - (61 * DAY if act == "expire" else DAY)
        with as_tenant(CHUO):
            Card.objects.filter(pk=card.pk).update(valid_until=last)
    before, expected = index(card), OF_CARDS[act]
    with as_tenant(CHUO):
        if state in expected:
            do(act, card)
        else:
            with pytest.raises(DomainError):
                do(act, card)
    assert index(card) == expected.get(state, before)
    now = fresh(card).state
    assert index(card) == (now if now in LIVE or state != "applied" else None)
    assert not differing()


@pytest.mark.parametrize("act", ["suspend", "lapse", "return"])
def test_what_is_undone_with_its_transaction_is_undone_in_the_index(act: str, index: Index) -> None:
    card = card_in("active")
    with as_tenant(CHUO), transaction.atomic():
        do(act, card)
        transaction.set_rollback(True)
    assert (index(card), fresh(card).state) == ("active", "active")


@pytest.mark.parametrize("state", LIVE)
def test_no_statement_lets_a_void_card_hold_again_beside_another_facilitys(state: str, index: Index) -> None:
    card = card_in("lapsed")
    said = {"birth_date": card.registrant.birth_date}
    elsewhere = factories.senior_card(SPORTS, registrant=factories.individual(SPORTS, **said))
    revive = "UPDATE registrants_card SET state = %s, lapse_cause = '', lapsed_on = NULL WHERE id = %s"
    with pytest.raises(IntegrityError), as_tenant(CHUO), connection.cursor() as cursor:
        cursor.execute(revive, [state, card.pk])
    assert (index(card), index(elsewhere)) == ("lapsed", "active")


def test_a_merge_does_not_let_a_second_card_be_issued() -> None:
    card = card_in("active")
    other = factories.individual(birth_date=card.registrant.birth_date)
    draft = senior_applied(factories.individual(SPORTS, birth_date=card.registrant.birth_date), SPORTS)
    with as_tenant(CHUO):
        _merged(card.registrant, other)
    factories.checked_for_duplicates(draft, SPORTS)
    with as_tenant(SPORTS), pytest.raises(CardExistsError):
        issue.issue_senior_card(actor=OFFICER, card=draft.pk)
