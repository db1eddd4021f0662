"""The day on which the tests fill the demonstration.

The database's guards ask PostgreSQL's clock, which no test stops: next April has to be ahead of that one too, and the
months that are told have to be over. So it is a day of the fiscal year that it is, in June at the latest.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from kernel import clock
from kernel.wareki import fiscal_year

_YEAR: Final = fiscal_year(clock.today())
_DAY: Final = max(dt.date(_YEAR, 4, 1), min(dt.date(_YEAR, 6, 10), clock.today() - dt.timedelta(days=7)))
NOON: Final = dt.datetime.combine(_DAY, dt.time(12), tzinfo=clock.TOKYO)
