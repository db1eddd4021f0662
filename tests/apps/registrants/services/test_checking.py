"""The duplicate check: what each grade tells, who is refused, and what is written of it."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import IntegrityError, transaction

from apps.registrants.card_errors import UnknownCardError
from apps.registrants.errors import RegistrantError
from apps.registrants.index_errors import (
    CheckNotStatedError,
    CheckOverError,
    CheckTooOftenError,
    IdentityNotCheckedError,
    NotCardOfficerError,
)
from apps.registrants.models import Card, Registrant
from apps.registrants.services.checking import answer_of, ask_index, number_fits
from shared.actor import Actor
from shared.audit.models import AuditEntry
from shared.seniorcards import asking
from shared.seniorcards.asking import Found
from shared.seniorcards.models import Alert, Call
from tests import factories
from tests.support.raw import raw
from tests.support.scopes import as_city, as_tenant
from tests.support.tenants import CHUO, SPORTS

pytestmark = pytest.mark.usefixtures("database")


def holder(**values: Any) -> Registrant:
    return factories.individual(CHUO, **values)


def found_at_sports(**values: Any) -> list[Found]:
    """What the check of an applicant at ``sports`` finds."""
    draft = factories.senior_card_draft(SPORTS, registrant=factories.individual(SPORTS, **values))
    return factories.checked_for_duplicates(draft, SPORTS)


def officer(schema: str = CHUO) -> Actor:
    return Actor(kind="staff", id=factories.card_officer(schema).pk)


def ask(actor: Actor, card: Card, *, purpose: str = "new", identity_checked: bool = True) -> UUID:
    with as_tenant(CHUO):
        return ask_index(actor=actor, card=card.pk, purpose=purpose, identity_checked=identity_checked)


def test_nobody_is_found_in_an_empty_index() -> None:
    assert found_at_sports() == []


def test_an_exact_fit_tells_facility_number_state_and_year() -> None:
    card = factories.senior_card()
    [found] = found_at_sports()
    year = card.issued_on.year - (card.issued_on.month < 4)  # type: ignore[union-attr]
    assert (found.grade, found.facility, found.number) == (1, "架空総合福祉センター", card.number)
    assert (found.status, found.issued_year) == ("active", year)


def test_another_spelling_tells_facility_and_state() -> None:
    factories.senior_card(registrant=holder(family_kana="オオノ", family_name="大野"))
    [found] = found_at_sports(family_kana="オーノ")
    assert (found.grade, found.number, found.status, found.issued_year) == (2, None, "active", None)


@pytest.mark.parametrize(
    "applicant",
    [
        {"family_kana": "ヤマサキ", "family_name": "山先"},
        {"family_kana": "サンザキ", "family_name": "山﨑"},
    ],
)
def test_voicing_or_the_same_kanji_tell_the_facility_alone(applicant: dict[str, str]) -> None:
    factories.senior_card(registrant=holder(family_kana="ヤマザキ", family_name="山崎"))
    [found] = found_at_sports(**applicant)
    assert (found.grade, found.facility) == (3, "架空総合福祉センター")
    assert (found.number, found.status, found.issued_year) == (None, None, None)


def test_another_birth_date_is_another_person() -> None:
    factories.senior_card()
    assert found_at_sports(birth_date=dt.date(1950, 4, 2)) == []


@pytest.mark.parametrize(
    ("stated", "refusal"),
    [
        ({"purpose": ""}, CheckNotStatedError),
        ({"purpose": "curiosity"}, CheckNotStatedError),
        ({"identity_checked": False}, IdentityNotCheckedError),
    ],
)
def test_what_is_missing_is_refused_and_audited(stated: dict[str, Any], refusal: type[RegistrantError]) -> None:
    card = factories.senior_card_draft()
    with pytest.raises(refusal):
        ask(officer(), card, **stated)
    with as_tenant(CHUO):
        assert AuditEntry.objects.filter(object_type="senior_index", action="denied").count() == 1
    with as_city():
        assert Call.objects.values_list("tenant", "outcome").get()[1].startswith("refused_")


@pytest.mark.parametrize("who", ["clerk", "stranger", "nobody"])
def test_who_is_no_card_officer_is_refused_and_audited(who: str) -> None:
    known = {"clerk": factories.clerk().pk, "stranger": uuid4(), "nobody": None}
    with pytest.raises(NotCardOfficerError):
        ask(Actor(kind="staff", id=known[who]), factories.senior_card_draft())
    with as_tenant(CHUO):
        assert AuditEntry.objects.get(action="denied").detail["why"] == "role"


def test_another_facilitys_officer_is_refused() -> None:
    with pytest.raises(NotCardOfficerError):
        ask(officer(SPORTS), factories.senior_card_draft())


def test_another_facilitys_card_is_unknown() -> None:
    with pytest.raises(UnknownCardError):
        ask(officer(), factories.senior_card_draft(SPORTS))


def test_the_index_itself_refuses_a_card_of_another_facility() -> None:
    actor, card = officer(), factories.senior_card_draft(SPORTS)
    with as_tenant(CHUO):
        question = asking.Question(card.pk, "new", True, [])
        assert asking.ask(actor, question) == (None, "question")
        tokens = factories.tokens_for("カクウタロウ", "架空太郎", dt.date(1950, 4, 1))
        assert asking.ask(actor, asking.Question(card.pk, "new", True, tokens)) == (None, "card")


def test_the_twenty_first_check_of_an_hour_is_refused_and_told_to_the_city() -> None:
    actor, card = officer(), factories.senior_card_draft()
    for _ in range(20):
        ask(actor, card)
    with pytest.raises(CheckTooOftenError):
        ask(actor, card)
    with as_city():
        assert Alert.objects.values_list("kind", "tenant").get() == ("clerk_rate", "chuo")


def test_the_hundred_and_first_check_of_a_facilitys_day_is_refused() -> None:
    card, officers = factories.senior_card_draft(), [officer() for _ in range(6)]
    for number in range(100):
        ask(officers[number // 20], card)
    with pytest.raises(CheckTooOftenError):
        ask(officers[5], card)
    with as_city():
        assert [alert.kind for alert in Alert.objects.all()] == ["tenant_rate"]


def test_a_question_that_was_rolled_back_has_no_answer() -> None:
    factories.senior_card()
    draft, actor = factories.senior_card_draft(SPORTS), officer(SPORTS)
    with as_tenant(SPORTS), transaction.atomic():
        ticket = ask_index(actor=actor, card=draft.pk, purpose="new", identity_checked=True)
        with pytest.raises(CheckOverError), transaction.atomic():
            answer_of(card=draft.pk, ticket=ticket)


def test_an_answer_is_given_to_the_very_question_that_was_asked() -> None:
    draft, actor = factories.senior_card_draft(), officer()
    ticket = ask(actor, draft)
    other = factories.tokens_for("ミホンハナコ", "見本花子", dt.date(1950, 4, 1))
    with as_tenant(CHUO), pytest.raises(IntegrityError):
        asking.check(ticket, other)


def test_an_answer_is_given_to_nobody_else() -> None:
    draft, actor = factories.senior_card_draft(), officer()
    ticket = ask(actor, draft)
    tokens = factories.tokens_for("カクウタロウ", "架空太郎", dt.date(1950, 4, 1))
    with as_tenant(SPORTS), pytest.raises(IntegrityError):
        asking.check(ticket, tokens)


def test_an_answer_is_over_after_a_quarter_of_an_hour(superuser: psycopg.Connection) -> None:
    draft = factories.senior_card_draft()
    ticket = ask(officer(), draft)
    superuser.execute("UPDATE shared.seniorcards_call SET at = at - interval '16 minutes'")
    with as_tenant(CHUO), pytest.raises(CheckOverError):
        answer_of(card=draft.pk, ticket=ticket)


@pytest.mark.parametrize(("typed", "fits"), [(True, True), (False, False)])
def test_an_old_number_is_verified_without_being_told(typed: bool, fits: bool) -> None:
    card = factories.senior_card(registrant=holder(family_kana="ヤマザキ", family_name="山崎"))
    applicant = factories.individual(SPORTS, family_kana="ヤマサキ", family_name="山先")
    draft, actor = factories.senior_card_draft(SPORTS, registrant=applicant), officer(SPORTS)
    number = str(card.number) if typed else "RA-999999-9"
    with as_tenant(SPORTS):
        assert fits is number_fits(actor=actor, card=draft.pk, purpose="new", identity_checked=True, number=number)


def test_the_audit_holds_four_bytes_of_a_token_and_no_name() -> None:
    draft = factories.senior_card_draft()
    ask(officer(), draft)
    with as_tenant(CHUO):
        entry = AuditEntry.objects.get(object_type="senior_index")
    assert entry.object_id == str(draft.pk)
    assert len(entry.detail["token"]) == 8
    assert set(entry.detail) == {"act", "token", "call"}


def test_a_question_is_found_in_the_audit_by_the_applicant() -> None:
    draft = factories.senior_card_draft()
    ask(officer(), draft)
    with as_tenant(CHUO):
        assert AuditEntry.objects.get(persons__contains=[draft.registrant_id]).object_type == "senior_index"


def test_a_question_about_another_facilitys_card_names_nobody() -> None:
    foreign, clerk = factories.senior_card_draft(SPORTS), officer()
    with raw(f"tenant_{CHUO}", schema=CHUO) as connection:
        refusal = connection.execute(
            "SELECT refusal FROM shared.senior_ask('check', 'new', %s, true, %s, NULL, '{test}', %s, '{current}', %s,"
            " %s, %s, %s, '{{NULL,NULL,NULL,NULL}}', NULL, '')",
            [clerk.id, foreign.pk, *[[b"x"]] * 5],
        ).fetchone()
    assert refusal == ("card",)
    with as_tenant(CHUO):
        entry = AuditEntry.objects.get(object_type="senior_index", action="denied")
    assert entry.persons == []
