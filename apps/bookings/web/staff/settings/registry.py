"""All settings of bookings, in the order in which the page shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from apps.bookings.web.staff.settings.blocks import BLOCKS
from apps.bookings.web.staff.settings.closings import CLOSINGS, CLOSINGS_END
from apps.bookings.web.staff.settings.kinds import Setting
from apps.bookings.web.staff.settings.masters import MASTERS
from apps.bookings.web.staff.settings.online import ONLINE
from apps.bookings.web.staff.settings.timetables import TIMETABLES
from apps.bookings.web.staff.settings.windows import WINDOWS

SETTINGS: Final[Mapping[str, Setting]] = {
    one.name: one for one in (WINDOWS, CLOSINGS, CLOSINGS_END, TIMETABLES, BLOCKS, *MASTERS, ONLINE)
}
