"""A renewal moves the end of a registration."""

from __future__ import annotations

import datetime as dt

import pytest

from apps.registrants.errors import RenewalNotLaterError
from apps.registrants.models import Registrant, RegistrationAct
from apps.registrants.services.close import close
from apps.registrants.services.renew import renew
from kernel import clock
from shared.actor import Actor
from tests import factories
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
CLERK = Actor(kind="staff")
DAY = dt.timedelta(days=1)


def renewed(person: Registrant, until: dt.date | None) -> Registrant:
    with as_tenant(CHUO):
        renew(actor=CLERK, registrant=person.pk, valid_until=until, reason="更新の申請による")
        return Registrant.objects.get(pk=person.pk)


def test_an_expired_registration_is_active_again() -> None:
    person = factories.individual(valid_until=clock.today() - DAY, state="expired")
    until = clock.today() + 365 * DAY
    after = renewed(person, until)
    assert (after.state, after.valid_until) == ("active", until)


def test_the_history_tells_both_ends() -> None:
    until = clock.today() + 30 * DAY
    renewed(factories.individual(valid_until=clock.today()), until)
    with as_tenant(CHUO):
        act = RegistrationAct.objects.get()
    assert act.changes == {"valid_until": [clock.today().isoformat(), until.isoformat()]}


def test_a_suspended_registration_stays_suspended() -> None:
    person = factories.individual(state="suspended")
    assert renewed(person, clock.today() + 30 * DAY).state == "suspended"


def test_an_end_no_later_than_the_present_one_is_refused() -> None:
    until = clock.today() + 30 * DAY
    with pytest.raises(RenewalNotLaterError):
        renewed(factories.individual(valid_until=until), until)


def test_a_closing_to_come_is_not_undone_by_it() -> None:
    person = factories.individual(valid_until=clock.today())
    with as_tenant(CHUO):
        day = clock.today() + 10 * DAY
        close(actor=CLERK, registrant=person.pk, cause="moved", reason="転出", effective_on=day)  # type: ignore[arg-type]
    assert renewed(person, clock.today() + 30 * DAY).state == "active"
