"""How a booking is worded on official forms (公文書の表記): times, periods, names with the city's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from kernel.clock import TOKYO
from kernel.wareki import format_date

NOON: Final = dt.time(12)
MIDNIGHT: Final = dt.time(0)


def time_of_day(moment: dt.time, *, is_end: bool = False) -> str:
    """午前9時, 午後1時30分, 正午; a midnight that ends a use is 午後12時."""
    if moment == NOON:
        return "正午"
    if moment == MIDNIGHT and is_end:
        return "午後12時"
    half = "午前" if moment.hour < 12 else "午後"
    minutes = f"{moment.minute}分" if moment.minute else ""
    return f"{half}{moment.hour % 12}時{minutes}"


def period(day: dt.date, labels: Sequence[str], starts_at: dt.datetime, ends_at: dt.datetime) -> str:
    """令和8年4月18日（土）　午前・午後　午前9時から午後5時まで."""
    start, end = (moment.astimezone(TOKYO).time() for moment in (starts_at, ends_at))
    hours = f"{time_of_day(start)}から{time_of_day(end, is_end=True)}まで"
    return "　".join([format_date(day, weekday=True), "・".join(labels), hours])


def with_city(city: str, name: str) -> str:
    """The facility's name as its ordinance has it: 印西市中央駅前地域交流館, the city's name once."""
    return name if name.startswith(city) else f"{city}{name}"
