"""Setting when the portal receives applications, from a day of use on (受付期間)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from apps.bookings.errors import DayPastError, UnknownSettingError
from apps.bookings.models import Window
from apps.bookings.rules import listing
from apps.bookings.rules.window import check_edges
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record


@transaction.atomic
def set_windows(
    *, actor: Actor, facility: UUID, room: UUID | None, valid_from: dt.date, windows: Sequence[listing.Window]
) -> None:
    """Let ``windows`` hold for days of use from ``valid_from`` on; those of the same day are replaced.

    Who is not among them is not received on the portal. ``DayPastError`` for a day before today, and the errors of
    ``check_edges``.
    """
    check_edges(windows)
    if valid_from < clock.today():
        raise DayPastError(field="valid_from")
    Window.objects.filter(facility=facility, room=room, valid_from=valid_from).delete()
    Window.objects.bulk_create(_row(one, facility, room, valid_from) for one in windows)
    record(
        actor,
        Action.CHANGE,
        object_type="window",
        object_id=room or facility,
        valid_from=valid_from.isoformat(),
        windows={one.who: [_told(one.opens), _told(one.closes)] for one in windows},
    )


@transaction.atomic
def withdraw_windows(*, actor: Actor, window: int) -> None:
    """Take back the windows that were set with ``window`` and have not begun; ``UnknownSettingError``."""
    found = Window.objects.filter(pk=window, valid_from__gt=clock.today()).first()
    if found is None:
        raise UnknownSettingError
    Window.objects.filter(facility=found.facility_id, room=found.room_id, valid_from=found.valid_from).delete()
    record(
        actor,
        Action.DELETE,
        object_type="window",
        object_id=found.room_id or found.facility_id,
        valid_from=found.valid_from.isoformat(),
    )


def _row(window: listing.Window, facility: UUID, room: UUID | None, valid_from: dt.date) -> Window:
    opens, closes = window.opens, window.closes
    return Window(
        facility_id=facility,
        room_id=room,
        valid_from=valid_from,
        who=window.who,
        opens_kind=opens.kind,
        opens_months=opens.months,
        opens_days=opens.days,
        opens_at=opens.at,
        opens_shift=opens.shift,
        closes_kind=closes.kind,
        closes_months=closes.months,
        closes_days=closes.days,
        closes_at=closes.at,
        closes_shift=closes.shift,
    )


def _told(edge: listing.Edge) -> list[object]:
    return [edge.kind, edge.months, edge.days, f"{edge.at:%H:%M}", edge.shift]
