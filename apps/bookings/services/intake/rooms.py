"""Which of today's rooms another system's texts mean, and which hours its slots had."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from apps.bookings.models import Room, TimetableSlot
from shared.intake.rules.cells import plain

GONE: Final = "-"
"""The choice for a room that is not let any more."""
BETWEEN_SLOTS: Final = re.compile(r"[・,、/+＋&＆〜~\-]")

Hours = tuple[dt.time, dt.time]


def room_choices() -> tuple[tuple[str, object], ...]:
    """Id and name of each room; with the facility's name where there are several. One statement."""
    rooms = list(Room.objects.select_related("facility").order_by("facility__position", "facility", "position", "name"))
    several = len({room.facility_id for room in rooms}) > 1
    named = [(str(room.pk), f"{room.facility.name}　{room.name}" if several else room.name) for room in rooms]
    return (*named, (GONE, _("今はない室場")))


def room_meanings() -> dict[str, str]:
    """Normalised room name -> id, for names that only one room has. One statement."""
    rooms = [(plain(name), str(pk)) for pk, name in Room.objects.values_list("pk", "name")]
    often = Counter(name for name, _ in rooms)
    return {name: pk for name, pk in rooms if often[name] == 1}


class Rooms:
    """Today's rooms: their names, and the hours of their slots (午前, 午後) as the newest timetable has them."""

    def __init__(self) -> None:
        self._names = {str(pk): name for pk, name in Room.objects.values_list("pk", "name")}
        rows = TimetableSlot.objects.order_by("timetable__valid_from")
        values = rows.values_list("timetable__room", "label", "starts", "ends")
        self._hours: Mapping[tuple[str, str], Hours] = {
            (str(room), plain(label)): (starts, ends) for room, label, starts, ends in values
        }

    def written(self, text: str) -> str:
        """``text``; the name of the room whose id it is, as a fixed value has it."""
        return self._names.get(text, text)

    def hours(self, room: str, label: str) -> Hours | None:
        """From when to when ``label`` lasts, also 午前・午後 together; None if that is not known."""
        parts = [self._hours.get((room, part)) for part in BETWEEN_SLOTS.split(plain(label)) if part]
        known = [part for part in parts if part]
        return (known[0][0], known[-1][1]) if known and len(known) == len(parts) else None
