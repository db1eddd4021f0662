"""A public use is carried out: one transaction moves, cancels and blocks, or nothing happens.

The bookings' rows are locked first, then the parts and registrants, in the order in which every booking takes them.
Under these locks the hits are looked for again: whatever came, changed or went since they were shown stops it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import models, transaction

from apps.bookings.displacement_errors import OrderOverError
from apps.bookings.errors import BookingError
from apps.bookings.models import (
    Became,
    Block,
    Booking,
    Displacement,
    DisplacementHit,
    DisplacementState,
    Occupation,
    OccupationKind,
)
from apps.bookings.queries.displacement import all_offers, hits_of, parts_of, ranges, spans_of
from apps.bookings.rules.displacing import CANCEL, MOVE, Chosen, Figures, Span, check_chosen, gaps, overlaps
from apps.bookings.rules.listing import Offer
from apps.bookings.services.cancel import make_way
from apps.bookings.services.change import Target, move_aside
from apps.bookings.services.displacement.acting import change, displacement_for, tell_city, trace
from apps.bookings.services.displacement.find import as_it_was
from apps.bookings.services.displacement.notices import number_notices
from apps.bookings.services.displacement.seeing import Seen, is_hold, locked_and_seen
from apps.bookings.services.displacement.telling import letters
from apps.bookings.services.occupying import conflicts_told
from kernel import clock
from shared.actor import Actor
from shared.inserts import insert_together
from shared.publicuse.models import Occasion, PlaceState

DONE: dict[str, Became] = {"move": Became.MOVED, "cancel": Became.CANCELLED, "keep": Became.KEPT}


def carry_out(*, actor: Actor, displacement: UUID, seen_version: int | None = None) -> Displacement:
    """Block the rooms, move, cancel, number the notices and write to every renter, all or nothing.

    ``ChoiceMissingError``, ``ConsentMissingError``, the errors of ``locked_and_seen``, those of a change for a booking
    that cannot go where it was to go (with its ``number``), ``NoOperatorError``, and those of ``displacement_for``.
    """
    with conflicts_told(), transaction.atomic():
        found = displacement_for(displacement, [DisplacementState.FOUND], seen_version=seen_version)
        hits = list(hits_of(found.pk))
        check_chosen(Chosen(hit.booking.number, hit.choice, hit.consent) for hit in hits)
        rooms = set(found.rooms.values_list("pk", flat=True))
        offers = all_offers()
        seen = locked_and_seen(found, hits, offers, rooms)
        hits += [_let_go(actor, found, one) for one in seen.holds]
        hits += _acted(actor, found, hits, seen)
        _block(actor, found, offers, rooms)
        marks = number_notices(found, hits)
        mails = letters(found, hits)
        _written(found, hits, figures := _figures(hits))
        change(
            found,
            state=DisplacementState.DONE,
            carried_at=clock.now(),
            carried_by=actor.id,
            figures=figures.as_json(),
        )
        _told(found, figures)
        insert_together(
            *marks, *mails, trace(actor, found, "carry_out", figures=figures.as_json(), persons=_persons(hits))
        )
    return found


def _acted(actor: Actor, found: Displacement, hits: Sequence[DisplacementHit], seen: Seen) -> list[DisplacementHit]:
    """Cancel first, so that what is freed may be moved into; then move, annexes first. The annexes that went along."""
    rows = [hit for hit in hits if not hit.became]
    along: list[DisplacementHit] = []
    besides = {hit.booking_id for hit in rows}
    for hit in sorted(rows, key=lambda one: (one.choice == MOVE, one.booking.room.parent_id is None)):
        if hit.choice == CANCEL:
            gone = make_way(actor=actor, booking=hit.booking_id, reason=found.reason, besides=besides)
            along += [_went_along(found, seen.annexes[one.pk]) for one in gone]
            hit.refund = hit.paid
        elif hit.choice == MOVE:
            _move(actor, found, hit)
        hit.became = DONE[hit.choice]
    return along


def _went_along(found: Displacement, annex: Booking) -> DisplacementHit:
    """An annex (附属の室場) that lies elsewhere or at another time goes with its room, and stands in the record."""
    row = DisplacementHit(
        displacement=found, booking=annex, seen_version=annex.version, was=as_it_was(annex), became=Became.LET_GO
    )
    if not is_hold(annex):
        paid: int = annex.paid  # type: ignore[attr-defined]  # annotated by annexes_beside
        row.became, row.choice, row.paid, row.refund = Became.CANCELLED, CANCEL, paid, paid
    return row


def _move(actor: Actor, found: Displacement, hit: DisplacementHit) -> None:
    to = Target(hit.target_room_id, hit.target_day, tuple(hit.target_slots))  # type: ignore[arg-type]  # by constraint
    try:
        moved = move_aside(actor=actor, booking=hit.booking_id, to=to, reason=found.reason)
    except BookingError as error:
        error.params["number"] = hit.booking.number
        raise
    moved.registrant = hit.booking.registrant
    hit.booking = moved


def _let_go(actor: Actor, found: Displacement, hold: Booking) -> DisplacementHit:
    """A citizen's hold is let go, and stands in the record."""
    hit = DisplacementHit(
        displacement=found, booking=hold, seen_version=hold.version, was=as_it_was(hold), became=Became.LET_GO
    )
    make_way(actor=actor, booking=hold.pk, reason=found.reason)
    return hit


