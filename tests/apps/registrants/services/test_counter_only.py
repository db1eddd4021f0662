"""A registration that reserves at the counter only (インターネット利用不可)."""

from __future__ import annotations

import pytest
from django.test import Client

from apps.bookings.errors import CounterOnlyError
from apps.bookings.models import Booking
from apps.bookings.services.apply import Application, apply_for_hold
from apps.registrants.errors import ReasonMissingError, WrongStateError
from apps.registrants.models import Registrant, RegistrationAct
from apps.registrants.services.close import close
from apps.registrants.services.counter_only import allow_online, stop_online
from kernel import clock
from shared.actor import Actor
from shared.audit.models import AuditEntry
from tests import factories
from tests.support.scopes import as_portal, as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
CLERK = Actor(kind="staff")
REASON = "他人の登録を使った申込みがあったため"


def stopped(person: Registrant) -> None:
    with as_tenant(CHUO):
        stop_online(actor=CLERK, registrant=person.pk, reason=REASON)


def test_the_portal_holds_nothing_for_it_and_the_counter_books() -> None:
    citizen, room = factories.citizen_with_registration(), factories.meeting_room()
    stopped(citizen.registrant)
    with pytest.raises(CounterOnlyError):
        factories.booking_on_hold(citizen, room)
    assert factories.counter_booking(citizen.registrant, room).number
    with as_tenant(CHUO):
        allow_online(actor=CLERK, registrant=citizen.registrant.pk, reason="確認が済んだため")
    assert factories.booking_on_hold(citizen, room, slots=[2]).number


def test_what_was_held_before_is_not_applied_for() -> None:
    citizen = factories.citizen_with_registration()
    held = factories.booking_on_hold(citizen, factories.meeting_room())
    stopped(citizen.registrant)
    with as_portal(CHUO, citizen.account.pk), pytest.raises(CounterOnlyError):
        apply_for_hold(actor=citizen.actor, booking=held.pk, application=Application(factories.MEETING, 10))
    with as_tenant(CHUO):
        assert Booking.objects.get().state == "hold"


def test_who_and_why_stand_in_the_history_and_the_audit() -> None:
    person = factories.individual()
    stopped(person)
    with as_tenant(CHUO):
        act = RegistrationAct.objects.get()
        assert (act.act, act.reason, act.actor_kind) == ("stop_online", REASON, "staff")
        assert AuditEntry.objects.filter(object_id=person.pk, detail__act="stop_online").count() == 1
        with pytest.raises(ReasonMissingError):
            stop_online(actor=CLERK, registrant=person.pk, reason=" ")


def test_a_closed_registration_is_neither_stopped_nor_allowed() -> None:
    person = factories.individual()
    with as_tenant(CHUO):
        close(actor=CLERK, registrant=person.pk, cause="died", reason="届出", effective_on=clock.today())  # type: ignore[arg-type]
        with pytest.raises(WrongStateError):
            stop_online(actor=CLERK, registrant=person.pk, reason=REASON)


def test_the_page_offers_the_one_or_the_other_and_tells_which_holds(manager: Client) -> None:
    person = factories.individual()
    page = f"/registrants/{person.pk}/"
    assert "インターネット予約を止める" in manager.get(page).content.decode()
    missing = manager.post(f"{page}stop_online/", {"version": 1, "reason": ""})
    assert (missing.status_code, "理由を入力してください。" in missing.content.decode()) == (422, True)
    assert manager.post(f"{page}stop_online/", {"version": 1, "reason": REASON}).status_code == 302
    shown = manager.get(page).content.decode()
    assert "できません（窓口のみ）" in shown
    assert "インターネット予約を再開する" in shown
    stale = manager.post(f"{page}allow_online/", {"version": 1, "reason": "確認済み"})
    assert stale.status_code == 409
