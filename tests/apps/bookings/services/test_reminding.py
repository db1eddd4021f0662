"""Reminders: once, only while they are true, at the hours that their reader chose."""

from __future__ import annotations

import datetime as dt
import re
import threading
import uuid

import pytest
import time_machine
from django.core.mail import get_connection
from django.db import IntegrityError, connections, transaction

from apps.bookings.models import Booking, PaymentMethod, Reminder, Room
from apps.bookings.rules.fees.due import DueTerms
from apps.bookings.rules.terms import Reminding
from apps.bookings.services.cancel import cancel_by_citizen
from apps.bookings.services.fees.receiving import receive
from apps.bookings.services.openings import remind_of_openings
from apps.bookings.services.reminding import remind_of_bookings
from kernel import clock
from kernel.clock import TOKYO
from shared.accounts.favourites import keep_room
from shared.accounts.reminding import choose_reminders
from shared.actor import SYSTEM
from shared.outbox.mails import mail_of
from shared.outbox.models import Message
from shared.outbox.recipients import Recipient
from tests import factories
from tests.factories import Citizen
from tests.support.fees import fee_tables
from tests.support.scopes import as_portal, as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO, SPORTS
from tests.support.waiting import Gate, joined

pytestmark = pytest.mark.usefixtures("database")
DAY = dt.timedelta(days=1)
STATEMENTS = 9
"""Role, what is ahead, a transaction and its end, the bookings with their money, wishes, terms, what was told."""


def choose(citizen: Citizen, *use: int, quiet: bool = False, **more: object) -> None:
    wanted = {"tentative": (), "opening": False, "language": "ja"} | more
    hours = (dt.time(21), dt.time(8)) if quiet else None
    with as_portal(account=citizen.account.pk):
        choose_reminders(actor=citizen.actor, account=citizen.account.pk, use=use, quiet=hours, **wanted)  # type: ignore[arg-type]


def written(schema: str = CHUO) -> list[str]:
    with as_tenant(schema):
        told = Message.objects.filter(template__startswith="bookings/mail/reminder").order_by("created_at")
        return [one.context["number"] for one in told]


def run(schema: str = CHUO) -> int:
    with as_tenant(schema):
        return remind_of_bookings()


def day_before(booking: Booking) -> dt.datetime:
    start: dt.datetime = booking.during.lower
    return start - DAY


def test_a_citizen_is_reminded_once_a_day_before(citizen: Citizen) -> None:
    booking = factories.permitted_booking(citizen)
    choose(citizen, 1440)
    assert run() == 0
    with time_machine.travel(day_before(booking) + dt.timedelta(minutes=1), tick=False):
        assert (run(), run()) == (1, 0)
    with time_machine.travel(booking.during.lower - dt.timedelta(minutes=5), tick=False):
        assert run() == 0
    assert written() == [booking.number]


def room_to_pay_for() -> Room:
    room = factories.meeting_room()
    factories.terms(room.facility, payment=DueTerms("before_use", days=3))
    fee_tables(room)
    return room


def reminded(citizen: Citizen, booking: Booking) -> Message:
    choose(citizen, 1440)
    with time_machine.travel(day_before(booking) + dt.timedelta(minutes=1), tick=False):
        assert run() == 1
    with as_tenant(CHUO):
        return Message.objects.get(template="bookings/mail/reminder_use")


def test_a_reminder_names_what_is_owed_and_by_when(citizen: Citizen) -> None:
    booking = factories.permitted_booking(citizen, room_to_pay_for(), slots=[1, 2])
    with as_tenant(CHUO):
        receive(actor=SYSTEM, booking=booking.pk, amount=1000, method=PaymentMethod.CASH)
    told = reminded(citizen, booking).context
    assert (told["owed"], told["pay_by"]) == ("1,500円", (booking.day - 3 * DAY).isoformat())