def _block(actor: Actor, found: Displacement, offers: Sequence[Offer], rooms: set[UUID]) -> None:
    """A block a room and span; each part is occupied once, where nothing that stays is in the way."""
    now, spans = clock.now(), spans_of(found)
    taken = _taken(parts_of(rooms, offers), spans)
    blocks: list[models.Model] = []
    occupied: list[models.Model] = []
    label = found.detail or str(Occasion(found.occasion).label)
    for span in spans:
        done: set[UUID] = set()
        for offer in (one for one in offers if one.room in rooms):
            block = Block(
                room_id=offer.room,
                kind=OccupationKind.CITY_USE,
                during=ranges([span])[0],
                label=label[:60],
                created_at=now,
                displacement=found,
            )
            blocks.append(block)
            occupied += _occupations(block, span, [part for part in offer.parts if part not in done], taken)
            done |= set(offer.parts)
    insert_together(*blocks, *occupied, trace(actor, found, "block", blocks=len(blocks)))


def _occupations(block: Block, span: Span, parts: Iterable[UUID], taken: dict[UUID, list[Span]]) -> list[models.Model]:
    return [
        Occupation(part_id=part, during=ranges([gap])[0], kind=OccupationKind.CITY_USE, block=block)
        for part in parts
        for gap in gaps(span, [one for one in taken.get(part, ()) if overlaps(one, span)])
    ]


def _taken(parts: Iterable[UUID], spans: Sequence[Span]) -> dict[UUID, list[Span]]:
    """What stays on the parts: bookings that are kept, other blocks; what is over is removed on the way."""
    first, last = spans[0][0], spans[-1][1]
    rows = Occupation.objects.filter(part__in=list(parts), during__overlap=ranges([(first, last)])[0])
    rows.filter(expires_at__lte=clock.now()).delete()
    found: dict[UUID, list[Span]] = {}
    for part, during in rows.values_list("part", "during"):
        found.setdefault(part, []).append((during.lower, during.upper))
    return found


def _written(found: Displacement, hits: Sequence[DisplacementHit], figures: Figures) -> None:
    fields = ["became", "paid", "refund", "told_at", "fiscal_year", "serial", "notice", "texts"]
    DisplacementHit.objects.bulk_update([hit for hit in hits if not hit._state.adding], fields)
    DisplacementHit.objects.bulk_create([hit for hit in hits if hit._state.adding])


def _told(found: Displacement, figures: Figures) -> None:
    is_wanted = tell_city(
        found,
        states=[PlaceState.RECEIVED],
        state=PlaceState.DONE,
        hits=figures.hits,
        people=figures.people,
        moved=figures.moved,
        cancelled=figures.cancelled,
        kept=figures.kept,
        refund=figures.refund,
        done_at=clock.now(),
    )
    if not is_wanted:
        raise OrderOverError


def _figures(hits: Sequence[DisplacementHit]) -> Figures:
    became = [hit.became for hit in hits]
    booked = [hit for hit in hits if hit.became != Became.LET_GO]
    return Figures(
        hits=len(booked),
        renters=len(_persons(booked)),
        people=sum(hit.booking.headcount or 0 for hit in booked),
        moved=became.count(Became.MOVED),
        cancelled=became.count(Became.CANCELLED),
        let_go=became.count(Became.LET_GO),
        kept=became.count(Became.KEPT),
        refund=sum(hit.refund for hit in hits),
    )


def _persons(hits: Iterable[DisplacementHit]) -> set[UUID]:
    return {hit.booking.registrant_id for hit in hits}
