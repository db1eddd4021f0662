"""Every registration has a state from its first day on; an act changes it under lock and leaves its trace."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from apps.registrants.errors import StaleRegistrationError, UnknownRegistrantError, WrongStateError
from apps.registrants.models import Act, Registrant, RegistrantState, RegistrationAct, StateSpan
from apps.registrants.queries.standing import in_force, spans_of, with_state
from apps.registrants.rules.numbering import registration_series
from apps.registrants.services.acting import enter_state, leave_trace, registrant_for
from apps.registrants.services.numbering import next_registration_number, next_senior_number
from kernel import clock
from shared.actor import Actor
from shared.audit.models import AuditEntry
from tests import factories
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
CLERK = Actor(kind="staff")


@pytest.fixture
def person(database: None) -> Registrant:
    return factories.individual()


def suspend(person: Registrant, *, first: dt.date, until: dt.date | None = None) -> None:
    with as_tenant(CHUO), transaction.atomic():
        found = registrant_for(Act.SUSPEND, registrant=person.pk)
        enter_state(found, RegistrantState.SUSPENDED, first=first, until=until)
        leave_trace(CLERK, person.pk, Act.SUSPEND, effective_on=first, reason="無断不使用")


def state_of(person: Registrant, day: dt.date) -> str:
    return str(vars(with_state(Registrant.objects.all(), day).get(pk=person.pk))["state_now"])


def test_a_registration_begins_with_its_state_whoever_writes_it(person: Registrant) -> None:
    with as_tenant(CHUO):
        [span] = spans_of(person.pk)
    assert (span.first, span.until, span.state) == (person.registered_on, None, "active")


def test_an_act_changes_the_state_and_leaves_who_when_and_why(person: Registrant) -> None:
    suspend(person, first=clock.today())
    with as_tenant(CHUO):
        act = RegistrationAct.objects.get(registrant=person)
        person.refresh_from_db()
        audit = AuditEntry.objects.get(object_id=str(person.pk))
    assert (person.state, act.act, act.reason, audit.detail) == (
        "suspended",
        "suspend",
        "無断不使用",
        {"act": "suspend"},
    )


def test_a_suspension_from_tomorrow_holds_from_tomorrow_without_any_task(person: Registrant) -> None:
    today = clock.today()
    days = [today + dt.timedelta(days=number) for number in range(4)]
    suspend(person, first=days[1], until=days[3])
    with as_tenant(CHUO):
        may = [in_force(day).filter(pk=person.pk).exists() for day in days]
        states = [state_of(person, day) for day in days]
    assert may == [True, False, False, True]
    assert states == ["active", "suspended", "suspended", "active"]


def test_whoever_is_registered_until_a_day_reserves_up_to_it(database: None) -> None:
    last = clock.today() + dt.timedelta(days=10)
    person = factories.individual(valid_until=last)
    with as_tenant(CHUO):
        found = [
            in_force(clock.today(), until=day).filter(pk=person.pk).exists() for day in (last, last + dt.timedelta(1))
        ]
        expired = state_of(person, last + dt.timedelta(1))
    assert (found, expired) == ([True, False], "expired")


def test_an_act_on_an_older_page_an_unknown_person_or_a_wrong_state_is_refused(person: Registrant) -> None:
    suspend(person, first=clock.today())
    with as_tenant(CHUO), transaction.atomic():
        with pytest.raises(StaleRegistrationError):
            registrant_for(Act.LIFT, registrant=person.pk, seen_version=1)
        with pytest.raises(UnknownRegistrantError):
            registrant_for(Act.LIFT, registrant=uuid.uuid4())
        with pytest.raises(WrongStateError):
            registrant_for(Act.APPROVE, registrant=person.pk)


def test_postgresql_refuses_two_states_on_one_day(person: Registrant) -> None:
    today = DateRange(clock.today(), clock.today() + dt.timedelta(1))
    with as_tenant(CHUO), pytest.raises(IntegrityError, match="one_state_at_a_time"):
        StateSpan.objects.create(registrant=person, state="closed", during=today)


def test_numbers_are_never_given_twice_and_pass_over_those_that_came_from_elsewhere(person: Registrant) -> None:
    series = registration_series("A")
    with as_tenant(CHUO):
        first = series.read(next_registration_number())
        Registrant.objects.filter(pk=person.pk).update(number=series.make(first + 1))
        following = [next_registration_number(), next_registration_number(), next_senior_number()]
    assert following[:2] == [series.make(first + 2), series.make(first + 3)]
    assert following[2].startswith("RA-")


@pytest.mark.parametrize("act", [Act.REGISTER, Act.COMPLETE, Act.APPROVE, Act.CHANGE, Act.EXPIRE, Act.LINK, Act.UNLINK])
def test_an_act_for_which_nobody_says_a_reason_keeps_the_usual_one(person: Registrant, act: Act) -> None:
    with as_tenant(CHUO):
        leave_trace(CLERK, person.pk, act)
        leave_trace(CLERK, person.pk, act, reason="転居の届出")
        usual, said = RegistrationAct.objects.order_by("id").values_list("reason", flat=True)
    assert (bool(usual), said) == (True, "転居の届出")
