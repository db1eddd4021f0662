"""Disposals: nothing goes that is not listed and confirmed, and what goes keeps its figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.bookings.models import Booking, BookingAct, Document, PastBooking, StaffNote
from apps.bookings.queries.usage import usage_of_month
from apps.compliance.models.registers import DisposalRecord
from apps.compliance.models.retention import Disposal, DisposalItem
from apps.compliance.services.dispose import carry_out
from apps.registrants.models import Registrant, StateSpan
from shared.audit.models import AuditEntry
from tests import factories
from tests.apps.compliance import disposing
from tests.support.fixtures import Freeze
from tests.support.scopes import as_city, as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
JANUARY = dt.date(2020, 1, 1)


def test_anonymised_bookings_say_nothing_of_their_user_and_keep_their_figures(freeze: Freeze) -> None:
    room = factories.meeting_room()
    who, made = disposing.old_bookings(freeze, room, 3)
    with as_tenant(CHUO):
        StaffNote.objects.create(booking=made[0], at=made[0].created_at, author=who.pk, text="見本")
        before = Booking.objects.values("day", "during", "room", "purpose", "headcount", "state", "channel")
        figures = list(before.order_by("number"))
    with as_city():
        usage = usage_of_month(JANUARY)
    done = disposing.disposed("bookings")
    assert (done.listed, done.done, done.dropped, done.months) == (3, 3, 0, 60)
    with as_tenant(CHUO):
        assert list(before.order_by("number")) == figures
        holders = set(Booking.objects.values_list("registrant__number", "registrant__kind", "event_name"))
        assert holders == {("ANON-group", "group", "")}
        assert not StaffNote.objects.exists()
        assert not BookingAct.objects.exclude(actor_id=None, reason="").exists()
        assert not Document.objects.exclude(content={}).exists()
        assert not Booking.objects.filter(registrant=who).exists()
    with as_city():
        assert usage_of_month(JANUARY) == usage


def test_a_disposal_leaves_its_line_in_the_register_and_in_the_audit(freeze: Freeze) -> None:
    disposing.old_bookings(freeze, factories.meeting_room())
    done = disposing.disposed("bookings")
    with as_tenant(CHUO):
        [line] = DisposalRecord.objects.all()
        assert (line.quantity, line.witness, line.ending) == ("1件", "架空　市職員", "destroyed")
        acts = AuditEntry.objects.filter(object_type="disposal", object_id=str(done.pk), action="delete")
        assert [one.detail for one in acts] == [{"kind": "bookings", "done": 1, "dropped": 0}]


def test_what_comes_after_the_list_is_not_in_it_and_what_no_longer_qualifies_is_dropped(freeze: Freeze) -> None:
    room = factories.meeting_room()
    who, _ = disposing.old_bookings(freeze, room, 2)
    one = disposing.confirmed("bookings")
    other, later = disposing.old_bookings(freeze, factories.meeting_room(name="和室"), 1)
    with as_tenant(CHUO):
        Registrant.objects.filter(pk=who.pk).update(state="suspended")
        StateSpan.objects.filter(registrant=who).update(state="suspended")
        carry_out(CHUO)
        done = Disposal.objects.get(pk=one.pk)
        assert (done.listed, done.done, done.dropped) == (2, 0, 2)
        assert set(DisposalItem.objects.values_list("outcome", "why")) == {("dropped", "suspended")}
        assert Booking.objects.get(pk=later[0].pk).registrant_id == other.pk
        assert done.done_at is not None


MAKERS = (
    factories.permitted_booking, factories.refused_booking, factories.cancelled_booking,
    factories.booking_awaiting_permit,
)  # fmt: skip
USES = st.lists(
    st.tuples(st.sampled_from(MAKERS), st.integers(0, 9), st.integers(1, 30)),
    min_size=1, max_size=4, unique_by=lambda one: one[1],
)  # fmt: skip


@given(uses=USES, before=st.lists(st.tuples(st.integers(0, 9), st.none() | st.integers(0, 50)), max_size=3))
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_figures_of_use_are_the_same_before_and_after(
    clean: Callable[[], None],
    freeze: Freeze,
    uses: list[tuple[Callable[..., Booking], int, int]],
    before: list[tuple[int, int | None]],
) -> None:
    clean()
    freeze(disposing.THEN)
    room, citizen = factories.meeting_room(), factories.citizen_with_registration(registered_on=dt.date(2019, 4, 1))
    for make, day, heads in uses:
        make(citizen, room, day=dt.date(2020, 1, 20 + day), headcount=heads)
    with as_tenant(CHUO):
        PastBooking.objects.bulk_create(
            PastBooking(
                source_key=f"old:{number}", number=str(number), registrant=citizen.registrant, room=room, room_name="x",
                day=dt.date(2020, 1, 1 + day), headcount=heads, state="permitted",
            )
            for number, (day, heads) in enumerate(before)
        )  # fmt: skip
    freeze(disposing.NOW)
    with as_city():
        usage = usage_of_month(JANUARY)
    assert disposing.disposed("bookings").done == len(uses)
    if before:
        assert disposing.disposed("past_bookings").done == len(before)
    with as_city():
        assert usage_of_month(JANUARY) == usage
    with as_tenant(CHUO):
        assert not Booking.objects.filter(registrant=citizen.registrant).exists()
