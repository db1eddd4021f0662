"""Things of another tenant, or of another citizen: their identifiers, by the parameter that would name them."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

import psycopg
from psycopg import sql

from apps.bookings.models import (
    Booking,
    Displacement,
    DisplacementHit,
    FeeSheet,
    Measure,
    OnlineSession,
    PastBooking,
    PastState,
    PaymentMethod,
    PenaltyPoint,
    PrintJob,
    ProviderEvent,
    Refund,
    RefundPayout,
    Room,
    Series,
    Wait,
)
from apps.bookings.queries.ledgers import ledger_of
from apps.bookings.services.displacement.find import as_it_was
from apps.bookings.services.fees.receiving import receive
from apps.registrants.models import CardPrintJob, CitizenRequest, DuplicateProposal, Visit
from kernel import clock
from shared.actor import SYSTEM
from shared.intake.models import Job, RejectedRow
from shared.staff.models import Passkey
from tests import factories
from tests.attack import oversight
from tests.attack.secret import SECRET
from tests.support.fees import fee_tables
from tests.support.scopes import as_portal, as_tenant

VALUES: Final = frozenset(
    {
        "day",
        "form",
        "act",
        "code",
        "position",
        "link",
        "slug",
        "tenant",
        "schema",
        "kind",
        "name",
        "category",
        "month",
        "secret",
        "field",
        "document",
        "part",
        "provider",
    }
)
"""Parameters that choose among what the code lists, or are secrets themselves: no identifiers of rows."""


def at(schema: str) -> dict[Any, Any]:
    """Parameter, or a part of a path and a parameter -> the identifier of such a thing at ``schema``."""
    above = oversight.at(schema)
    citizen = factories.citizen_with_registration(schema, address=SECRET)
    other = factories.individual(schema, address=SECRET)
    room = factories.meeting_room(schema, name=f"{SECRET}会議室")
    fee_tables(room, schema=schema)
    booking = factories.booking_awaiting_permit(citizen, room)
    card = factories.senior_card_draft(schema, registrant=other)
    clerk = factories.clerk(schema, login_id=f"strange-{schema}")
    with as_portal(schema, citizen.account.pk):
        asked = {"registrant_id": citizen.registrant.pk, "kind": "correction", "account": citizen.account.pk}
        CitizenRequest.objects.bulk_create([CitizenRequest(asked_at=clock.now(), note=SECRET, **asked)])
    with as_tenant(schema):
        paid = receive(actor=SYSTEM, booking=booking.pk, amount=500, method=PaymentMethod.CASH)
        one, two = sorted([citizen.registrant.pk, other.pk])
        pair = DuplicateProposal.objects.create(one_id=one, other_id=two, grounds=["phone"], found_at=clock.now())
        job, row = _intake()
        passkey = Passkey.objects.create(
            account=clerk,
            host="strange",
            credential=b"strange",
            public_key=b"",
            uses=0,
            name=SECRET,
            made_at=clock.now(),
        )
        return above | {
            "passkey": passkey.pk,
            "registrant": other.pk,
            "other": citizen.registrant.pk,
            "booking": booking.pk,
            "payment": paid.pk,
            "refund": (refund := _refund(booking)).pk,
            "payout": _payout(refund).pk,
            "card": card.pk,
            "branch": 1,
            "use": _past_use(other.pk).pk,
            "visit": Visit.objects.create(day=clock.today(), at=clock.now(), facility=room.facility_id).pk,
            "proposal": pair.pk,
            "number": CitizenRequest.objects.get().pk,
            "job": job.pk,
            "row": row.pk,
            "account": clerk.pk,
            "room": room.pk,
            "facility": room.facility_id,
            **_life(booking, room),
            **_prints(clerk.pk),
            **_online(booking),
            **_displaced(booking, room),
        }


def rows_of(superuser: psycopg.Connection, schema: str) -> dict[str, object]:
    """Every row of every table of ``schema``, but for the audit, which refusals may add to."""
    tables = superuser.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", [schema]).fetchall()
    query = sql.SQL("SELECT t::text FROM {} t ORDER BY 1")
    return {
        name: superuser.execute(query.format(sql.Identifier(schema, name))).fetchall()
        for (name,) in tables
        if not name.startswith("audit_")
    }


def _refund(booking: Booking) -> Refund:
    told: dict[str, Any] = {"fiscal_year": 2000, "serial": 1, "day": clock.today(), "decided_at": clock.now()}
    share: dict[str, Any] = {"kind": "ended", "base": 500, "percent": 50, "amount": 250, "reason": SECRET}
    return Refund.objects.create(booking=booking, content={}, **told, **share)


def _payout(refund: Refund) -> RefundPayout:
    return RefundPayout.objects.create(refund=refund, day=clock.today(), at=clock.now(), method="cash", amount=100)


def _past_use(registrant: UUID) -> PastBooking:
    owed = {"fee": 600, "paid": 0, "state": PastState.PERMITTED}
    return PastBooking.objects.create(
        source_key="架空:1", number="1", registrant_id=registrant, room_name=SECRET, day=clock.today(), **owed
    )


def _life(booking: Booking, room: Room) -> dict[str, Any]:
    """A series, points with the measure that they call for, and a place in a line."""
    now, who = clock.now(), booking.registrant_id
    series = Series.objects.create(registrant_id=who, pattern={}, created_at=now)
    Booking.objects.filter(pk=booking.pk).update(series=series)
    point = PenaltyPoint.objects.create(
        registrant_id=who, booking=booking, event="sublet", day=booking.day, points=1, note=SECRET, given_at=now
    )
    measure = Measure.objects.create(
        registrant_id=who, facility_id=room.facility_id, kind="warn", days=0, points=1, proposed_at=now
    )
    wait = Wait.objects.create(
        registrant_id=who, room=room, day=booking.day, during=booking.during, slot_numbers=[1], asked_at=now,
        slot_labels=[SECRET],
    )  # fmt: skip
    return {"series": series.pk, "point": point.pk, "measure": measure.pk, "wait": wait.pk}


def _prints(clerk: UUID) -> dict[Any, Any]:
    """Print jobs of somebody else."""
    said = {"ordered_at": clock.now(), "ordered_by": clerk}
    return {
        ("/prints/", "job"): PrintJob.objects.create(**said).pk,
        ("/cards/prints/", "job"): CardPrintJob.objects.create(**said).pk,
    }


def _online(booking: Booking) -> dict[str, Any]:
    """A payment online that is open, and a notice that fits none."""
    now = clock.now()
    sheet = FeeSheet.objects.filter(booking=booking).order_by("-number")[0]
    session = OnlineSession.objects.create(
        booking=booking, sheet=sheet, reference=f"stranger-{booking.number}", provider="demo", created_at=now,
        amount=ledger_of(booking.pk).owed, expires_at=now, ask_at=now,
    )  # fmt: skip
    notice = ProviderEvent.objects.create(
        provider="demo", event=SECRET, source="asked", kind="paid", reference=SECRET, amount=1, at=now,
        received_at=now, is_settled=True, outcome="unknown", due_at=now,
    )  # fmt: skip
    return {"session": session.pk, "notice": notice.pk}


def _displaced(booking: Booking, room: Room) -> dict[Any, Any]:
    """A public use with a booking that it hits."""
    now = clock.now()
    said = {"occasion": "other", "detail": SECRET[:60], "article": SECRET, "reason": SECRET}
    one = Displacement.objects.create(
        facility_id=room.facility_id, spans=[booking.during], state="found", drafted_at=now, **said
    )
    hit = DisplacementHit.objects.create(displacement=one, booking=booking, seen_version=1, was=as_it_was(booking))
    return {"displacement": one.pk, ("/notices/", "hit"): hit.pk}


def _intake() -> tuple[Job, RejectedRow]:
    digest = "0" * 64
    said = {"kind": "people", "source": "架空", "digest": digest}
    job = Job.objects.create(
        filename=f"{SECRET}.csv", size=1, lines=1, encoding="utf-8", delimiter=",", header=[SECRET],
        created_at=clock.now(), **said,
    )  # fmt: skip
    return job, RejectedRow.objects.create(job=job, line=1, cells=[SECRET], problems=[], state="open", **said)
