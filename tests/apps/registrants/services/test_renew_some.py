"""A whole year's end is renewed in batches; what is done stays done, and the next call goes on."""

from __future__ import annotations

import datetime as dt

import pytest

from apps.registrants.errors import RenewalNotLaterError
from apps.registrants.models import Registrant, RegistrationAct
from apps.registrants.services import renew
from apps.registrants.services.renew import renew_some
from kernel import clock
from shared.actor import Actor
from tests import factories
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
CLERK = Actor(kind="staff")
DAY = dt.timedelta(days=1)


def ends() -> list[dt.date | None]:
    with as_tenant(CHUO):
        return list(Registrant.objects.order_by("number").values_list("valid_until", flat=True))


def test_it_goes_on_where_it_was_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renew, "BATCH", 2)
    day, until = clock.today() + 10 * DAY, clock.today() + 375 * DAY
    for end in (clock.today() - DAY, day, day, day + DAY, None):
        factories.individual(valid_until=end)
    with as_tenant(CHUO):
        done = [renew_some(actor=CLERK, day=day, valid_until=until, reason="年度末の一斉更新") for _ in range(3)]
        acts = RegistrationAct.objects.filter(act="renew").count()
    assert (done, acts) == ([2, 1, 0], 3)
    assert ends() == [until, until, until, day + DAY, None]


def test_only_those_that_were_chosen_are_renewed() -> None:
    day, until = clock.today() + 10 * DAY, clock.today() + 375 * DAY
    chosen, other = factories.individual(valid_until=day), factories.individual(valid_until=day)
    with as_tenant(CHUO):
        renew_some(actor=CLERK, day=day, valid_until=until, reason="一斉更新", chosen=[chosen.pk])
    assert ends() == [until, day]
    assert other.valid_until == day


def test_closed_and_merged_ones_are_left_alone() -> None:
    day = clock.today() + 10 * DAY
    factories.individual(valid_until=day, state="closed")
    with as_tenant(CHUO):
        assert renew_some(actor=CLERK, day=day, valid_until=day + 365 * DAY, reason="一斉更新") == 0


def test_an_end_that_is_no_later_is_refused() -> None:
    day = clock.today() + 10 * DAY
    with as_tenant(CHUO), pytest.raises(RenewalNotLaterError):
        renew_some(actor=CLERK, day=day, valid_until=day, reason="一斉更新")
