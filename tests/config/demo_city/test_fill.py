"""Filling the demonstration: through the services, and again without doubling anything.

The plans are told into tenants that every test database has, but for one test that provisions.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import StringIO
from itertools import count
from typing import Any

import psycopg
import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from apps.bookings.models import (
    Booking,
    BookingAct,
    Document,
    MonthDeed,
    Occupation,
)
from apps.bookings.queries.offers import offers_of_tenant
from apps.bookings.rules.days import closing_on
from apps.bookings.services.decide import permit
from apps.registrants.models import (
    Card,
    CardIssue,
    CardKind,
    CardState,
    CitizenRequest,
    Registrant,
    RegistrantState,
    Visit,
)
from config.demo_city import history
from config.demo_city.fill import Scale, fill
from config.demo_city.logins import CITIZENS, PASSWORD, STAFF, table
from config.demo_city.plans import TENANTS, TenantPlan
from kernel import clock
from shared.accounts.models import PortalAccount, PortalLink
from shared.catalogue.models import CatalogueFacility
from shared.outbox.models import Message, MessageState
from shared.staff.models import StaffAccount
from tenants.models import Operator, OperatorAssignment
from tests.config.demo_city.days import NOON
from tests.support.provisioning import remove
from tests.support.scopes import as_city, as_owner, as_portal, as_tenant
from tests.support.tenants import CHUO
from tests.support.tenants import TENANTS as PROVISIONED

pytestmark = pytest.mark.usefixtures("database")
WELFARE = next(plan for plan in TENANTS if plan.schema == "fukushi")
PLAN = replace(WELFARE, schema=CHUO)
SMALL = Scale(days_before=9, days_after=9, share=0.4, days_earlier=14)
Freeze = Callable[[str], object]


def filled(plan: TenantPlan = PLAN, scale: Scale = SMALL) -> list[str]:
    told: list[str] = []
    fill(progress=told.append, scale=scale, tenants=[plan])
    return told


def counts() -> list[int]:
    models = (Registrant, Card, CardIssue, Visit, CitizenRequest, Booking, BookingAct, Occupation, Document, Message)
    with as_tenant(CHUO):
        own = [model.objects.count() for model in (*models, StaffAccount)]
    with as_owner():
        shared = [model.objects.using("owner").count() for model in (CatalogueFacility, PortalAccount, PortalLink)]
    return own + shared


def test_filling_again_doubles_nothing(freeze: Freeze) -> None:
    freeze(f"{NOON:%F %R}")
    filled()
    before = counts()
    assert filled()[-1].split(":")[1].startswith(" +0 ")
    assert counts() == before


def test_filling_days_later_adds_what_has_happened_since(freeze: Freeze) -> None:
    freeze(f"{NOON:%F %R}")
    filled()
    with as_tenant(CHUO):
        before = set(Booking.objects.values_list("pk", flat=True))
    freeze(f"{NOON + dt.timedelta(days=6):%F %R}")
    filled()
    with as_tenant(CHUO):
        new = Booking.objects.exclude(pk__in=before)
        assert before < set(Booking.objects.values_list("pk", flat=True))
        assert all(one.created_at > NOON for one in new)


def test_a_filling_that_was_interrupted_goes_on(freeze: Freeze, monkeypatch: pytest.MonkeyPatch) -> None:
    freeze(f"{NOON:%F %R}")
    permitted = count(1)

    def permit_five(**options: Any) -> Booking:
        if next(permitted) > 5:
            raise KeyboardInterrupt
        return permit(**options)

    monkeypatch.setattr(history, "permit", permit_five)
    with pytest.raises(KeyboardInterrupt):
        filled()
    half = counts()
    monkeypatch.undo()
    filled()
    whole = counts()
    filled()
    assert half < whole == counts()


def test_registrations_older_than_the_manager_and_some_not_in_force_are_there() -> None:
    filled(scale=replace(SMALL, share=1.0, days_before=0, days_after=0))
    with as_tenant(CHUO):
        assert Registrant.objects.filter(registered_on__lt=dt.date(2017, 4, 1)).exists()
        states = set(Registrant.objects.values_list("state", flat=True))
    assert {RegistrantState.ACTIVE, RegistrantState.EXPIRED, RegistrantState.SUSPENDED} <= states


def test_a_mail_that_waited_before_is_left_to_the_worker() -> None:
    with as_tenant(CHUO):
        waiting = Message.objects.create(
            template="bookings/mail/applied", recipient=CITIZENS[0].account, due_at=clock.now(), created_at=clock.now()
        )
    filled()
    with as_tenant(CHUO):
        assert Message.objects.get(state=MessageState.PENDING).pk == waiting.pk


def handed_over(kind: CardKind) -> set[bool]:
    """Whether cards of ``kind``, all of which are valid, are in their holders' hands."""
    assert set(Card.objects.filter(kind=kind).values_list("state", flat=True)) == {CardState.ACTIVE}
    days = CardIssue.objects.filter(card__kind=kind).values_list("handed_over_on", flat=True)
    return {day is not None for day in days}


