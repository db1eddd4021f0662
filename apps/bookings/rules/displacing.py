"""Where a booking may go when its room is needed for a public use (行政使用), which way first, and what is counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final
from uuid import UUID

from apps.bookings.displacement_errors import (
    ChoiceMissingError,
    ConsentMissingError,
    SpansMissingError,
    TooLongAUseError,
)
from apps.bookings.errors import PastError, SpanUpsideDownError
from apps.bookings.rules.days import closing_on, slots_on, span_of
from apps.bookings.rules.listing import Offer, Slot
from kernel.clock import TOKYO

MOVE, CANCEL, KEEP = "move", "cancel", "keep"
OTHER_ROOM: Final = "room"
OTHER_TIME: Final = "time"
MOST_ROOMS: Final = 5
MOST_TIMES: Final = 3
"""Proposals of either kind for one booking."""
LONGEST: Final = dt.timedelta(days=366)

Span = tuple[dt.datetime, dt.datetime]
Taken = Mapping[UUID, Sequence[Span]]
"""Part -> the spans in which it is not free."""


@dataclass(frozen=True, slots=True)
class Need:
    """A booking that is hit, as far as another place must suit it."""

    booking: UUID
    room: UUID
    day: dt.date
    starts_at: dt.datetime
    ends_at: dt.datetime
    slots: tuple[int, ...]
    purpose: str | None = None
    headcount: int = 1
    has_equipment: bool = False
    """附属設備 belongs to a facility: it does not go along to another one."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Another room at the same time, or the same room at another time."""

    kind: str
    room: UUID
    day: dt.date
    slots: tuple[int, ...]
    starts_at: dt.datetime
    ends_at: dt.datetime
    parts: tuple[UUID, ...]


def check_spans(spans: Sequence[Span], now: dt.datetime) -> tuple[Span, ...]:
    """The spans in order, those that touch or overlap made one.

    ``SpansMissingError``, ``SpanUpsideDownError``, ``PastError`` for one that is over, ``TooLongAUseError``.
    """
    if not spans:
        raise SpansMissingError(field="spans")
    if any(ends <= starts for starts, ends in spans):
        raise SpanUpsideDownError(field="spans")
    if any(ends <= now for _starts, ends in spans):
        raise PastError(field="spans")
    joined: list[Span] = []
    for starts, ends in sorted(spans):
        if joined and starts <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], ends))
        else:
            joined.append((starts, ends))
    if joined[-1][1] - joined[0][0] > LONGEST:
        raise TooLongAUseError(field="spans")
    return tuple(joined)


def overlaps(one: Span, other: Span) -> bool:
    """Whether two half-open spans have an instant in common."""
    return one[0] < other[1] and other[0] < one[1]


def gaps(span: Span, taken: Iterable[Span]) -> list[Span]:
    """What of ``span`` is left when ``taken`` is cut out of it."""
    left, at = [], span[0]
    for starts, ends in sorted(taken):
        if starts > at and at < span[1]:
            left.append((at, min(starts, span[1])))
        at = max(at, ends)
    return [*left, (at, span[1])] if at < span[1] else left


def proposals_for(need: Need, offers: Sequence[Offer], taken: Taken, now: dt.datetime) -> list[Proposal]:
    """The best other rooms at the same time, then the same room at the nearest other times of the week."""
    home = next((one for one in offers if one.room == need.room), None)
    if home is None:
        return []
    rooms = [
        (_distance(need, home, offer), proposal)
        for offer in offers
        if offer.room != need.room and (proposal := _in_room(need, offer, taken, now)) is not None
    ]
    times = [(_delay(need, one), one) for one in _at_times(need, home, taken, now)]
    return [one for _key, one in sorted(rooms, key=_first)[:MOST_ROOMS] + sorted(times, key=_first)[:MOST_TIMES]]


def assigned(wanted: Mapping[UUID, Sequence[Proposal]], kept: Iterable[Proposal] = ()) -> dict[UUID, Proposal]:
    """Booking -> its best proposal that no earlier one, and none of ``kept``, has taken, if one is left."""
    used: list[Proposal] = list(kept)
    found: dict[UUID, Proposal] = {}
    for booking, proposals in wanted.items():
        best = next((one for one in proposals if not any(_clash(one, other) for other in used)), None)
        if best is not None:
            found[booking] = best
            used.append(best)
    return found


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen for a booking: its number, and whether the renter agreed."""

    number: str
    choice: str
    consent: str = ""


def check_chosen(chosen: Iterable[Chosen]) -> None:
    """``ChoiceMissingError`` or ``ConsentMissingError`` with how many, and the first one's number."""
    rows = list(chosen)
    open_ = [one for one in rows if not one.choice]
    if open_:
        raise ChoiceMissingError(count=len(open_), number=open_[0].number)
    unasked = [one for one in rows if one.choice == MOVE and not one.consent]
    if unasked:
        raise ConsentMissingError(count=len(unasked), number=unasked[0].number)


