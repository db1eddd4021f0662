"""For which span the audit is asked about an incident."""

from __future__ import annotations

import datetime as dt
from typing import Final

from apps.compliance.incident_errors import SpanBackwardsError

MOST_DAYS: Final = 400
"""A year and a month: what the audit keeps online."""


def check_span(since: dt.datetime, until: dt.datetime) -> None:
    """Raises ``SpanBackwardsError``."""
    if not dt.timedelta() < until - since <= dt.timedelta(days=MOST_DAYS):
        raise SpanBackwardsError(field="until", days=MOST_DAYS)
