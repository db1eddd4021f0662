"""Things of the oversight that belong to one tenant: rows of shared tables that a desk's addresses name.

Keys are names of parameters; where two kinds of things share a name, a part of the path stands before it.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any
from uuid import UUID

from django.test import Client

from apps.compliance.models.handover import HandoverCase
from apps.compliance.models.logs import AuditAlert, LogReview
from apps.compliance.models.person_requests import PersonRequest
from apps.compliance.models.registers import CopyRecord, DisposalRecord
from apps.compliance.models.retention import Disposal
from apps.compliance.rules.log_alerts import AlertKind
from apps.compliance.services.monitoring.photos import add_photo
from kernel import clock
from shared.publicuse.models import Order, Place
from shared.staff.rights import DESK_ROLES
from shared.vault.keeping import put
from tenants.models import OperatorAssignment
from tenants.scope import OWNER
from tests import factories
from tests.apps.compliance import exporting, monitoring, rostering
from tests.apps.compliance.photos import jpeg_with_gps
from tests.apps.compliance.web import incident_asking
from tests.attack.secret import SECRET
from tests.support.clients import client_at, signed_in
from tests.support.scopes import as_city, as_owner, as_tenant
from tests.support.tenants import TENANTS

MONTH = dt.date(2026, 3, 1)
CLAIM = {"kind": "disclosure", "claimant": "self", "document": "passport"}


def at(schema: str) -> dict[Any, Any]:
    """One of each at ``schema``."""
    desk = signed_in(client_at(f"{schema}.localhost"), factories.clerk(schema, roles=list(DESK_ROLES)))
    draft = uuid.uuid4()
    assert incident_asking.sent(desk, draft, what=SECRET).status_code == 302
    request = _person_request(desk, schema)
    return {
        "draft": draft,
        "incident": uuid.uuid5(draft, schema),
        "submission": rostering.submitted(rostering.people(schema), rostering.entry(SECRET), schema=schema),
        "case": _case(schema),
        "file": _file(schema, request),
        "disposal_id": _disposal(schema),
        ("/exports/", "request_id"): exporting.asked(desk, note=f"{SECRET}への更新案内を郵送するため"),
        ("/person-requests/", "request_id"): request,
        ("/registers/disposals/", "entry"): _register_row(schema, DisposalRecord, done_on=clock.today()),
        ("/registers/", "entry"): _register_row(schema, CopyRecord, copied_on=clock.today(), copies=1),
        **_monitored(schema),
        **_logged(schema),
        **_inquired(schema),
        ("/displacements/orders/", "place"): _ordered(schema),
    }


def _person_request(desk: Client, schema: str) -> UUID:
    person = factories.individual(schema, address=SECRET)
    said = CLAIM | {"received_on": str(clock.today()), "number": str(person.number)}
    assert desk.post("/office/person-requests/new/", said).status_code == 302
    with as_city():
        return PersonRequest.objects.latest("serial").pk


def _ordered(schema: str) -> UUID:
    """A place of an order of the city (行政使用の依頼)."""
    room = factories.meeting_room(schema, name=f"{SECRET}会議室")
    now, officer = clock.now(), factories.city_officer()
    with as_city():
        order = Order.objects.create(
            occasion="shelter", article=SECRET, reason=SECRET, spans=[(now, now + dt.timedelta(days=1))],
            ordered_at=now, ordered_by=officer.pk, ordered_login=officer.login_id, ordered_name=officer.name,
        )  # fmt: skip
        return Place.objects.create(order=order, tenant=schema, facility=room.facility_id, rooms=[room.pk]).pk


def _case(schema: str) -> UUID:
    with as_owner():
        term = OperatorAssignment.objects.using(OWNER).get(tenant__schema_name=schema)
        said = {"last_day": clock.today() + dt.timedelta(days=90), "opened_at": clock.now(), "opened_by": uuid.uuid4()}
        return HandoverCase.objects.using(OWNER).create(tenant=schema, outgoing=term, **said).pk


def _file(schema: str, request: UUID) -> UUID:
    with as_tenant(schema):
        said = {"kind": "disclosure", "name": "disclosure.json", "media_type": "application/json"}
        return put(content=SECRET.encode(), made_for=uuid.uuid4(), subject=request, **said).pk  # type: ignore[arg-type]


def _disposal(schema: str) -> UUID:
    said = {"kind": "bookings", "fiscal_year": 2026, "serial": 1, "due_on": clock.today(), "asked_at": clock.now()}
    asker = {"asked_kind": "staff", "asked_by": uuid.uuid4(), "asked_login": SECRET, "asked_name": SECRET}
    with as_owner():
        return Disposal.objects.using(OWNER).create(tenant=schema, **said, **asker).pk


def _register_row(schema: str, model: Any, **said: Any) -> UUID:
    made = {"recorded_at": clock.now(), "recorded_by": uuid.uuid4(), "recorded_name": SECRET}
    with as_tenant(schema):
        row = model(tenant=schema, serial=1, what=SECRET, **made, **said)
        [kept] = model.objects.bulk_create([row])
        return UUID(str(kept.pk))


def _monitored(schema: str) -> dict[str, UUID]:
    """A finding that waits for a plan, and a photograph of the same check."""
    sheet = monitoring.reported(schema, MONTH)
    with as_city():
        kept = add_photo(actor=monitoring.CITY, tenant=schema, month=MONTH, photo=jpeg_with_gps(), caption=SECRET)
    finding = monitoring.found(sheet)
    return {"finding": finding.pk, "photo": kept.pk}


def _logged(schema: str) -> dict[tuple[str, str], int]:
    """An alert and a monthly review."""
    now = clock.now()
    spans = {"raised_at": now, "first_at": now, "last_at": now, "count": 61, "limit": 60}
    with as_tenant(schema):
        alert = AuditAlert(tenant=schema, kind=AlertKind.MASS_VIEW, key=SECRET, **spans)
        AuditAlert.objects.bulk_create([alert])
        review = LogReview(
            tenant=schema, month=MONTH, made_at=now, due_on=clock.today(), totals={}, alerts=0, seed="", comment=SECRET
        )
        LogReview.objects.bulk_create([review])
    return {("/log/alerts/", "number"): alert.pk, ("/log/reviews/", "number"): review.pk}


def _inquired(schema: str) -> dict[Any, str]:
    """A question to the index of senior cards with its answer, an inquiry that was sent, and one that was received."""
    other = TENANTS[(TENANTS.index(schema) + 1) % len(TENANTS)]
    ticket, hit, sent = _asked(schema, other, dt.date(1941, 5, 6))
    *_, received = _asked(other, schema, dt.date(1943, 7, 8))
    return {
        "ticket": ticket,
        "hit": hit,
        ("/inquiries/sent/", "inquiry"): sent,
        ("/inquiries/received/", "inquiry"): received,
    }


def _asked(asking: str, answering: str, born: dt.date) -> tuple[str, str, str]:
    """``asking`` sends an inquiry about a card of ``answering``, whose holder's name is similar."""
    said = {"birth_date": born, "address": SECRET}
    holder = factories.individual(answering, family_kana="ヤマザキ", family_name="山崎", **said)
    factories.senior_card(answering, registrant=holder)
    person = factories.individual(asking, family_kana="ヤマサキ", family_name="山先", **said)
    card = factories.senior_card_draft(asking, registrant=person)
    desk = signed_in(client_at(f"{asking}.localhost"), factories.card_officer(asking))
    page = desk.post(f"/cards/{card.pk}/duplicates/", {"purpose": "new", "identity_checked": "on"}, follow=True)
    [hit] = page.context["found"]
    sent = desk.post(f"/cards/{card.pk}/duplicates/hits/{hit.hit}/inquire/")
    ticket = page.request["PATH_INFO"].split("/")[-2]
    return ticket, str(hit.hit), sent.headers["Location"].split("/")[-2]
