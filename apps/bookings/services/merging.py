"""What a merge of two records means for points and measures: they are the person's, so proposals are made anew."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from apps.bookings.models import Measure, MeasureState, PenaltyPoint
from apps.bookings.services.penalties import Book, propose
from apps.registrants.services.hooks import Merging
from kernel import clock

POINTS = "bookings.penaltypoint.registrant"


def propose_anew(merging: Merging) -> None:
    """Bring the open proposals of both records to what their points call for now.

    Points that meet at one facility are looked at together by a person, also where each record's were decided on. A
    measure that was decided on after the merge stays with the record that was kept.
    """
    if merging.is_parting:
        late = Measure.objects.filter(registrant=merging.gone, decided_at__gte=merging.at)
        late.exclude(state=MeasureState.PROPOSED).update(registrant=merging.kept)
    book, today = Book(), clock.today()
    meeting = set() if merging.is_parting else _meeting(merging.kept, merging.moved.get(POINTS, ()))
    for registrant in (merging.kept, merging.gone):
        for facility in _concerned(registrant):
            propose(registrant, facility, book.on(facility, today), anew=facility in meeting)


def _concerned(registrant: UUID) -> set[UUID]:
    """The facilities at which somebody has points or an open proposal; two statements."""
    points = PenaltyPoint.objects.filter(registrant=registrant).order_by()
    measures = Measure.objects.filter(registrant=registrant, state=MeasureState.PROPOSED).order_by()
    return {*points.values_list("booking__room__facility", flat=True), *measures.values_list("facility", flat=True)}


def _meeting(kept: UUID, moved: Collection[str]) -> set[UUID]:
    """The facilities at which points of both records count."""
    counting = PenaltyPoint.objects.filter(registrant=kept, void_at=None).order_by()
    at = counting.values_list("booking__room__facility", flat=True)
    return set(at.filter(pk__in=moved)) & set(at.exclude(pk__in=moved))
