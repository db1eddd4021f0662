"""Tables and uses for the tests of fees: a room with 午前 1,000円, 午後 1,500円 and 夜間 2,000円."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

from apps.bookings.rules.fees.lines import Breakdown
from apps.bookings.rules.fees.tables import (
    Climate,
    Mode,
    Price,
    Reduction,
    RoundingRules,
    Season,
    Surcharge,
    Tables,
    Tariff,
    TariffMode,
    When,
)
from apps.bookings.rules.fees.use import Facts, Use, UsedSlot
from kernel.yen import Rounding

MORNING = UsedSlot(1, "午前", 9 * 60, 12 * 60)
AFTERNOON = UsedSlot(2, "午後", 13 * 60, 17 * 60)
EVENING = UsedSlot(3, "夜間", 18 * 60, 21 * 60)
DAY = (MORNING, AFTERNOON, EVENING)
WEDNESDAY = dt.date(2027, 1, 13)
SUNDAY = dt.date(2027, 1, 17)

PRICES = (Price(1000, (1,)), Price(1500, (2,)), Price(2000, (3,)))
TARIFF = Tariff(TariffMode.SLOTS, PRICES, article="別表第１")
OUTSIDE = Surcharge("outside", "市外", "第８条", Mode.MULTIPLY, Fraction(2), When(outside=True))
HOLIDAY = Surcharge("holiday", "休日", "第８条第２項", Mode.MULTIPLY, Fraction(6, 5), When(holiday=True))
COMMERCIAL = Surcharge("commercial", "営利", "別表備考２", Mode.ADD, Fraction(1), When(commercial=True))
HEATING = Climate("heating", "暖房", "別表備考３", ratio=Fraction(3, 10), season=Season("11-01", "04-30"))
HALF = Reduction("support", "市の後援", "第９条第２号", Fraction(1, 2))
TO_THE_YEN = RoundingRules(total=Rounding.YEN_DOWN)


def tables(**values: Any) -> Tables:
    """The room's tables; ``values`` say what else holds."""
    return Tables(**{"tariff": TARIFF} | values)


def use(*slots: UsedSlot, day: dt.date = WEDNESDAY, **facts: Any) -> Use:
    """A use of the room in these slots, 午前 if none is named."""
    return Use("hall", day, slots or (MORNING,), Facts(**facts))


def told(breakdown: Breakdown) -> list[tuple[str, int]]:
    """Each line's key and amount."""
    return [(line.key, line.amount) for line in breakdown.lines]
