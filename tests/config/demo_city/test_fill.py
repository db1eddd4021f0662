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
    BookingState,
    Channel,
    Document,
    MonthDeed,
    Occupation,
    OccupationKind,
)
from apps.bookings.queries.offers import offers_of_tenant
from apps.bookings.rules.days import closing_on
from apps.bookings.rules.states import STANDING
from apps.bookings.services.decide import permit
from apps.compliance.queries.roster import own_submissions
from apps.compliance.rules.roster import Standing
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
from shared.staff.models import Role, StaffAccount
from tenants.models import Operator, OperatorAssignment
from tests import factories
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
    models = (Registrant, Card, CardIssue, Visit, Booking, BookingAct, Occupation, Document, Message, StaffAccount)
    with as_tenant(CHUO):
        own = [model.objects.count() for model in models]
    with as_owner():
        shared = [model.objects.using("owner").count() for model in (CatalogueFacility, PortalAccount, PortalLink)]
    return own + shared


def test_it_brings_bookings_of_past_and_future_in_their_states() -> None:
    filled()
    with as_tenant(CHUO):
        past = Booking.objects.filter(day__lt=clock.today())
        ahead = Booking.objects.filter(day__gt=clock.today())
        assert past.filter(state__in=STANDING).count() > 5
        assert set(ahead.values_list("state", flat=True)) >= {BookingState.PERMITTED, BookingState.HOLD}
        assert set(Booking.objects.values_list("channel", flat=True)) == set(Channel)


def test_it_does_everything_at_its_time() -> None:
    filled()
    with as_tenant(CHUO):
        for booking in Booking.objects.exclude(applied_at=None):
            assert booking.applied_at is not None
            assert booking.created_at <= booking.applied_at < booking.during.lower
            assert booking.applied_at <= clock.now()
        assert [one.serial for one in Document.objects.order_by("issued_on", "serial")] == sorted(
            Document.objects.values_list("serial", flat=True)
        )


def test_citizens_apply_as_themselves_and_only_for_themselves() -> None:
    filled()
    with as_tenant(CHUO):
        applied = BookingAct.objects.filter(act="apply", actor_kind="citizen").select_related("booking__registrant")
        assert applied
        assert all(act.actor_id == act.booking.registrant.portal_account for act in applied)


def test_filling_again_doubles_nothing(freeze: Freeze) -> None:
    freeze("2026-06-10 12:00")
    filled()
    before = counts()
    assert filled()[-1].split(":")[1].startswith(" +0 ")
    assert counts() == before


def test_filling_days_later_adds_what_has_happened_since(freeze: Freeze) -> None:
    freeze("2026-06-10 12:00")
    filled()
    with as_tenant(CHUO):
        before = set(Booking.objects.values_list("pk", flat=True))
    freeze("2026-06-16 12:00")
    filled()
    with as_tenant(CHUO):
        new = Booking.objects.exclude(pk__in=before)
        assert before < set(Booking.objects.values_list("pk", flat=True))
        assert all(one.created_at > dt.datetime(2026, 6, 10, 3, tzinfo=dt.UTC) for one in new)


def test_a_filling_that_was_interrupted_goes_on(freeze: Freeze, monkeypatch: pytest.MonkeyPatch) -> None:
    freeze("2026-06-10 12:00")
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


def handed_over(kind: CardKind) -> set[bool]:
    """Whether cards of ``kind``, all of which are valid, are in their holders' hands."""
    assert set(Card.objects.filter(kind=kind).values_list("state", flat=True)) == {CardState.ACTIVE}
    days = CardIssue.objects.filter(card__kind=kind).values_list("handed_over_on", flat=True)
    return {day is not None for day in days}


def test_some_groups_have_cards_and_some_of_these_still_wait_to_be_handed_over() -> None:
    filled()
    with as_tenant(CHUO):
        assert handed_over(CardKind.GROUP) == {True, False}


def test_blocks_keep_rooms_from_being_offered(freeze: Freeze) -> None:
    freeze("2026-06-10 12:00")
    filled()
    with as_tenant(CHUO):
        kinds = set(Occupation.objects.values_list("kind", flat=True))
    assert {OccupationKind.CITY_USE, OccupationKind.MAINTENANCE} <= kinds


def test_no_mail_of_the_past_waits_for_a_worker() -> None:
    filled()
    with as_tenant(CHUO):
        assert Message.objects.filter(state=MessageState.SENT).exists()
        assert not Message.objects.filter(state=MessageState.PENDING).exists()


def test_a_mail_that_waited_before_is_left_to_the_worker() -> None:
    with as_tenant(CHUO):
        waiting = Message.objects.create(
            template="bookings/mail/applied", recipient=CITIZENS[0].account, due_at=clock.now(), created_at=clock.now()
        )
    filled()
    with as_tenant(CHUO):
        assert Message.objects.get(state=MessageState.PENDING).pk == waiting.pk


def test_only_the_facilities_with_rooms_can_be_booked() -> None:
    filled()
    with as_city():
        complex_ = CatalogueFacility.objects.filter(building="総合福祉センター")
        assert {one.name for one in complex_ if one.tenant} == {one.name for one in WELFARE.facilities}
        assert complex_.count() == 4


@pytest.fixture
def whole_city(superuser: psycopg.Connection) -> Iterator[None]:
    """The demonstration's tenants may be provisioned for real; they are taken away again."""
    yield
    for plan in TENANTS:
        if plan.schema not in PROVISIONED:
            remove(superuser, plan.schema)


def test_the_managers_roster_stands_in_each_of_its_states() -> None:
    factories.clerk(roles=[Role.FACILITY_MANAGER])
    filled()
    with as_tenant(CHUO):
        standings = {one.standing for one in own_submissions()}
    assert standings == set(Standing) - {Standing.RECEIVED, Standing.NOTED}


def test_the_command_refuses_another_host(settings: LazySettings) -> None:
    settings.BASE_HOST = "yoyaku-shisetsu.example"
    with pytest.raises(CommandError, match="localhost"):
        call_command("fill_demo")
    with as_city():
        assert not CatalogueFacility.objects.exists()


def test_a_year_before_is_written_by_the_rules_of_the_calendar_and_its_uses_are_told(freeze: Freeze) -> None:
    freeze("2026-06-10 12:00")
    filled(scale=replace(SMALL, days_earlier=45))
    with as_tenant(CHUO):
        earlier = Booking.objects.filter(day__lt=dt.date(2026, 6, 1))
        assert set(earlier.values_list("state", flat=True)) >= {"used", "cancelled"}
        assert not earlier.filter(state="permitted").exists(), "what became of it was told"
        offers = {offer.room: offer for offer in offers_of_tenant(CHUO)}
        assert not [one for one in earlier if closing_on(offers[one.room_id], one.day)]
        assert {act.act for act in BookingAct.objects.filter(booking__in=earlier)} >= {"apply", "permit", "come"}
        closed = MonthDeed.objects.filter(month=dt.date(2026, 4, 1)).values_list("figures", flat=True)
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
    for plan in (WELFARE, sports):
        filled(plan, Scale(days_before=3, days_after=3, share=0.3, days_earlier=3))
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