@dataclass(frozen=True, slots=True)
class Figures:
    """A displacement in numbers; they stay when the persons are erased."""

    hits: int = 0
    renters: int = 0
    people: int = 0
    moved: int = 0
    cancelled: int = 0
    let_go: int = 0
    kept: int = 0
    refund: int = 0

    def as_json(self) -> dict[str, int]:
        """As plain values."""
        return asdict(self)


def figures_from(content: Mapping[str, Any]) -> Figures:
    """What was kept as plain values; what is lacking is none."""
    known = Figures().as_json()
    return Figures(**{name: int(content.get(name, 0)) for name in known})


def proposal_json(one: Proposal) -> dict[str, Any]:
    """A proposal as it is kept with the booking's record."""
    return {
        "kind": one.kind,
        "room": str(one.room),
        "day": one.day.isoformat(),
        "slots": list(one.slots),
        "starts": one.starts_at.isoformat(),
        "ends": one.ends_at.isoformat(),
        "parts": [str(part) for part in one.parts],
    }


def proposal_from(row: Mapping[str, Any]) -> Proposal:
    """The proposal that ``proposal_json`` wrote."""
    return Proposal(
        row["kind"],
        UUID(row["room"]),
        dt.date.fromisoformat(row["day"]),
        tuple(row["slots"]),
        dt.datetime.fromisoformat(row["starts"]),
        dt.datetime.fromisoformat(row["ends"]),
        tuple(UUID(part) for part in row["parts"]),
    )


def _in_room(need: Need, offer: Offer, taken: Taken, now: dt.datetime) -> Proposal | None:
    if not _suits(need, offer) or not offer.is_public:
        return None
    run = _covering(offer, need)
    return _free(_proposal(OTHER_ROOM, offer, need.day, run), taken, now) if run else None


def _suits(need: Need, offer: Offer) -> bool:
    allowed = need.purpose is None or need.purpose in {one.code for one in offer.purposes}
    return allowed and need.headcount <= offer.capacity


def _covering(offer: Offer, need: Need) -> tuple[Slot, ...]:
    """The fewest slots of the day that cover the booking's hours; none where the room is not open so long."""
    if closing_on(offer, need.day) is not None:
        return ()
    spans = [(slot, span_of(slot, need.day)) for slot in slots_on(offer, need.day)]
    run = tuple(slot for slot, span in spans if overlaps(span, (need.starts_at, need.ends_at)))
    if not run:
        return ()
    begins, ends = span_of(run[0], need.day)[0], span_of(run[-1], need.day)[1]
    return run if begins <= need.starts_at and need.ends_at <= ends else ()


def _at_times(need: Need, home: Offer, taken: Taken, now: dt.datetime) -> Iterator[Proposal]:
    """Runs of as many slots on the days of the booking's week, Monday to Sunday."""
    monday = need.day - dt.timedelta(days=need.day.isoweekday() - 1)
    for day in (monday + dt.timedelta(days=number) for number in range(7)):
        if closing_on(home, day) is not None:
            continue
        slots = slots_on(home, day)
        for first in range(len(slots) - len(need.slots) + 1):
            run = slots[first : first + len(need.slots)]
            found = _free(_proposal(OTHER_TIME, home, day, run), taken, now)
            if found is not None and _lasts(found) >= need.ends_at - need.starts_at:
                yield found


def _proposal(kind: str, offer: Offer, day: dt.date, run: Sequence[Slot]) -> Proposal:
    span = (span_of(run[0], day)[0], span_of(run[-1], day)[1])
    return Proposal(kind, offer.room, day, tuple(slot.number for slot in run), *span, offer.parts)


def _free(one: Proposal, taken: Taken, now: dt.datetime) -> Proposal | None:
    span = (one.starts_at, one.ends_at)
    if one.starts_at <= now or any(overlaps(span, other) for part in one.parts for other in taken.get(part, ())):
        return None
    return one


def _distance(need: Need, home: Offer, offer: Offer) -> tuple[Any, ...]:
    """Same facility first, where the equipment is; then the nearest capacity, then the order of the house."""
    elsewhere = offer.facility != home.facility
    return (
        elsewhere and need.has_equipment,
        elsewhere,
        abs(offer.capacity - home.capacity),
        offer.position,
        str(offer.room),
    )


def _delay(need: Need, one: Proposal) -> tuple[Any, ...]:
    """The same day first, then the nearest day; then the nearest hour, the later before the earlier."""
    days = (one.day - need.day).days
    minutes = _minute(one.starts_at) - _minute(need.starts_at)
    return (abs(days), abs(minutes), days < 0 or minutes < 0, one.starts_at)


def _minute(instant: dt.datetime) -> int:
    local = instant.astimezone(TOKYO)
    return local.hour * 60 + local.minute


def _lasts(one: Proposal) -> dt.timedelta:
    return one.ends_at - one.starts_at


def _clash(one: Proposal, other: Proposal) -> bool:
    spans = ((one.starts_at, one.ends_at), (other.starts_at, other.ends_at))
    return bool(set(one.parts) & set(other.parts)) and overlaps(*spans)


def _first(pair: tuple[tuple[Any, ...], Proposal]) -> tuple[Any, ...]:
    return pair[0]
