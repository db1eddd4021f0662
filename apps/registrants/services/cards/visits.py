"""Recording an individual's visit by card (個人利用の来館): once a card, day and facility."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.registrants.card_errors import CardAdmitsNobodyError, UnknownVisitError, UnknownVisitPlaceError
from apps.registrants.models import CardKind, Residence, Visit
from apps.registrants.queries.cards import city_of_tenant, facilities_of_tenant
from apps.registrants.queries.scan import Scan, scanned
from apps.registrants.rules.eligibility import is_resident
from apps.registrants.rules.scanning import ADMITS, Outcome, age_band
from apps.registrants.services.cards.apply import person_of
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record


@dataclass(frozen=True, slots=True)
class Visited:
    """What came of a scan; ``visit`` is None where the card admits nobody, ``is_new`` False for a second scan."""

    scan: Scan
    visit: Visit | None = None
    is_new: bool = False


def visit_by_scan(*, actor: Actor, text: str, facility: UUID) -> Visited:
    """Record the visit that the scanned ``text`` means, today at ``facility``; a second scan finds the first.

    Of another facility's 登録証 its number is kept, and nothing is known of its holder. A card that does not hold
    records nothing. ``UnknownVisitPlaceError`` for a facility that is not the tenant's; ``CardAdmitsNobodyError`` for a
    group's card: groups are counted by their bookings.
    """
    check_place(facility)
    today = clock.today()
    scan = scanned(text, today)
    if scan.card is not None and scan.card.kind != CardKind.SENIOR:
        raise CardAdmitsNobodyError(field="q")
    if scan.outcome not in ADMITS:
        return Visited(scan)
    with transaction.atomic():
        visit, is_new = Visit.objects.get_or_create(
            **_whose(scan), day=today, facility=facility, defaults=_counted(scan) | {"recorded_by": actor.id}
        )
        if is_new:
            record(
                actor,
                Action.CREATE,
                object_type="visit",
                object_id=visit.pk,
                persons=[visit.registrant_id],
                by=scan.outcome.value,
            )
    return Visited(scan, visit, is_new)


def visit_without_card(*, actor: Actor, facility: UUID, age_band: str = "", residence: str = "") -> Visit:
    """Count one visitor who has no card with them; nobody is named. What is not known of them stays empty.

    ``UnknownVisitPlaceError``.
    """
    check_place(facility)
    with transaction.atomic():
        visit = Visit.objects.create(
            day=clock.today(),
            at=clock.now(),
            facility=facility,
            age_band=age_band,
            residence=residence,
            recorded_by=actor.id,
        )
        record(actor, Action.CREATE, object_type="visit", object_id=visit.pk, by="count")
    return visit


def check_place(facility: UUID) -> None:
    """``UnknownVisitPlaceError`` for a facility that is not the tenant's; one statement."""
    if facility not in {one.pk for one in facilities_of_tenant()}:
        raise UnknownVisitPlaceError(field="facility")


def undo_visit(*, actor: Actor, visit: int) -> None:
    """Take back a visit of today that was recorded by mistake. ``UnknownVisitError``."""
    with transaction.atomic():
        deleted, _ = Visit.objects.filter(pk=visit, day=clock.today()).delete()
        if not deleted:
            raise UnknownVisitError
        record(actor, Action.CHANGE, object_type="visit", object_id=visit, act="undo")


def _whose(scan: Scan) -> dict[str, Any]:
    """What is unique a day and facility."""
    return {"foreign_number": scan.number} if scan.outcome is Outcome.FOREIGN_SENIOR else {"card": scan.card}


def _counted(scan: Scan) -> dict[str, Any]:
    """What statistics count by, kept beside the person: it outlives them."""
    counted: dict[str, Any] = {"at": clock.now()}
    if scan.registrant is None:
        return counted
    person = person_of(scan.registrant)
    resident = Residence.RESIDENT if is_resident(person, city_of_tenant()) else Residence.OUTSIDE
    return counted | {
        "registrant": scan.registrant,
        "age_band": age_band(person.birth, clock.today()),
        "residence": person.residence or resident.value,
    }