def test_a_reminder_of_what_is_paid_or_free_says_nothing_of_money(citizen: Citizen) -> None:
    free, paid = factories.permitted_booking(citizen), factories.permitted_booking(citizen, room_to_pay_for())
    with as_tenant(CHUO):
        receive(actor=SYSTEM, booking=paid.pk, amount=1000, method=PaymentMethod.CASH)
    choose(citizen, 1440)
    with time_machine.travel(day_before(free) + dt.timedelta(minutes=1), tick=False):
        assert run() == 2
    with as_tenant(CHUO):
        contexts = [one.context for one in Message.objects.filter(template="bookings/mail/reminder_use")]
    assert not any({"owed", "pay_by"} & set(context) for context in contexts)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ja", ["まだ納めていただいていない", "納める額: 1,000円", "納付期限: 令和"]),
        ("en", ["has not been paid", "1,000円", "Due day: "]),
        ("ja-easy", ["まだ払っていないお金", "1,000円", "いつまでに払うか"]),
    ],
)
def test_the_reminder_says_so_in_every_language(citizen: Citizen, language: str, words: list[str]) -> None:
    made = reminded(citizen, factories.permitted_booking(citizen, room_to_pay_for()))
    mail = mail_of(made, Recipient("sakura@citizens.example", language), connection=get_connection())
    assert [word for word in words if not re.search(word, str(mail.body))] == []
    made.context = {key: value for key, value in made.context.items() if key not in {"owed", "pay_by"}}
    mail = mail_of(made, Recipient("sakura@citizens.example", language), connection=get_connection())
    assert not any(re.search(word, str(mail.body)) for word in words)


@pytest.mark.parametrize("number", [1, 3])
def test_reminding_with_what_is_owed_takes_the_same_statements(citizen: Citizen, number: int) -> None:
    room = room_to_pay_for()
    bookings = [factories.permitted_booking(citizen, room, slots=[slot + 1]) for slot in range(number)]
    choose(citizen, 4320)
    with time_machine.travel(day_before(bookings[0]), tick=False), as_tenant(CHUO), count_statements() as statements:
        assert remind_of_bookings() == number
    assert statements.count == STATEMENTS, statements


def test_several_that_are_due_at_once_are_one_mail(citizen: Citizen) -> None:
    booking = factories.permitted_booking(citizen)
    choose(citizen, 4320, 1440, 180)
    with time_machine.travel(booking.during.lower - dt.timedelta(hours=2), tick=False):
        assert (run(), run()) == (1, 0)
    with as_tenant(CHUO):
        assert Reminder.objects.count() == 3


def test_who_wants_none_or_has_no_account_gets_none(citizen: Citizen) -> None:
    booking = factories.permitted_booking(citizen)
    choose(citizen)
    factories.counter_booking(factories.individual(), factories.meeting_room())
    with time_machine.travel(day_before(booking) + dt.timedelta(hours=2), tick=False):
        assert run() == 0


def test_a_booking_that_was_cancelled_is_not_reminded_of(citizen: Citizen) -> None:
    booking = factories.permitted_booking(citizen)
    choose(citizen, 1440)
    with as_portal(CHUO, citizen.account.pk):
        cancel_by_citizen(actor=citizen.actor, booking=booking.pk)
    with time_machine.travel(day_before(booking) + dt.timedelta(hours=1), tick=False):
        assert run() == 0


def test_a_booking_that_moved_is_reminded_of_anew(citizen: Citizen) -> None:
    booking = factories.permitted_booking(citizen)
    choose(citizen, 1440)
    with time_machine.travel(day_before(booking) + dt.timedelta(hours=1), tick=False):
        assert run() == 1
        with as_tenant(CHUO):
            during = booking.during
            moved = type(during)(during.lower + 5 * DAY, during.upper + 5 * DAY)
            Booking.objects.filter(pk=booking.pk).update(day=booking.day + 5 * DAY, during=moved)
        assert run() == 0
    with time_machine.travel(day_before(booking) + 5 * DAY + dt.timedelta(hours=1), tick=False):
        assert run() == 1


def test_nothing_is_sent_in_quiet_hours(citizen: Citizen) -> None:
    booking = factories.permitted_booking(citizen, slots=[3])
    choose(citizen, 1440, quiet=True)
    night = booking.during.lower.astimezone(TOKYO).replace(hour=2) - DAY
    late = booking.during.lower.astimezone(TOKYO).replace(hour=3)
    with time_machine.travel(night, tick=False):
        assert run() == 0
    with time_machine.travel(late, tick=False):
        assert run() == 0
    with time_machine.travel(late.replace(hour=8), tick=False):
        assert run() == 1


