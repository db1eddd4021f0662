"""Registering an individual: number, state, term, contacts, check, traces; nobody twice, nothing uncalled for."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import psycopg
import pytest

from apps.registrants.errors import PossibleDuplicateError
from apps.registrants.item_errors import ItemMissingError, ItemNotCollectedError
from apps.registrants.models import (
    DuplicateProposal,
    EmergencyContact,
    IdentityCheck,
    ItemPolicy,
    Registrant,
    RegistrationAct,
    RegistrationPolicy,
    Renewal,
    StateSpan,
)
from apps.registrants.rules.entry import Contact, Person
from apps.registrants.services.register import register_individual
from apps.registrants.services.registering import IndividualEntry
from kernel import clock
from shared.actor import Actor
from shared.audit.models import AuditEntry
from shared.inserts import insert_together
from tests import factories
from tests.support.fixtures import Freeze
from tests.support.raw import raw
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
CLERK = Actor(kind="staff", id=uuid.uuid4())
DAUGHTER = Contact("見本　花子", "長女", "080-0000-0001")


def person(**values: Any) -> Person:
    said: dict[str, Any] = {
        "family_name": "見本",
        "given_name": "京子",
        "family_kana": "ミホン",
        "given_kana": "キョウコ",
        "postal_code": "2701327",
        "address": "千葉県印西市大森2364-2",
        "phone": "0476-00-5111",
        "birth_date": dt.date(1948, 4, 1),
    }
    return Person(**said | values)


def register(*, key: uuid.UUID | None = None, others: Any = (), extras: Any = None, **values: Any) -> Registrant:
    entry = IndividualEntry(person(**values), [DAUGHTER], extras or {})
    with as_tenant(CHUO):
        return register_individual(
            actor=CLERK, entry=entry, document="passport", key=key or uuid.uuid4(), others=others
        )


def collect(item: str, **values: Any) -> None:
    with as_tenant(CHUO):
        ItemPolicy.objects.create(item=item, since=clock.today(), purpose_of_use="統計のため", **values)


def begin_policy(**values: Any) -> None:
    with as_tenant(CHUO):
        RegistrationPolicy.objects.create(valid_from=dt.date(2020, 4, 1), **values)


def test_who_is_registered_is_active_with_a_number_and_the_keys_of_the_search() -> None:
    made = register()
    with as_tenant(CHUO):
        kept = Registrant.objects.get(pk=made.pk)
        [span] = StateSpan.objects.filter(registrant=made)
    assert (kept.state, kept.kana_key, kept.phone_key, span.state) == (
        "active",
        "みほんきようこ",
        "0476005111",
        "active",
    )
    assert kept.number == made.number


def test_the_contact_the_check_and_the_act_are_written_with_it() -> None:
    made = register()
    with as_tenant(CHUO):
        [contact] = EmergencyContact.objects.filter(registrant=made)
        [check] = IdentityCheck.objects.filter(registrant=made)
        [act] = RegistrationAct.objects.filter(registrant=made)
        [audit] = AuditEntry.objects.filter(object_id=str(made.pk))
    assert (contact.name, contact.relation, contact.position) == ("見本　花子", "長女", 1)
    assert (check.document, check.by, check.on) == ("passport", CLERK.id, clock.today())
    assert (act.act, act.actor_id, audit.detail) == ("register", CLERK.id, {"act": "register"})


def test_the_policy_says_whether_it_waits_and_until_when_it_holds(freeze: Freeze) -> None:
    freeze("2026-11-02 09:00")
    begin_policy(needs_review=True, renewal=Renewal.YEARS, validity_years=2)
    made = register()
    assert made.state == "under_review"
    assert made.valid_until == dt.date(2028, 11, 1)


def test_the_same_form_sent_twice_registers_once() -> None:
    key = uuid.uuid4()
    assert register(key=key).number == register(key=key).number


@pytest.mark.parametrize(
    ("values", "grounds"),
    [
        ({"given_kana": "キヨコ", "phone": "0476-00-5112", "address": "架空市1"}, ["name_and_birth"]),
        ({"family_kana": "ベツ", "birth_date": dt.date(1950, 1, 1), "address": "架空市1"}, ["phone"]),
        (
            {"birth_date": dt.date(1949, 4, 1), "phone": "0476-00-5112", "address": "千葉県印西市大森２３６４番地２"},
            ["address"],
        ),
    ],
)
def test_who_may_be_the_same_person_is_confirmed_as_another_first(values: Any, grounds: list[str]) -> None:
    known = register()
    with pytest.raises(PossibleDuplicateError):
        register(**values)
    made = register(others=[known.pk], **values)
    with as_tenant(CHUO):
        [proposal] = DuplicateProposal.objects.all()
    assert {proposal.one_id, proposal.other_id} == {known.pk, made.pk}
    assert (proposal.grounds, proposal.state) == (grounds, "open")


def test_a_household_is_no_duplicate() -> None:
    register()
    register(given_kana="イチロウ", birth_date=dt.date(1946, 1, 1), phone="090-0000-0001")


def test_refused_and_merged_registrations_are_nobody() -> None:
    kept = factories.individual()
    for values in ({"state": "refused"}, {"state": "closed", "merged_into": kept}):
        factories.individual(family_kana="ミホン", given_kana="キョウコ", birth_date=dt.date(1948, 4, 1), **values)
    register()


def test_an_item_that_is_collected_is_kept() -> None:
    collect("gender")
    assert register(extras={"gender": "female"}).extras == {"gender": "female"}


@pytest.mark.parametrize("item", ["gender", "shoe_size", "lecturer"])
def test_a_value_of_an_item_that_is_not_collected_is_refused(item: str) -> None:
    collect("lecturer")
    with pytest.raises(ItemNotCollectedError):
        register(extras={item: "female"})


def test_a_required_item_left_out_is_refused() -> None:
    collect("gender", is_required=True)
    with pytest.raises(ItemMissingError):
        register()


def test_nothing_is_written_when_it_is_refused() -> None:
    with pytest.raises(ItemNotCollectedError):
        register(extras={"gender": "female"})
    with as_tenant(CHUO):
        assert not Registrant.objects.exists()
        assert not AuditEntry.objects.exists()


def test_the_database_itself_keeps_only_what_is_collected() -> None:
    made = register()
    with raw(f"tenant_{CHUO}", schema=CHUO) as connection:
        write = "UPDATE registrants_registrant SET extras = %s WHERE id = %s"
        with pytest.raises(psycopg.errors.CheckViolation):
            connection.execute(write, ['{"gender": "female"}', made.pk])
        connection.execute("INSERT INTO registrants_itempolicy VALUES ('gender', true, false, '統計', current_date)")
        connection.execute(write, ['{"gender": "female"}', made.pk])


def test_the_database_lets_stay_what_was_collected_before() -> None:
    collect("gender")
    made = register(extras={"gender": "female"})
    with as_tenant(CHUO):
        ItemPolicy.objects.update(is_collected=False)
        Registrant.objects.filter(pk=made.pk).update(address="架空市2番地", extras={"gender": "female"})
        made.refresh_from_db()
    assert made.extras == {"gender": "female"}


def test_a_new_row_with_an_uncollected_item_is_refused_whoever_writes_it() -> None:
    made = register()
    made.pk, made.number, made.extras = uuid.uuid4(), "A-999999-0", {"gender": "female"}
    with as_tenant(CHUO), pytest.raises(Exception, match="an item that is not collected"):
        insert_together(made)
