"""One row of a file of past uses: read as it is, judged by no rule of today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from apps.bookings.models import PastState
from apps.bookings.rules.attendance import MOST as MOST_PEOPLE
from apps.bookings.services.intake.fields import WAIVED
from apps.bookings.services.intake.rooms import GONE, Rooms
from kernel import clock
from shared.intake.rules import cells
from shared.intake.rules.cells import plain
from shared.intake.rules.target import Cells, Context, Problem, Reading
from shared.intake.rules.times import DAY_MINUTES, minute_of_day


@dataclass(frozen=True, slots=True)
class Use:
    """A use; the fields are those of ``PastBooking``. ``registrant_key``: whose it is, by the source's key."""

    source_key: str
    registrant_key: str
    number: str
    room: str | None
    room_name: str
    day: dt.date
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    slot_label: str
    purpose_name: str
    event_name: str
    headcount: int | None
    state: str
    fee: int | None
    paid: int | None


def read_use(values: Mapping[str, str], context: Context, rooms: Rooms, today: dt.date) -> Reading[Use]:
    """The use of a row. It is known again by number, day, room and hours: a booking may fill several rows."""
    row = Cells(values)
    number = row.need(row.take("number", cells.code, 40, otherwise=""), "number")
    registrant = row.take("registrant", cells.key, 80, otherwise="")
    if not registrant:
        row.warnings.append(Problem("row_no_registrant_given", "registrant"))
    day = row.need(row.take("day", cells.day_set_ahead, otherwise=None), "day")
    if day and day > today:
        row.problems.append(Problem("row_day_ahead", "day"))
    room, room_name = _room(row, context, rooms)
    label = row.lenient("slot", cells.text, 40, otherwise="")
    starts, ends = _hours(row, rooms, room, label)
    state = row.choose("state", context.meanings["state"], PastState.PERMITTED.value)
    fee, paid = _money(row, context)
    headcount = row.take("headcount", cells.number, MOST_PEOPLE, otherwise=None)
    purpose = row.take("purpose", cells.text, 100, otherwise="")
    event = row.take("event", cells.text, 100, otherwise="")
    key = f"{number}/{day}/{plain(room_name)[:40]}/{starts or plain(label)}"

    def make() -> Use:
        starts_at, ends_at = _instants(day or today, starts, ends)
        return Use(
            source_key=context.key(key),
            registrant_key=context.key(registrant) if registrant else "",
            number=number,
            room=room,
            room_name=room_name,
            day=day or today,
            starts_at=starts_at,
            ends_at=ends_at,
            slot_label=label,
            purpose_name=purpose,
            event_name=event,
            headcount=headcount,
            state=state,
            fee=fee,
            paid=paid,
        )

    return row.reading(key, make)


def _room(row: Cells, context: Context, rooms: Rooms) -> tuple[str | None, str]:
    """Today's room, and its name as it was. Where the file names the facility too, both together stand for the room."""
    name = rooms.written(row.need(row.take("room", cells.text, 60, otherwise=""), "room"))
    facility = row.take("facility", cells.text, 39, otherwise="")
    row.note("room", facility + name)
    known = context.meanings["room"]
    found = known.get(plain(facility + name), known.get(plain(name)))
    if name and not found:
        row.problems.append(Problem("row_choice", "room"))
    return (None if found in {None, GONE} else found), f"{facility}　{name}" if facility else name


def _hours(row: Cells, rooms: Rooms, room: str | None, label: str) -> tuple[dt.time | None, dt.time | None]:
    """From when to when; 0:00 to 0:00 is what a system writes that knows neither."""
    starts = row.take("starts", minute_of_day, otherwise=None)
    ends = row.take("ends", minute_of_day, otherwise=None)
    if not starts and not ends and (known := rooms.hours(room or "", label)):
        return known
    if starts is None or ends is None or starts == ends == 0:
        row.warnings.append(Problem("row_no_hours", "starts"))
        return None, None
    if starts == DAY_MINUTES:
        row.problems.append(Problem("row_time_next_day", "starts"))
    elif (ends or DAY_MINUTES) <= starts:
        row.problems.append(Problem("row_ends_before", "ends"))
    return _time(starts), _time(ends)


def _time(minute: int) -> dt.time:
    return dt.time(minute // 60 % 24, minute % 60)


def _instants(
    day: dt.date, starts: dt.time | None, ends: dt.time | None
) -> tuple[dt.datetime, dt.datetime] | tuple[None, None]:
    if starts is None or ends is None:
        return None, None
    last = day if ends != dt.time(0) else day + dt.timedelta(days=1)
    return clock.at(day, starts), clock.at(last, ends)


def _money(row: Cells, context: Context) -> tuple[int | None, int | None]:
    """The fee and what was paid: all or nothing of the fee where only that is said; None where nothing is.

    Of a use whose fee was waived nothing was owed, whatever the list of prices says.
    """
    fee = row.take("fee", cells.number, otherwise=None)
    paid = row.take("paid", cells.number, otherwise=None)
    said = row.choose("is_paid", context.meanings["is_paid"])
    if fee and said == WAIVED and not paid:
        row.warnings.append(Problem("row_fee_waived", "fee"))
        return 0, 0
    if paid is not None or not said or fee is None:
        return fee, paid
    return fee, fee if said == "yes" else 0
