"""What a public use hits is looked at a last time, under the locks in which it is then carried out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from apps.bookings.displacement_errors import AnnexLeftAloneError, HitsChangedError
from apps.bookings.models import Booking, BookingState, Displacement, DisplacementHit
from apps.bookings.queries.annexes import families_of
from apps.bookings.queries.displacement import annexes_beside, hit_by, parts_of, spans_of
from apps.bookings.rules.displacing import CANCEL, KEEP, MOVE
from apps.bookings.rules.listing import Offer
from apps.bookings.services.occupying import Claim, lock_ahead
from kernel import clock


@dataclass(frozen=True, slots=True)
class Seen:
    """What is hit beside the bookings that were chosen for: holds that are let go, annexes that go along."""

    holds: tuple[Booking, ...]
    annexes: dict[UUID, Booking]
    """Annexes of bookings that are cancelled, by id; with ``account`` and ``paid``."""


def locked_and_seen(
    found: Displacement, hits: Sequence[DisplacementHit], offers: Sequence[Offer], rooms: Collection[UUID]
) -> Seen:
    """Lock, look again, compare, and bring ``hits`` up to what is there.

    ``HitsChangedError``, ``AnnexLeftAloneError``.
    """
    spans, parts = spans_of(found), parts_of(rooms, offers)
    _lock_rows([hit.booking_id for hit in hits] + [one.pk for one in hit_by(parts, spans) if is_hold(one)])
    _lock_places(parts, hits, offers)
    rows = hit_by(parts, spans)
    _check_unchanged(hits, rows)
    _bring_up(hits, {one.pk: one for one in rows})
    _check_annexes(hits)
    going = [hit.booking_id for hit in hits if hit.choice == CANCEL]
    return Seen(
        holds=tuple(one for one in rows if is_hold(one)),
        annexes={one.pk: one for one in annexes_beside(going)},
    )


def is_hold(booking: Booking) -> bool:
    """Whether it is only held for a citizen (仮押え)."""
    return booking.state == BookingState.HOLD


def _lock_rows(bookings: Collection[UUID]) -> None:
    """The bookings and their annexes, in the order of their keys."""
    rows = Booking.objects.filter(pk__in=families_of(bookings))
    list(rows.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk"))


def _lock_places(parts: Collection[UUID], hits: Sequence[DisplacementHit], offers: Sequence[Offer]) -> None:
    """The rooms, those that are moved into, and the renters whose bookings move or take an annex along; at once."""
    now = clock.now()
    going = {hit.target_room_id for hit in hits if hit.choice == MOVE}
    renters = {hit.booking.registrant_id for hit in hits if hit.choice != KEEP}
    lock_ahead(
        [
            Claim(tuple(parts), now, now),
            *(Claim(offer.parts, now, now) for offer in offers if offer.room in going),
            *(Claim((), now, now, registrant=renter) for renter in renters),
        ]
    )


def _check_unchanged(hits: Sequence[DisplacementHit], rows: Sequence[Booking]) -> None:
    seen = {(hit.booking_id, hit.seen_version) for hit in hits}
    present = {(one.pk, one.version) for one in rows if not is_hold(one)}
    if seen != present:
        raise HitsChangedError(count=len({pk for pk, _version in seen ^ present}))


def _bring_up(hits: Sequence[DisplacementHit], rows: dict[UUID, Booking]) -> None:
    for hit in hits:
        hit.booking = rows[hit.booking_id]
        hit.paid = hit.booking.paid  # type: ignore[attr-defined]  # annotated by hit_by


def _check_annexes(hits: Sequence[DisplacementHit]) -> None:
    """``AnnexLeftAloneError`` for an annex that is to stay or to move while its room's booking is cancelled."""
    cancelled = [hit.booking for hit in hits if hit.choice == CANCEL]
    staying = [hit.booking for hit in hits if hit.choice != CANCEL and hit.booking.room.parent_id is not None]
    for annex in staying:
        if any(_rests_on(annex, room) for room in cancelled):
            raise AnnexLeftAloneError(number=annex.number)


def _rests_on(annex: Booking, room: Booking) -> bool:
    alike = annex.registrant_id == room.registrant_id and annex.room.parent_id == room.room_id
    return alike and annex.during.lower < room.during.upper and room.during.lower < annex.during.upper
