"""Closing a registration: for a cause, from a day, once nothing stands in the way; and taking it back."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from apps.bookings.errors import RegistrantNotActiveError
from apps.bookings.models import Booking
from apps.registrants.errors import ActInPastError, ClosingObstructedError, WrongStateError
from apps.registrants.merging_errors import MergedRecordError
from apps.registrants.models import CloseCause, Registrant, RegistrationAct
from apps.registrants.queries.own import own_file, own_registrations
from apps.registrants.queries.search import found_by
from apps.registrants.queries.standing import spans_of, standing_of
from apps.registrants.rules import standing as rules
from apps.registrants.rules.search import read_search
from apps.registrants.services import hooks
from apps.registrants.services.acting import enter_state
from apps.registrants.services.close import close, reopen
from apps.registrants.services.suspend import suspend
from apps.registrants.tasks import keep_states
from kernel import clock
from shared.actor import Actor
from tests import factories
from tests.support.fixtures import Freeze
from tests.support.scopes import as_portal, as_tenant
from tests.support.tenants import CHUO

CLERK = Actor(kind="staff")
DAY = dt.timedelta(days=1)


@pytest.fixture
def person(database: None) -> Registrant:
    return factories.individual()


def closed(person: Registrant, *, cause: CloseCause = CloseCause.WITHDRAWN, on: dt.date | None = None) -> Registrant:
    with as_tenant(CHUO):
        close(actor=CLERK, registrant=person.pk, cause=cause, reason="届出による", effective_on=on or clock.today())
        return Registrant.objects.get(pk=person.pk)


def state_on(person: Registrant, day: dt.date) -> str:
    with as_tenant(CHUO):
        return rules.state_on(spans_of(person.pk), person.valid_until, day)


def test_it_is_closed_with_its_cause_and_reason(person: Registrant) -> None:
    assert closed(person, cause=CloseCause.EX_OFFICIO).state == "closed"
    with as_tenant(CHUO):
        act = RegistrationAct.objects.get()
    assert (act.act, act.cause, act.reason) == ("close", "ex_officio", "届出による")


def test_it_may_be_closed_ahead(person: Registrant) -> None:
    day = clock.today() + 10 * DAY
    assert closed(person, on=day).state == "active"
    assert [state_on(person, one) for one in (day - DAY, day)] == ["active", "closed"]


@pytest.mark.usefixtures("database")
def test_until_it_is_carried_out_it_is_told_as_coming(freeze: Freeze) -> None:
    citizen, day = factories.citizen_with_registration(), clock.today() + 3 * DAY
    person = closed(citizen.registrant, on=day)
    freeze(f"{day} 00:10")
    with as_tenant(CHUO):
        standing = standing_of(person, day)
        text = read_search(person.number, prefix=person.number[0])
        assert text is not None
        [row] = found_by(text, prefix=person.number[0], start=0, size=9).rows
    with as_portal(CHUO, citizen.account.pk):
        file = own_file(person.pk, today=day)
    assert (standing.state, standing.awaits_closing, [span.first for span in standing.coming]) == (
        "active",
        True,
        [day],
    )
    assert (vars(row)["state_now"], file.state, file.closes_on) == ("active", "active", day)
    assert "suspend" not in standing.acts  # the spans say 抹消 already, and may be written over no more
    keep_states(CHUO)
    with as_tenant(CHUO):
        standing = standing_of(Registrant.objects.get(pk=person.pk), day)
    assert (standing.state, standing.awaits_closing, standing.coming) == ("closed", False, ())


@pytest.mark.usefixtures("database")
def test_the_list_of_all_facilities_tells_it_once_it_was_carried_out() -> None:
    citizen = factories.citizen_with_registration()
    closed(citizen.registrant)
    states = []
    for kept in ("closed", "active"):
        with as_tenant(CHUO):
            Registrant.objects.filter(pk=citizen.registrant.pk).update(state=kept)
        with as_portal(account=citizen.account.pk):
            states += [one.state for one in own_registrations(today=clock.today())]
    assert states == ["closed", "active"]


def test_a_death_is_recorded_on_its_day_and_other_causes_not_before_today(person: Registrant) -> None:
    yesterday = clock.today() - DAY
    with pytest.raises(ActInPastError):
        closed(person, on=yesterday)
    closed(person, cause=CloseCause.DIED, on=yesterday)
    assert state_on(person, yesterday) == "closed"


def test_bookings_ahead_stand_in_the_way_and_are_named(person: Registrant) -> None:
    booking = factories.counter_booking(person, factories.meeting_room())
    with pytest.raises(ClosingObstructedError) as refused:
        closed(person)
    [obstacle] = refused.value.obstacles
    assert (obstacle.label, obstacle.day, obstacle.target) == (booking.number, booking.day, booking.pk)
    with as_tenant(CHUO):
        assert RegistrationAct.objects.count() == 0


def test_bookings_that_were_given_up_or_are_before_the_day_do_not(person: Registrant) -> None:
    citizen = factories.citizen_with_registration()
    factories.cancelled_booking(citizen)
    assert closed(citizen.registrant).state == "closed"
    factories.counter_booking(person, factories.meeting_room(), day=factories.soon())
    closed(person, on=factories.soon() + DAY)
    assert state_on(person, factories.soon() + DAY) == "closed"


def test_after_the_day_of_closing_nothing_is_booked(person: Registrant) -> None:
    room = factories.meeting_room()
    closed(person, on=factories.soon())
    with pytest.raises(RegistrantNotActiveError):
        factories.counter_booking(person, room, day=factories.soon())
    assert factories.counter_booking(person, room, day=factories.soon() - DAY).number


def test_postgresql_refuses_a_booking_of_a_closed_registrant(person: Registrant, superuser: psycopg.Connection) -> None:
    booking = factories.counter_booking(factories.individual(), factories.meeting_room())
    closed(person)
    with pytest.raises(psycopg.errors.CheckViolation, match="books nothing"):
        superuser.execute(
            "INSERT INTO chuo.bookings_booking SELECT (jsonb_populate_record(b, jsonb_build_object('id',"
            " gen_random_uuid(), 'number', 'x', 'registrant_id', %s::text, 'idempotency_key', gen_random_uuid()))).*"
            " FROM chuo.bookings_booking b WHERE id = %s",
            [str(person.pk), booking.pk],
        )


def test_postgresql_refuses_to_close_whoever_has_bookings_ahead(person: Registrant) -> None:
    factories.counter_booking(person, factories.meeting_room())
    with as_tenant(CHUO), transaction.atomic(), pytest.raises(IntegrityError, match="bookings ahead"):
        enter_state(person, "closed", first=clock.today())


def test_what_goes_with_a_closing_happens_in_its_transaction_once_its_day_has_come(
    person: Registrant, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Any] = []
    monkeypatch.setattr(hooks, "named", lambda attribute: (seen.append,) if attribute == "at_closing" else ())
    closed(person, on=clock.today() + DAY)
    assert seen == []
    closed(factories.individual(), cause=CloseCause.DIED)
    assert [one.cause for one in seen] == ["died"]


def test_every_hook_that_an_application_names_is_there() -> None:
    assert len(hooks.named("closing_obstacles")) >= 1
    named = [path for config in apps.get_app_configs() for path in getattr(config, "at_closing", ())]
    assert len(hooks.named("at_closing")) == len(named)


def test_a_closing_is_taken_back(person: Registrant) -> None:
    closed(person)
    with as_tenant(CHUO):
        reopen(actor=CLERK, registrant=person.pk, reason="別の人と間違えたため")
        person.refresh_from_db()
    assert person.state == "active"
    assert factories.counter_booking(person, factories.meeting_room()).number


def test_a_suspension_outlasts_closing_and_reopening(person: Registrant) -> None:
    with as_tenant(CHUO):
        suspend(actor=CLERK, registrant=person.pk, first=clock.today(), last=None, reason="無断不使用")
    closed(person, on=clock.today() + DAY)
    with as_tenant(CHUO):
        reopen(actor=CLERK, registrant=person.pk, reason="届出の取下げ")
    assert state_on(person, clock.today() + 5 * DAY) == "suspended"


def test_what_is_not_closed_is_not_reopened_and_a_merged_record_is_parted_instead(person: Registrant) -> None:
    kept = factories.individual()
    with as_tenant(CHUO), pytest.raises(WrongStateError):
        reopen(actor=CLERK, registrant=person.pk, reason="x")
    closed(person)
    with as_tenant(CHUO):
        Registrant.objects.filter(pk=person.pk).update(merged_into=kept)
        with pytest.raises(MergedRecordError):
            reopen(actor=CLERK, registrant=person.pk, reason="x")


def test_bookings_of_others_are_no_obstacle(person: Registrant) -> None:
    factories.counter_booking(factories.individual(), factories.meeting_room())
    assert closed(person).state == "closed"
    with as_tenant(CHUO):
        assert Booking.objects.count() == 1


def test_an_unknown_registrant_is_not_closed(person: Registrant) -> None:
    person.pk = uuid.uuid4()
    with pytest.raises(Exception, match="no_such_registrant"):
        closed(person)
