"""Every state comes about by its service, with its act in the history; and what is over holds no room in raw SQL."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable

import psycopg
import pytest
import time_machine

from apps.bookings.errors import ReasonMissingError, WrongStateError
from apps.bookings.models import Booking, Document, DocumentKind, Occupation
from apps.bookings.rules.states import OCCUPYING, STATES
from apps.bookings.rules.terms import Tentative
from apps.bookings.services import cancel, decide
from apps.bookings.services.expire import expire_tentative, remind_tentative
from apps.bookings.services.printing import print_document
from apps.bookings.tasks import keep_states
from kernel import clock
from kernel.clock import TOKYO
from shared.actor import Actor
from shared.outbox.models import Message
from tests import factories
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
STAFF = Actor(kind="staff", id=uuid.uuid4())


def tentative(**values: object) -> Booking:
    room = factories.meeting_room(reception="tentative")
    if values:
        factories.terms(room.facility, tentative=Tentative(**values))  # type: ignore[arg-type]
    return factories.booking_awaiting_permit(room=room)


def acted(booking: Booking, act: Callable[..., Booking], **values: object) -> Booking:
    with as_tenant(CHUO):
        return act(actor=STAFF, booking=booking.pk, **values)


def on_its_day(booking: Booking, act: str) -> Booking:
    at = dt.datetime.combine(booking.day, dt.time(12), TOKYO)
    with time_machine.travel(at, tick=False), as_tenant(CHUO):
        return decide.attend(actor=STAFF, booking=booking.pk, act=act)


def expired() -> Booking:
    booking = tentative()
    assert booking.due_at is not None
    with time_machine.travel(booking.due_at, tick=False), as_tenant(CHUO):
        expire_tentative()
    return booking


WAYS: dict[str, Callable[[], Booking]] = {
    "hold": lambda: factories.booking_on_hold(factories.citizen_with_registration(), factories.meeting_room()),
    "tentative": tentative,
    "under_review": factories.booking_awaiting_permit,
    "deferred": lambda: acted(factories.booking_awaiting_permit(), decide.defer, reason="消防署に確認中"),
    "permitted": factories.permitted_booking,
    "used": lambda: on_its_day(factories.permitted_booking(), "come"),
    "no_show": lambda: on_its_day(factories.permitted_booking(), "stay_away"),
    "refused": factories.refused_booking,
    "cancelled": factories.cancelled_booking,
    "called_off": lambda: acted(factories.permitted_booking(), cancel.call_off, reason="停電のため"),
    "revoked": lambda: acted(factories.permitted_booking(), decide.revoke, reason="目的外の使用のため"),
    "expired": expired,
}


def test_there_is_a_way_to_every_state() -> None:
    assert set(WAYS) == STATES


@pytest.mark.parametrize("state", sorted(WAYS))
def test_a_state_holds_its_room_or_none_and_has_a_history(state: str) -> None:
    made = WAYS[state]()
    with as_tenant(CHUO):
        found = Booking.objects.get(pk=made.pk)
        assert found.state == state
        assert Occupation.objects.filter(booking=found).exists() == (state in OCCUPYING)
        assert found.acts.exists() or state == "hold"


@pytest.mark.parametrize("state", ["refused", "cancelled", "expired", "revoked", "called_off"])
def test_raw_sql_gives_no_booking_up_that_keeps_its_room(superuser: psycopg.Connection, state: str) -> None:
    factories.booking_awaiting_permit()
    with pytest.raises(psycopg.errors.CheckViolation):
        superuser.execute("UPDATE chuo.bookings_booking SET state = %s, reason = 'x'", [state])


def test_raw_sql_makes_no_tentative_booking_without_an_end(superuser: psycopg.Connection) -> None:
    factories.booking_awaiting_permit()
    with pytest.raises(psycopg.errors.CheckViolation):
        superuser.execute("UPDATE chuo.bookings_booking SET state = 'tentative'")


def test_a_tentative_booking_is_reminded_of_once_and_then_expires() -> None:
    booking = tentative(days=7, remind=2)
    assert booking.due_at is not None
    with time_machine.travel(booking.due_at - dt.timedelta(days=3), tick=False), as_tenant(CHUO):
        assert remind_tentative() == 0
    with time_machine.travel(booking.due_at - dt.timedelta(days=1), tick=False), as_tenant(CHUO):
        assert (remind_tentative(), remind_tentative(), expire_tentative()) == (1, 0, 0)
    with time_machine.travel(booking.due_at, tick=False):
        keep_states(CHUO)
        keep_states(CHUO)
    with as_tenant(CHUO):
        templates = list(Message.objects.order_by("created_at").values_list("template", flat=True))
        acts = list(booking.acts.values_list("act", "actor_kind"))
    assert templates == [f"bookings/mail/{name}" for name in ("tentative", "due_soon", "expired")]
    assert acts == [("apply", "citizen"), ("remind", "system"), ("expire", "system")]


def test_the_formal_application_stops_the_clock() -> None:
    booking = tentative()
    acted(booking, decide.formalise)
    with as_tenant(CHUO), time_machine.travel(clock.now() + dt.timedelta(days=10), tick=False):
        assert expire_tentative() == 0


def test_a_tentative_booking_is_due_before_the_use_at_the_latest() -> None:
    booking = tentative(days=30, before_use=3)
    assert booking.due_at == dt.datetime.combine(booking.day - dt.timedelta(days=2), dt.time(), TOKYO)


def test_a_permit_is_revoked_with_a_reason_and_a_notice_with_instruction() -> None:
    booking = factories.permitted_booking()
    with pytest.raises(ReasonMissingError):
        acted(booking, decide.revoke, reason=" ")
    acted(booking, decide.revoke, reason="目的外の使用のため", ground="order")
    with as_tenant(CHUO):
        content = Document.objects.get(kind=DocumentKind.REVOCATION).content
        pdf = print_document(actor=STAFF, booking=booking.pk, kind=DocumentKind.REVOCATION)
    assert content["instruction"]["paragraphs"]
    assert ["取消しの理由", "目的外の使用のため"] in content["rows"]
    assert pdf.startswith(b"%PDF")


def test_the_facilitys_own_cancellation_returns_everything() -> None:
    made = acted(factories.permitted_booking(), cancel.call_off, reason="停電のため")
    assert (made.refund_percent, made.cause) == (100, "city")


def test_nobody_came_before_the_day() -> None:
    booking = factories.permitted_booking()
    with as_tenant(CHUO), pytest.raises(WrongStateError):
        decide.attend(actor=STAFF, booking=booking.pk, act="come")