@pytest.fixture
def whole_city(superuser: psycopg.Connection) -> Iterator[None]:
    """The demonstration's tenants may be provisioned for real; they are taken away again."""
    yield
    for plan in TENANTS:
        if plan.schema not in PROVISIONED:
            remove(superuser, plan.schema)


def test_the_command_refuses_another_host(settings: LazySettings) -> None:
    settings.BASE_HOST = "yoyaku-shisetsu.example"
    with pytest.raises(CommandError, match="localhost"):
        call_command("fill_demo")
    with as_city():
        assert not CatalogueFacility.objects.exists()


def test_a_year_before_is_written_by_the_rules_of_the_calendar_and_its_uses_are_told(freeze: Freeze) -> None:
    freeze(f"{NOON:%F %R}")
    filled(scale=replace(SMALL, days_earlier=45))
    with as_tenant(CHUO):
        earlier = Booking.objects.filter(day__lt=NOON.date() - dt.timedelta(days=SMALL.days_before))
        assert set(earlier.values_list("state", flat=True)) >= {"used", "cancelled"}
        assert not earlier.filter(state="permitted").exists(), "what became of it was told"
        offers = {offer.room: offer for offer in offers_of_tenant(CHUO)}
        assert not [one for one in earlier if closing_on(offers[one.room_id], one.day)]
        assert {act.act for act in BookingAct.objects.filter(booking__in=earlier)} >= {"apply", "permit", "come"}
        closed = MonthDeed.objects.filter(month__lt=NOON.date().replace(day=1)).values_list("figures", flat=True)
        assert sum(one["facility"]["people"] for one in closed) > 100


@pytest.mark.slow
def test_the_command_fills_the_whole_city_and_prints_every_login(whole_city: None) -> None:
    """One filling for all that is looked at: provisioning the four tenants takes most of the time."""
    out, err = StringIO(), StringIO()
    call_command("fill_demo", "--days", "3", "--share", "0.3", stdout=out, stderr=err, no_color=True)
    assert out.getvalue() == table() + "\n"
    assert all(one.login in table() for one in (*CITIZENS, *STAFF))
    for plan in TENANTS:
        assert f"{plan.name} / {plan.name_en}: +" in err.getvalue()
        with as_tenant(plan.schema):
            assert Booking.objects.exists()
    with as_portal(account=CITIZENS[0].account):
        assert PortalLink.objects.count() == 2
    _provisioned_with_operators_and_logins()
    sports = next(plan for plan in TENANTS if plan.schema == "matsuyama")
    filled(sports, Scale(days_before=3, days_after=3, share=0.3, days_earlier=3))
    _asked_once(sports)


def _provisioned_with_operators_and_logins() -> None:
    with as_city():
        terms = OperatorAssignment.objects.filter(tenant__schema_name=WELFARE.schema).order_by("during")
        assert [(one.operator.name, one.during.upper) for one in terms][:3] == [
            ("印西市高齢者福祉課", dt.date(2017, 4, 1)),
            ("印西市社協・六親会協同事業体", dt.date(2022, 4, 1)),
            ("印西市社協・六親会協同事業体", dt.date(2027, 4, 1)),
        ]
        assert terms.filter(during__contains=clock.today()).count() == 1
        assert Operator.objects.get(name="印西市社協・六親会協同事業体").members.count() == 2
        assert StaffAccount.objects.get(login_id="city01").check_password(PASSWORD)
    with as_tenant(WELFARE.schema):
        assert StaffAccount.objects.get(login_id="fukushi01").check_password(PASSWORD)
        assert Booking.objects.filter(registrant__portal_account=CITIZENS[0].account).exists()
        assert handed_over(CardKind.SENIOR) == {True, False}
        assert Visit.objects.exists()


def _asked_once(sports: TenantPlan) -> None:
    """What citizens ask waits for the desk."""
    with as_tenant(WELFARE.schema):
        assert CitizenRequest.objects.get().state == "open"
    with as_tenant(sports.schema):
        assert Registrant.objects.filter(state="provisional", family_name="若草").count() == 1
