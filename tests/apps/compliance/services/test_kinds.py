"""Each kind of record: when it is over, what holds it back, and what is left of it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable

import pytest
from django.db import connection

from apps.bookings.models import Booking, PastBooking, PaymentMethod
from apps.bookings.services.fees.receiving import receive
from apps.compliance.models.retention import DisposalItem
from apps.compliance.retention_errors import NothingDueError
from apps.compliance.rules.retention import is_over
from apps.compliance.services.dispose import ask_disposal, carry_out, confirm_disposal
from apps.registrants.models import (
    Card,
    CardToken,
    CloseCause,
    EmergencyContact,
    GroupMember,
    Registrant,
    RegistrationAct,
    UseStop,
    Visit,
)
from apps.registrants.services.close import close
from apps.registrants.services.inquiring import open_inquiry
from kernel import clock
from shared import disposing as functions
from shared.accounts.models import PortalAccount
from shared.actor import Actor
from shared.outbox.models import Message
from tenants.scope import SHARED_SCHEMA
from tests import factories
from tests.apps.compliance import disposing
from tests.support.fees import fee_tables
from tests.support.fixtures import Freeze
from tests.support.raw import raw_superuser
from tests.support.scopes import as_city, as_tenant
from tests.support.tenants import CHUO, SPORTS

pytestmark = pytest.mark.usefixtures("database")
STAFF = Actor(kind="staff", id=uuid.uuid4())


def closed(freeze: Freeze, on: str = disposing.THEN) -> Registrant:
    """A group with its contact and a member, closed in January 2020; the clock then stands in May 2025."""
    freeze(on)
    who = factories.group(registered_on=dt.date(2019, 4, 1))
    factories.emergency_contact(who)
    with as_tenant(CHUO):
        GroupMember.objects.create(group=who, position=1, name="見本次郎", name_key="x", residence="resident")
        close(
            actor=STAFF, registrant=who.pk, cause=CloseCause.WITHDRAWN, reason="見本の理由", effective_on=clock.today()
        )
    freeze(disposing.NOW)
    return who


def held_codes(kind: str) -> set[str]:
    with as_tenant(CHUO):
        return {one.held for one in DisposalItem.objects.filter(disposal__kind=kind)}


def due(kind: str) -> tuple[int, int]:
    with as_tenant(CHUO):
        return next((one.due, one.held) for one in functions.counts(clock.today()) if one.kind == kind)


def test_of_a_closed_registration_the_number_and_the_days_stay(freeze: Freeze) -> None:
    who = closed(freeze)
    done = disposing.disposed("registrants")
    assert (done.listed, done.done) == (1, 1)
    with as_tenant(CHUO):
        left = Registrant.objects.get(pk=who.pk)
        assert (left.number, left.state, left.registered_on) == (who.number, "closed", who.registered_on)
        assert left.display_name == "（個人情報を消去した登録）"
        assert not EmergencyContact.objects.exists()
        assert not GroupMember.objects.exists()
        acts = RegistrationAct.objects.filter(registrant=who)
        assert {(one.act, one.cause) for one in acts} >= {("close", "withdrawn")}
        assert not acts.exclude(reason="", changes={}, actor_id=None).exists()
    assert due("registrants") == (0, 0)


def stop_of_use(who: Registrant) -> None:
    with as_tenant(CHUO):
        UseStop.objects.create(registrant=who, request=uuid.uuid4(), since=clock.now())


def person_request(who: Registrant) -> None:
    with raw_superuser() as superuser:
        superuser.execute(
            "INSERT INTO shared.compliance_personrequest (id, tenant, fiscal_year, serial, kind, registrant, claimant,"
            " document, received_on, days, note) VALUES (gen_random_uuid(), %s, 2025, 1, 'disclosure', %s, 'self',"
            " 'other', now(), 30, '')",
            [CHUO, who.pk],
        )


def incident(who: Registrant) -> None:
    with raw_superuser() as superuser:
        superuser.execute(
            "WITH made AS (INSERT INTO shared.compliance_incident (id, tenant, fiscal_year, serial, kind, noticed_at,"
            " reported_at, what, medium, encrypted, recovered) VALUES (gen_random_uuid(), %s, 2025, 1, 'leak', now(),"
            " now(), 'x', 'paper', 'no', 'no') RETURNING id)"
            " INSERT INTO shared.compliance_affectedperson (incident_id, tenant, at, by_kind, by_name, registrant,"
            " source, is_excluded) SELECT id, %s, now(), 'city', '', %s, 'x', false FROM made",
            [CHUO, CHUO, who.pk],
        )


def unpaid_use(who: Registrant) -> None:
    with as_tenant(CHUO):
        PastBooking.objects.create(
            source_key="old:1", number="1", registrant=who, room_name="見本", day=dt.date(2016, 1, 1), headcount=3,
            state="permitted", fee=1000, paid=0,
        )  # fmt: skip


def used(who: Registrant) -> Booking:
    """A booking of ``who`` that was used and costs 1,000円."""
    room = factories.meeting_room()
    fee_tables(room)
    booking = factories.booking_awaiting_permit(room=room)
    with as_tenant(CHUO):
        Booking.objects.filter(pk=booking.pk).update(registrant=who, state="used")
    return booking


def unpaid_fee(who: Registrant) -> None:
    used(who)


def open_refund(who: Registrant) -> None:
    """As it was before a guard kept a closed registration from being owed."""
    booking = used(who)
    with as_tenant(CHUO):
        receive(actor=STAFF, booking=booking.pk, amount=1000, method=PaymentMethod.CASH)
        booking.occupations.all().delete()
    with raw_superuser() as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute(
            "UPDATE chuo.bookings_booking SET state = 'cancelled', refund_percent = 50 WHERE id = %s", [booking.pk]
        )


@pytest.mark.parametrize(
    ("begin", "code"),
    [
        (unpaid_fee, "unpaid"),
        (open_refund, "unpaid"),
        (stop_of_use, "use_stop"),
        (person_request, "person_request"),
        (incident, "incident"),
        (unpaid_use, "unpaid"),
    ],
)
def test_what_is_under_way_holds_the_record_back_and_the_list_says_why(
    freeze: Freeze, begin: Callable[[Registrant], None], code: str
) -> None:
    who = closed(freeze)
    other = closed(freeze)
    begin(who)
    assert due("registrants") == (1, 1)
    done = disposing.disposed("registrants")
    assert (done.listed, done.held, done.done) == (1, 1, 1)
    assert held_codes("registrants") == {"", code}
    with as_tenant(CHUO):
        assert Registrant.objects.get(pk=who.pk).family_name == "架空"
        assert Registrant.objects.get(pk=other.pk).family_name == ""


def test_a_registration_waits_for_its_bookings(freeze: Freeze) -> None:
    room = factories.meeting_room()
    who, _ = disposing.old_bookings(freeze, room)
    freeze("2020-02-10 09:00")
    with as_tenant(CHUO):
        close(actor=STAFF, registrant=who.pk, cause=CloseCause.WITHDRAWN, reason="見本", effective_on=clock.today())
    freeze(disposing.NOW)
    assert due("registrants") == (0, 1)
    disposing.disposed("bookings")
    assert due("registrants") == (1, 0)


@pytest.mark.parametrize(("on", "is_due"), [("2020-03-31 09:00", True), ("2020-04-01 09:00", False)])
def test_the_period_counts_from_the_end_of_the_fiscal_year(freeze: Freeze, on: str, is_due: bool) -> None:
    closed(freeze, on)
    assert due("registrants") == (int(is_due), 0)
    assert is_over(dt.date(2020, 4, 1), 60, dt.date(2025, 4, 1))
    assert not is_over(dt.date(2020, 4, 1), 60, dt.date(2025, 3, 31))


def test_of_a_returned_card_the_number_stays_and_the_index_forgets_it(freeze: Freeze) -> None:
    freeze(disposing.THEN)
    card = factories.senior_card()
    with as_tenant(CHUO):
        Card.objects.filter(pk=card.pk).update(state="lapsed", lapse_cause="returned", lapsed_on=clock.today())
        Visit.objects.create(
            day=clock.today(), at=clock.now(), facility=uuid.uuid4(), registrant=card.registrant, card=card,
            age_band="65", residence="resident",
        )  # fmt: skip
    freeze(disposing.NOW)
    assert disposing.disposed("cards").done == 1
    assert disposing.disposed("visits").done == 1
    with as_tenant(CHUO):
        left = Card.objects.select_related("registrant").get(pk=card.pk)
        assert (left.number, left.registrant.number) == (card.number, "ANON-individual")
        assert not CardToken.objects.exists()
        [visit] = Visit.objects.all()
        assert (visit.registrant_id, visit.card_id, visit.age_band) == (None, None, "65")
    with raw_superuser() as superuser:
        assert superuser.execute("SELECT count(*) FROM shared.senior_card_index").fetchone() == (0,)


def test_an_inquiry_that_ended_with_the_card_holds_nothing_back(freeze: Freeze) -> None:
    freeze(disposing.THEN)
    card = factories.senior_card(registrant=factories.individual(given_kana="ダイスケ"))
    draft = factories.senior_card_draft(SPORTS, registrant=factories.individual(SPORTS, given_kana="タイスケ"))
    [hit] = factories.checked_for_duplicates(draft, SPORTS)
    with as_tenant(SPORTS):
        open_inquiry(actor=Actor(kind="staff", id=factories.card_officer(SPORTS).pk), hit=hit.hit)
    with as_tenant(CHUO):
        Card.objects.filter(pk=card.pk).update(state="lapsed", lapse_cause="returned", lapsed_on=clock.today())
    freeze(disposing.NOW)
    assert disposing.disposed("cards").done == 1


def test_a_use_of_before_loses_its_user_and_keeps_its_fee(freeze: Freeze) -> None:
    freeze(disposing.NOW)
    who = factories.individual()
    with as_tenant(CHUO):
        PastBooking.objects.create(
            source_key="old:2", number="A-2", registrant=who, room_name="見本", day=dt.date(2016, 1, 1), headcount=3,
            state="permitted", fee=1000, paid=1000, event_name="見本の会",
        )  # fmt: skip
    assert disposing.disposed("past_bookings").done == 1
    with as_tenant(CHUO):
        [left] = PastBooking.objects.all()
        assert (left.registrant_id, left.number, left.event_name, left.fee, left.headcount) == (None, "", "", 1000, 3)
    assert due("past_bookings") == (0, 0)


def test_sent_mails_go_and_waiting_ones_stay(freeze: Freeze) -> None:
    freeze("2024-04-30 09:00")
    with as_tenant(CHUO):
        for state in ("sent", "failed", "pending"):
            Message.objects.create(
                template="x", recipient=uuid.uuid4(), state=state, due_at=clock.now(), created_at=clock.now()
            )
    freeze(disposing.NOW)
    assert disposing.disposed("mails").done == 2
    with as_tenant(CHUO):
        assert [one.state for one in Message.objects.all()] == ["pending"]


def test_accounts_without_a_registration_are_the_citys_to_dispose_of(freeze: Freeze) -> None:
    freeze("2023-01-10 09:00")
    factories.portal_account()
    kept = factories.citizen_with_registration().account
    freeze(disposing.NOW)
    one, other = factories.city_officer(), factories.city_officer(name="見本　別人")
    with as_city():
        asked = ask_disposal(actor=Actor(kind="city", id=one.pk), tenant=SHARED_SCHEMA, kind="accounts")
        confirm_disposal(actor=Actor(kind="city", id=other.pk), disposal=asked.pk, execute_on=clock.today())
        assert carry_out(SHARED_SCHEMA) == 1
    with raw_superuser() as superuser:
        left = superuser.execute("SELECT id FROM shared.accounts_portalaccount").fetchall()
    assert left == [(kept.pk,)]
    assert PortalAccount._meta.db_table == "accounts_portalaccount"


def test_nothing_is_asked_where_nothing_is_over(freeze: Freeze) -> None:
    freeze(disposing.NOW)
    with pytest.raises(NothingDueError):
        disposing.asked("registrants")


def test_killed_in_the_middle_the_job_goes_on_and_counts_each_record_once(freeze: Freeze) -> None:
    disposing.old_bookings(freeze, factories.meeting_room(), 5)
    one = disposing.confirmed("bookings")
    with as_tenant(CHUO):
        assert functions.run_batch(one.pk, CHUO, 2).waiting == 3
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            functions.run_batch(one.pk, CHUO, 2)
            cursor.execute("SELECT pg_backend_pid()")
            pid = cursor.fetchone()[0]
        with raw_superuser() as superuser:
            superuser.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        connection.close()
    with as_tenant(CHUO):
        assert DisposalItem.objects.filter(outcome="done").count() == 2
        assert carry_out(CHUO, most=2) == 3
        assert carry_out(CHUO, most=2) == 0
        one.refresh_from_db()
        assert (one.done, one.dropped, one.done_at is not None) == (5, 0, True)
