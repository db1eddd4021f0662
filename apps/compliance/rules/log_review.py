"""The monthly review of the audit (ログ点検): which month, which sample, until when. Domain handbook 7.5 and 8.3."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Final

DUE_DAY: Final = 10
"""Of the following month: the 個人情報保護責任者 has signed by then."""


def month_under_review(today: dt.date) -> dt.date:
    """The first day of the month before ``today``'s."""
    return (today.replace(day=1) - dt.timedelta(days=1)).replace(day=1)


def month_end(month: dt.date) -> dt.date:
    """The first day of the next month."""
    return (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1)


def due_on(month: dt.date) -> dt.date:
    """The last day on which the review of ``month`` may be signed."""
    return month_end(month).replace(day=DUE_DAY)


def seed_of(tenant: str, month: dt.date, root: bytes) -> str:
    """The seed of the sample: whoever knows the seal of the month's last day can draw it again, and nobody before."""
    return hashlib.sha256(f"{tenant}:{month:%Y-%m}:".encode() + root).hexdigest()[:32]
