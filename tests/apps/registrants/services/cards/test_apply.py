"""Applying for a 登録証: whom the rules admit, once, with its trace."""

from __future__ import annotations

import datetime as dt
import uuid

import psycopg
import pytest

from apps.registrants.card_errors import (
    ConsentMissingError,
    HolderHasCardError,
    HolderNotInForceError,
    NotResidentError,
    SpecialReasonMissingError,
    TooYoungError,
    WrongHolderError,
)
from apps.registrants.errors import UnknownRegistrantError
from apps.registrants.models import Card, CardState, RegistrationPolicy
from apps.registrants.services.cards.apply import SeniorApplication, apply_for_senior_card
from kernel import clock
from shared.audit.models import AuditEntry
from tests import factories
from tests.apps.registrants.services.cards.making import OFFICER, deeds_of, listed, senior_applied, senior_issued
from tests.support.fixtures import Freeze
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")


def test_an_application_is_kept_with_its_right_and_its_trace() -> None:
    card = senior_applied()
    with as_tenant(CHUO):
        audit = AuditEntry.objects.get(object_type="card", object_id=str(card.pk))
    assert (card.state, card.number, card.qualification, card.branch) == (CardState.APPLIED, None, "age", 0)
    assert deeds_of(card) == ["apply"]
    assert audit.detail == {"act": "apply", "kind": "senior"}


def test_before_the_birthday_the_card_waits_for_it(freeze: Freeze) -> None:
    freeze("2026-11-26 10:00")
    person = factories.individual(birth_date=dt.date(1966, 12, 20))
    assert senior_applied(person).valid_from == dt.date(2026, 12, 20)


def test_the_tenants_own_age_holds(freeze: Freeze) -> None:
    freeze("2026-11-26 10:00")
    with as_tenant(CHUO):
        RegistrationPolicy.objects.create(valid_from=dt.date(2026, 4, 1), senior_age=65)
    with pytest.raises(TooYoungError):
        senior_applied(factories.individual(birth_date=dt.date(1964, 1, 1)))


def test_an_exception_is_kept_with_its_reason() -> None:
    young = factories.individual(birth_date=dt.date(2000, 1, 1))
    with pytest.raises(TooYoungError):
        senior_applied(young)
    with pytest.raises(SpecialReasonMissingError):
        senior_applied(young, qualification="disability")
    card = senior_applied(young, qualification="disability", special_reason="手帳を確認した")
    assert (card.qualification, card.special_reason) == ("disability", "手帳を確認した")


def test_whoever_lives_elsewhere_needs_the_mayors_leave() -> None:
    person = factories.individual(address="東京都千代田区架空1番地")
    with pytest.raises(NotResidentError):
        senior_applied(person)
    assert senior_applied(person, qualification="special", special_reason="市長が認めた").state == CardState.APPLIED


def test_only_an_individual_in_force_applies() -> None:
    listed()
    for registrant, error in (
        (factories.group().pk, WrongHolderError),
        (factories.individual(valid_until=dt.date(2026, 1, 1)).pk, HolderNotInForceError),
        (factories.individual(state="closed").pk, HolderNotInForceError),
        (uuid.uuid4(), UnknownRegistrantError),
    ):
        with as_tenant(CHUO), pytest.raises(error):
            apply_for_senior_card(
                actor=OFFICER, registrant=registrant, application=SeniorApplication(has_consented=True)
            )


def test_nobody_has_two() -> None:
    person = factories.individual()
    senior_issued(person)
    with pytest.raises(HolderHasCardError):
        senior_applied(person)
    with as_tenant(CHUO):
        assert Card.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ("'senior', 'applied', 'special', '', ''", "an_exception_has_a_reason"),
        ("'senior', 'applied', '', '', ''", "a_senior_card_says_by_what_right"),
        ("'senior', 'active', 'age', '', ''", "an_issued_card_has_a_number"),
        ("'senior', 'lapsed', 'age', '', ''", "a_lapsed_card_says_why"),
    ],
)
def test_postgresql_keeps_what_a_card_must_say(superuser: psycopg.Connection, values: str, constraint: str) -> None:
    person = factories.individual()
    with pytest.raises(psycopg.errors.CheckViolation, match=constraint):
        superuser.execute(
            "INSERT INTO chuo.registrants_card (id, registrant_id, branch, former_name, former_kana, applied_on,"
            " namesake_seq, kind, state, qualification, special_reason, lapse_cause)"
            f" VALUES (gen_random_uuid(), '{person.pk}', 0, '', '', current_date, 0, {values})"
        )


def test_nobody_is_looked_up_without_their_consent_and_the_day_of_it_is_kept() -> None:
    person = factories.individual()
    with pytest.raises(ConsentMissingError):
        senior_applied(person, has_consented=False)
    assert senior_applied(person).consented_on == clock.today()
