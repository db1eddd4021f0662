"""Two clerks at once on one registration, and a booking at the moment of closing."""

from __future__ import annotations

import contextlib
import uuid
from collections import Counter
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from apps.bookings.errors import RegistrantNotActiveError
from apps.bookings.models import Booking
from apps.bookings.services.apply import Application
from apps.bookings.services.counter import book_at_counter
from apps.bookings.services.starting import Wish
from apps.registrants.errors import ClosingObstructedError, StaleRegistrationError, WrongStateError
from apps.registrants.models import CloseCause, Registrant, RegistrationAct
from apps.registrants.services.close import close
from apps.registrants.services.merge import merge
from apps.registrants.services.renew import renew
from apps.registrants.services.suspend import suspend
from kernel import clock
from kernel.errors import DomainError
from shared.actor import Actor
from tests import factories
from tests.apps.bookings.services.test_races import together
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("database")]
CLERK = Actor(kind="staff")


def closing(person: Registrant) -> None:
    close(actor=CLERK, registrant=person.pk, cause=CloseCause.DIED, reason="届出", effective_on=clock.today())


def suspending(person: Registrant) -> None:
    suspend(actor=CLERK, registrant=person.pk, first=clock.today(), last=None, reason="無断不使用", seen_version=1)


def renewing(person: Registrant) -> None:
    renew(actor=CLERK, registrant=person.pk, valid_until=factories.soon(), reason="更新", seen_version=1)


@pytest.mark.parametrize("act", [closing, suspending, renewing])
def test_of_eight_clerks_who_do_the_same_at_once_one_does_it(act: Callable[[Registrant], None]) -> None:
    person = factories.individual()

    def work(_number: int) -> str:
        with as_tenant(CHUO):
            try:
                act(person)
            except (StaleRegistrationError, WrongStateError):
                return "refused"
            return "done"

    assert Counter(together(8, work)) == {"done": 1, "refused": 7}
    with as_tenant(CHUO):
        assert RegistrationAct.objects.count() == 1


def test_a_booking_and_a_closing_at_once_never_both_come_about() -> None:
    people = [factories.individual() for _ in range(40)]
    rooms = [factories.meeting_room() for _ in people]

    def booking(number: int) -> Any:
        wish = Wish(people[number].pk, rooms[number].pk, factories.soon(), (1,), uuid.uuid4())
        return book_at_counter(actor=CLERK, wish=wish, application=Application("meeting", 10))

    def work(thread: int) -> list[str]:
        with as_tenant(CHUO):
            return [outcome(thread, number) for number in range(len(people))]

    def outcome(thread: int, number: int) -> str:
        try:
            booking(number) if thread else closing(people[number])
        except (ClosingObstructedError, RegistrantNotActiveError):
            return "refused"
        except DomainError as error:
            return type(error).__name__
        return "done"

    closings, bookings = together(2, work)
    assert [{*pair} for pair in zip(closings, bookings, strict=True)] == [{"done", "refused"}] * len(people)
    with as_tenant(CHUO):
        assert not Booking.objects.filter(registrant__state="closed").exists()


def test_of_two_clerks_who_merge_two_records_into_each_other_one_does_it() -> None:
    pairs = [(factories.individual().pk, factories.individual().pk) for _ in range(10)]

    def work(thread: int) -> list[str]:
        with as_tenant(CHUO):
            return [merging(*(pair if thread else reversed(pair))) for pair in pairs]

    outcomes = zip(*together(2, work), strict=True)
    assert [sorted(pair) for pair in outcomes] == [["done", "refused"]] * len(pairs)
    with as_tenant(CHUO):
        assert Registrant.objects.filter(state="closed").count() == len(pairs)


def merging(kept: UUID, gone: UUID) -> str:
    try:
        merge(actor=CLERK, kept=kept, gone=gone, reason="二重登録")
    except WrongStateError:
        return "refused"
    return "done"


def test_a_booking_at_the_moment_of_a_merge_is_never_left_with_the_closed_record() -> None:
    pairs = [(factories.individual().pk, factories.individual().pk) for _ in range(20)]
    rooms = [factories.meeting_room() for _ in pairs]

    def booking(number: int) -> None:
        wish = Wish(pairs[number][1], rooms[number].pk, factories.soon(), (1,), uuid.uuid4())
        with contextlib.suppress(RegistrantNotActiveError):
            book_at_counter(actor=CLERK, wish=wish, application=Application("meeting", 10))

    def work(thread: int) -> None:
        with as_tenant(CHUO):
            for number, pair in enumerate(pairs):
                booking(number) if thread else merging(*pair)

    together(2, work)
    with as_tenant(CHUO):
        assert not Booking.objects.filter(registrant__state="closed").exists()
        assert Registrant.objects.filter(state="closed").count() == len(pairs)
