"""Suspending and lifting: from a day, until a day, with reason and actor."""

from __future__ import annotations

import datetime as dt

import pytest

from apps.bookings.errors import RegistrantNotActiveError
from apps.registrants.errors import ActInPastError, PeriodBackwardsError, ReasonMissingError, WrongStateError
from apps.registrants.models import Act, Registrant, RegistrationAct
from apps.registrants.queries.standing import standing_of
from apps.registrants.services.suspend import lift, suspend
from kernel import clock
from shared.actor import Actor
from tests import factories
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

CLERK = Actor(kind="staff")
DAY = dt.timedelta(days=1)


@pytest.fixture
def person(database: None) -> Registrant:
    return factories.individual()


def suspended(person: Registrant, *, first: dt.date | None = None, last: dt.date | None = None) -> Registrant:
    with as_tenant(CHUO):
        first = first or clock.today()
        return suspend(actor=CLERK, registrant=person.pk, first=first, last=last, reason="無断不使用")


def state_on(person: Registrant, day: dt.date) -> str:
    with as_tenant(CHUO):
        return standing_of(Registrant.objects.get(pk=person.pk), day).state


def test_it_begins_and_ends_by_itself(person: Registrant) -> None:
    first, last = clock.today() + 2 * DAY, clock.today() + 4 * DAY
    suspended(person, first=first, last=last)
    states = [state_on(person, day) for day in (first - DAY, first, last, last + DAY)]
    assert states == ["active", "suspended", "suspended", "active"]


def test_it_keeps_who_why_and_until_when(person: Registrant) -> None:
    last = clock.today() + 9 * DAY
    suspended(person, last=last)
    with as_tenant(CHUO):
        act = RegistrationAct.objects.get(registrant=person)
    assert (act.act, act.effective_on, act.until, act.reason, act.actor_kind) == (
        Act.SUSPEND,
        clock.today(),
        last,
        "無断不使用",
        "staff",
    )


def test_while_it_lasts_and_for_its_days_nothing_is_booked(person: Registrant) -> None:
    room, use = factories.meeting_room(), factories.soon()
    suspended(person, first=use, last=use)
    with pytest.raises(RegistrantNotActiveError):
        factories.counter_booking(person, room, day=use)
    assert factories.counter_booking(person, room, day=use + DAY).number


def test_lifting_brings_it_to_an_end(person: Registrant) -> None:
    suspended(person)
    with as_tenant(CHUO):
        lift(actor=CLERK, registrant=person.pk, effective_on=clock.today(), reason="申出により")
        person.refresh_from_db()
    assert (person.state, state_on(person, clock.today())) == ("active", "active")


def test_what_makes_no_sense_is_refused_and_changes_nothing(person: Registrant) -> None:
    today = clock.today()
    with pytest.raises(ActInPastError):
        suspended(person, first=today - DAY)
    with pytest.raises(PeriodBackwardsError):
        suspended(person, last=today - DAY)
    with as_tenant(CHUO):
        with pytest.raises(ReasonMissingError):
            suspend(actor=CLERK, registrant=person.pk, first=today, last=None, reason=" ")
        with pytest.raises(WrongStateError):
            lift(actor=CLERK, registrant=person.pk, effective_on=today, reason="解除")
        person.refresh_from_db()
        assert (person.version, RegistrationAct.objects.count()) == (1, 0)


def test_a_suspended_registration_is_lifted_before_it_is_suspended_anew(person: Registrant) -> None:
    suspended(person)
    with pytest.raises(WrongStateError):
        suspended(person)
