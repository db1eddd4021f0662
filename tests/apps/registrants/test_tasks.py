"""What comes about by itself: states, reminders, closings after the grace, the forgetting of 仮登録."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import IntegrityError, transaction

from apps.bookings.models import PastBooking, PaymentMethod
from apps.bookings.rules.fees.use import Facts
from apps.bookings.services.fees.receiving import receive
from apps.bookings.services.fees.settling import settle_fee
from apps.registrants.errors import Obstacle
from apps.registrants.models import (
    Act,
    CloseCause,
    EmergencyContact,
    GroupMember,
    LinkCode,
    Registrant,
    RegistrationAct,
    RegistrationPolicy,
)
from apps.registrants.models.registrant import NOTHING_PERSONAL
from apps.registrants.queries.inbox import put_off
from apps.registrants.queries.policy import policy_on
from apps.registrants.rules.reminding import steps_on
from apps.registrants.services import hooks
from apps.registrants.services.acting import leave_trace
from apps.registrants.services.cards.print_jobs import order_sheets
from apps.registrants.services.close import close, reopen
from apps.registrants.services.lapse import forget
from apps.registrants.services.remind import remind
from apps.registrants.services.suspend import suspend
from apps.registrants.tasks import keep_states, make_card_prints
from kernel import clock
from shared.actor import SYSTEM, Actor
from shared.audit.models import AuditEntry
from shared.outbox.models import Message
from shared.vault.printing.model import PrintState
from tests import factories
from tests.apps.bookings.services.test_races import together
from tests.apps.registrants.services.cards.making import OFFICER, group_issued
from tests.support.fees import fee_tables
from tests.support.fixtures import Freeze
from tests.support.scopes import as_tenant
from tests.support.tenants import BUNKA, CHUO

pytestmark = pytest.mark.usefixtures("database")
CLERK = Actor(kind="staff")
DAY = dt.timedelta(days=1)


def now_of(person: Registrant) -> Registrant:
    with as_tenant(CHUO):
        return Registrant.objects.get(pk=person.pk)


def acts() -> list[tuple[str, str, str]]:
    with as_tenant(CHUO):
        return [(act.act, act.cause, act.actor_kind) for act in RegistrationAct.objects.order_by("at", "id")]


def mails() -> list[Message]:
    with as_tenant(CHUO):
        return list(Message.objects.order_by("created_at"))


def policy(**values: Any) -> None:
    with as_tenant(CHUO):
        RegistrationPolicy.objects.create(valid_from=dt.date(2020, 1, 1), **values)


def ending(days: int, **values: Any) -> factories.Citizen:
    return factories.citizen_with_registration(valid_until=clock.today() + days * DAY, **values)


def test_an_expiry_is_recorded_once_and_existing_bookings_stay() -> None:
    person = factories.individual(valid_until=clock.today() - DAY)
    for _ in range(2):
        keep_states(CHUO)
    assert now_of(person).state == "expired"
    assert acts() == [("expire", "", "system")]
    with as_tenant(CHUO):
        assert RegistrationAct.objects.get().effective_on == clock.today()


def test_lists_follow_a_suspension_that_begins_and_ends(freeze: Freeze) -> None:
    person = factories.individual()
    first = clock.today() + DAY
    with as_tenant(CHUO):
        suspend(actor=CLERK, registrant=person.pk, first=first, last=first, reason="無断不使用")
    states = []
    for day in (first, first + DAY):
        freeze(f"{day.isoformat()} 03:00")
        keep_states(CHUO)
        states.append(now_of(person).state)
    assert states == ["suspended", "active"]
    assert acts() == [("suspend", "", "staff")]


def test_a_closing_ahead_takes_effect_on_its_day_with_what_goes_with_it(
    freeze: Freeze, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = factories.individual()
    seen: list[hooks.Closing] = []
    monkeypatch.setattr(hooks, "named", lambda attribute: (seen.append,) if attribute == "at_closing" else ())
    day = clock.today() + 3 * DAY
    with as_tenant(CHUO):
        close(actor=CLERK, registrant=person.pk, cause=CloseCause.MOVED, reason="転出", effective_on=day)
    keep_states(CHUO)
    assert (now_of(person).state, seen) == ("active", [])
    freeze(f"{day.isoformat()} 03:00")
    for _ in range(2):
        keep_states(CHUO)
    assert now_of(person).state == "closed"
    assert seen == [hooks.Closing(person.pk, "moved", day, SYSTEM)]


def test_a_closing_ahead_is_put_off_while_a_fee_is_owed_that_came_up_since(freeze: Freeze) -> None:
    room, citizen = factories.meeting_room(), factories.citizen_with_registration()
    fee_tables(room)
    booking, person = factories.permitted_booking(citizen, room), citizen.registrant
    day = booking.day + 3 * DAY
    money: dict[str, Any] = {"actor": CLERK, "booking": booking.pk, "method": PaymentMethod.CASH}
    with as_tenant(CHUO):
        receive(amount=1000, **money)
        close(actor=CLERK, registrant=person.pk, cause=CloseCause.WITHDRAWN, reason="届出", effective_on=day)
        settle_fee(actor=CLERK, booking=booking.pk, facts=Facts(commercial=True))
    assert waiting_at_the_desk() == 0
    for late in range(3):
        freeze(f"{day + late * DAY} 03:00")
        keep_states(CHUO)
        assert (now_of(person).state, waiting_at_the_desk()) == ("active", 1)
    assert acts() == [("close", "withdrawn", "staff"), ("put_off", "", "system")]
    with as_tenant(CHUO):
        assert RegistrationAct.objects.get(act=Act.PUT_OFF).reason == "未納の使用料があるため"
        assert AuditEntry.objects.filter(object_id=str(person.pk), detail__act="put_off").count() == 3
        receive(amount=1000, **money)
    keep_states(CHUO)
    assert now_of(person).state == "active"
    freeze(f"{day + 3 * DAY} 03:00")
    keep_states(CHUO)
    assert (now_of(person).state, waiting_at_the_desk()) == ("closed", 0)
    told = [mail.context for mail in mails() if mail.template == "registrants/mail/decided"]
    assert [(one["act"], one["first"], one["reason"]) for one in told] == [
        ("put_off", "", "未納の使用料があるため"),
        ("close", (day + 3 * DAY).isoformat(), "届出"),
    ]


def test_what_goes_with_a_closing_waits_until_it_takes_effect(freeze: Freeze, monkeypatch: pytest.MonkeyPatch) -> None:
    person, seen = factories.individual(), list[hooks.Closing]()
    day, obstacles = clock.today() + 3 * DAY, [Obstacle("予約", "1", None, "desk:booking", UUID(int=1))]
    with as_tenant(CHUO):
        close(actor=CLERK, registrant=person.pk, cause=CloseCause.MOVED, reason="転出", effective_on=day)
    named = {"at_closing": (seen.append,), "closing_obstacles": (lambda _registrant: obstacles,)}
    monkeypatch.setattr(hooks, "named", lambda attribute: named.get(attribute, ()))
    freeze(f"{day} 03:00")
    keep_states(CHUO)
    assert seen == []
    obstacles.clear()
    freeze(f"{day + DAY} 03:00")
    keep_states(CHUO)
    assert seen == [hooks.Closing(person.pk, "moved", day + DAY, SYSTEM)]


def test_a_closing_that_was_put_off_may_be_taken_back_and_does_not_wait_any_more(freeze: Freeze) -> None:
    person = factories.individual()
    day = clock.today() + 3 * DAY
    with as_tenant(CHUO):
        close(actor=CLERK, registrant=person.pk, cause=CloseCause.EX_OFFICIO, reason="届出", effective_on=day)
        PastBooking.objects.create(
            registrant=person, source_key="old:1", number="1", room_name="見本", day=dt.date(2016, 1, 1),
            state="permitted", fee=1000, paid=0,
        )  # fmt: skip
    freeze(f"{day} 03:00")
    keep_states(CHUO)
    assert waiting_at_the_desk() == 1
    with as_tenant(CHUO):
        reopen(actor=CLERK, registrant=person.pk, reason="届出の取下げ")
    freeze(f"{day + 9 * DAY} 03:00")
    keep_states(CHUO)
    assert (now_of(person).state, waiting_at_the_desk()) == ("active", 0)


@pytest.mark.parametrize("cause", [CloseCause.DIED, CloseCause.MOVED])
def test_nobody_is_told_that_the_closing_of_a_dead_person_is_put_off(freeze: Freeze, cause: CloseCause) -> None:
    citizen, day = factories.citizen_with_registration(), clock.today() + 3 * DAY
    with as_tenant(CHUO):
        close(actor=CLERK, registrant=citizen.registrant.pk, cause=cause, reason="届出", effective_on=day)
        PastBooking.objects.create(
            registrant=citizen.registrant, source_key="old:1", number="1", room_name="見本", day=dt.date(2016, 1, 1),
            state="permitted", fee=1000, paid=0,
        )  # fmt: skip
    freeze(f"{day} 03:00")
    keep_states(CHUO)
    assert [mail.context["act"] for mail in mails()] == (["put_off"] if cause == CloseCause.MOVED else [])


def waiting_at_the_desk() -> int:
    """How many closings that are put off the desk is told of."""
    with as_tenant(CHUO):
        return put_off().count()


def test_whoever_has_an_account_is_reminded_once_a_step() -> None:
    citizen = ending(30)
    factories.individual(valid_until=clock.today() + 30 * DAY)
    for _ in range(2):
        keep_states(CHUO)
    [mail] = mails()
    assert (mail.template, mail.recipient) == ("registrants/mail/ending", citizen.account.pk)
    assert mail.context["numbers"] == [citizen.registrant.number]


def test_the_next_step_is_another_mail(freeze: Freeze) -> None:
    end = clock.today() + 60 * DAY
    ending(60)
    for ahead in (60, 45, 30, 29, 7, 0):
        freeze(f"{(end - ahead * DAY).isoformat()} 03:00")
        keep_states(CHUO)
    assert [mail.context["days"] for mail in mails()] == [60, 30, 7]


def test_a_renewal_ends_the_reminders_of_the_old_end() -> None:
    citizen = ending(30)
    with as_tenant(CHUO):
        Registrant.objects.filter(pk=citizen.registrant.pk).update(valid_until=clock.today() + 400 * DAY)
    keep_states(CHUO)
    assert mails() == []


def test_two_registrations_of_one_account_that_end_together_are_one_mail() -> None:
    citizen = ending(7)
    club = factories.group(portal_account=citizen.account.pk, valid_until=clock.today() + 7 * DAY)
    keep_states(CHUO)
    [mail] = mails()
    assert mail.context["numbers"] == sorted([citizen.registrant.number, club.number])


def test_a_mail_says_which_registration_ends_when_and_no_name() -> None:
    ending(7)
    keep_states(CHUO)
    [mail] = mails()
    assert set(mail.context) == {"numbers", "ends_on", "days", "place_name", "place_name_en"}


@pytest.mark.race
def test_two_runs_at_once_send_no_mail_twice() -> None:
    for _ in range(30):
        ending(7)
    [step, *_others] = steps_on(clock.today(), [7])

    def work(_number: int) -> None:
        with as_tenant(CHUO):
            while remind(step, at_most=4):
                pass

    together(4, work)
    recipients = [mail.recipient for mail in mails()]
    assert len(recipients) == len(set(recipients)) == 30


def test_after_the_days_of_grace_it_is_closed_and_without_them_never() -> None:
    over, kept = (factories.individual(valid_until=clock.today() - days * DAY) for days in (31, 30))
    keep_states(CHUO)
    assert now_of(over).state == "expired"
    policy(grace_days=30)
    for _ in range(2):
        keep_states(CHUO)
    assert (now_of(over).state, now_of(kept).state) == ("closed", "expired")
    assert [act for act in acts() if act[0] == "close"] == [("close", "expired", "system")]


def test_a_booking_ahead_keeps_an_expired_registration_open() -> None:
    person = factories.individual()
    factories.counter_booking(person, factories.meeting_room())
    with as_tenant(CHUO):
        Registrant.objects.filter(pk=person.pk).update(valid_until=clock.today() - 31 * DAY)
    policy(grace_days=30)
    keep_states(CHUO)
    assert now_of(person).state == "expired"


def provisional(days_ago: int, **values: Any) -> Registrant:
    return factories.group(state="provisional", registered_on=clock.today() - days_ago * DAY, **values)


def test_a_provisional_registration_that_nobody_completed_is_forgotten() -> None:
    policy(provisional_days=30)
    citizen = factories.portal_account()
    gone, waiting = provisional(31, portal_account=citizen.pk), provisional(30)
    with as_tenant(CHUO):
        GroupMember.objects.create(group=gone, position=1, name="架空　次郎", name_key="x", residence="resident")
        EmergencyContact.objects.create(registrant=gone, name="架空　花子", phone="0476-00-0009")
        LinkCode.objects.create(
            registrant=gone, code_hash="x", made_at=clock.now(), made_by=gone.pk, expires_at=clock.now()
        )
        leave_trace(CLERK, gone.pk, Act.CHANGE, changes={"phone": ["0476-00-0001", "0476-00-0002"]})
    for _ in range(2):
        keep_states(CHUO)
    after = now_of(gone)
    assert {name: getattr(after, name) for name in NOTHING_PERSONAL} == NOTHING_PERSONAL
    assert (after.state, after.number, after.forgotten_on) == ("refused", gone.number, clock.today())
    assert now_of(waiting).group_name == waiting.group_name
    with as_tenant(CHUO):
        for model in (GroupMember, EmergencyContact, LinkCode):
            assert not model._default_manager.exists()
        assert [act.changes for act in RegistrationAct.objects.filter(registrant=gone)] == [{}, {}]
        refusal = RegistrationAct.objects.get(act="refuse")
    assert "30日のあいだに本登録がなかったため" in refusal.reason


def test_postgresql_forgets_nobody_who_was_ever_registered(superuser: psycopg.Connection) -> None:
    person = provisional(40)
    with as_tenant(CHUO):
        spans = "UPDATE registrants_statespan SET during = daterange(lower(during), current_date - 5)"
        superuser.execute(spans.replace("registrants_", "chuo.registrants_"))
        superuser.execute(
            "INSERT INTO chuo.registrants_statespan (registrant_id, state, during)"
            " SELECT id, s, d FROM chuo.registrants_registrant, (VALUES ('active', daterange(current_date - 5,"
            " current_date - 2)), ('provisional', daterange(current_date - 2, NULL))) v (s, d)"
        )
        with transaction.atomic(), pytest.raises(IntegrityError, match="was completed"):
            forget(registrant=person.pk, reason="x")
    assert now_of(person).group_name == person.group_name


def test_another_tenants_registrations_stay() -> None:
    person = factories.individual(BUNKA, valid_until=clock.today() - DAY)
    keep_states(CHUO)
    with as_tenant(BUNKA):
        assert Registrant.objects.get(pk=person.pk).state == "active"


def test_a_policy_that_is_to_come_does_not_count_yet() -> None:
    with as_tenant(CHUO):
        RegistrationPolicy.objects.create(valid_from=clock.today() + DAY, grace_days=1)
        assert policy_on(clock.today()).grace_days is None


def test_the_worker_makes_the_cards_that_were_ordered() -> None:
    card = group_issued()
    with as_tenant(CHUO):
        job = order_sheets(actor=OFFICER, cards=[card.pk], start=1)
    make_card_prints(CHUO)
    with as_tenant(CHUO):
        job.refresh_from_db()
    assert job.state == PrintState.READY