def test_a_facility_reminds_whoever_has_chosen_nothing_if_its_terms_say_so(citizen: Citizen) -> None:
    room = factories.meeting_room()
    booking = factories.permitted_booking(citizen, room)
    at_nine = booking.during.lower.astimezone(TOKYO).replace(hour=10) - DAY
    with time_machine.travel(at_nine, tick=False):
        assert run() == 0
        factories.terms(room.facility, reminding=Reminding(1))
        assert run() == 1
        choose(citizen)
        assert run() == 0


def test_what_somebody_chose_is_not_told_to_another_facility(citizen: Citizen) -> None:
    choose(citizen, 1440)
    with as_tenant(SPORTS) as _, connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM shared.reminder_wishes(%s)", [[citizen.account.pk]])
        assert cursor.fetchone() == (0,)
    with as_tenant(CHUO), connections["default"].cursor() as cursor:
        cursor.execute("SELECT account, use FROM shared.reminder_wishes(%s)", [[citizen.account.pk, uuid.uuid4()]])
        assert cursor.fetchall() == [(citizen.account.pk, [1440])]


def test_the_same_reminder_cannot_be_written_twice(citizen: Citizen) -> None:
    booking = factories.permitted_booking(citizen)
    with as_tenant(CHUO), transaction.atomic():
        values = {"kind": "use", "minutes": 60, "target": booking.during.lower, "sent_at": clock.now()}
        Reminder.objects.create(booking=booking, **values)
        with pytest.raises(IntegrityError, match="a_reminder_once"), transaction.atomic():
            Reminder.objects.create(booking=booking, **values)
        with pytest.raises(IntegrityError, match="a_reminder_is_of_a_kind"), transaction.atomic():
            Reminder.objects.create(booking=booking, **values | {"kind": "advert"})


def test_two_runs_at_once_and_one_that_was_killed_write_each_mail_once(citizen: Citizen) -> None:
    room = factories.meeting_room()
    bookings = [factories.permitted_booking(citizen, room, slots=[slot]) for slot in (1, 2, 3)]
    choose(citizen, 1440)
    with time_machine.travel(bookings[0].during.lower - dt.timedelta(hours=1), tick=False):
        with as_tenant(CHUO), transaction.atomic():
            assert remind_of_bookings(at_most=1) == 3
            transaction.set_rollback(True)  # as if it had been killed before the commit
        assert written() == []
        barrier = Gate(2)

        def work() -> None:
            barrier.wait()
            run()
            connections.close_all()

        threads = [threading.Thread(target=work, daemon=True) for _ in range(2)]
        for thread in threads:
            thread.start()
        joined(*threads)
        run()
    assert sorted(written()) == sorted(one.number for one in bookings)


def monthly(room: Room) -> None:
    factories.window(room, opens_kind="month_day", opens_months=2, opens_days=17, opens_at=dt.time(9))


def test_the_opening_of_a_favourite_room_is_told_once(citizen: Citizen) -> None:
    room, other = factories.meeting_room(), factories.meeting_room()
    monthly(room)
    with as_portal(account=citizen.account.pk):
        for one in (room, other):
            keep_room(actor=citizen.actor, account=citizen.account.pk, tenant=CHUO, room=one.pk)
    choose(citizen, opening=True)
    opens = dt.datetime(2027, 1, 17, 9, tzinfo=TOKYO)
    counts = []
    for moment in (opens - dt.timedelta(minutes=1), opens, opens + dt.timedelta(minutes=5), opens + 2 * DAY):
        with time_machine.travel(moment, tick=False), as_portal():
            counts.append(remind_of_openings())
    assert counts == [0, 1, 0, 0]
    with as_tenant(CHUO):
        assert not Message.objects.filter(template="bookings/mail/opening").exists()


def test_who_has_not_asked_is_told_of_no_opening(citizen: Citizen) -> None:
    room = factories.meeting_room()
    monthly(room)
    with as_portal(account=citizen.account.pk):
        keep_room(actor=citizen.actor, account=citizen.account.pk, tenant=CHUO, room=room.pk)
    with time_machine.travel(dt.datetime(2027, 1, 17, 9, 1, tzinfo=TOKYO), tick=False), as_portal():
        assert remind_of_openings() == 0


def test_a_signed_in_citizen_learns_nobodys_wishes(citizen: Citizen) -> None:
    choose(citizen, opening=True)
    with as_portal(account=citizen.account.pk), connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM shared.opening_wishes()")
        assert cursor.fetchone() == (0,)
