"""Days and months as they stand in addresses: nonsense is a clear 400, never a stack trace."""

from __future__ import annotations

import datetime as dt
import re

from django.core.exceptions import BadRequest
from django.utils.translation import gettext as _

FARTHEST = dt.timedelta(days=366 * 3)


def day_from(text: str, *, default: dt.date) -> dt.date:
    """The day ``YYYY-MM-DD``, or the default for an empty text. ``BadRequest`` for a day that does not exist."""
    if not text:
        return default
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise BadRequest(_("日付は 2026-04-01 の形で指定してください。"))
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise BadRequest(_("その日付はありません。")) from None
    if abs(day - default) > FARTHEST:
        raise BadRequest(_("指定された日付は表示できる範囲を超えています。"))
    return day


def month_from(text: str, *, default: dt.date) -> dt.date:
    """The first day of the month ``YYYY-MM``, or of the default's. ``BadRequest`` for anything else."""
    return day_from(f"{text}-01" if text else "", default=default).replace(day=1)


def month_before(month: dt.date) -> dt.date:
    """The first day of the month before."""
    return (month.replace(day=1) - dt.timedelta(days=1)).replace(day=1)


def later_month(month: dt.date, *, last: dt.date) -> dt.date | None:
    """The month after, to be led to from a page that has nothing to tell of what comes after ``last``; else None."""
    return month_after(month) if month_after(month) <= last else None


def later_day(day: dt.date, *, last: dt.date) -> dt.date | None:
    """The day after, as ``later_month``."""
    return day + dt.timedelta(days=1) if day < last else None


def month_after(month: dt.date) -> dt.date:
    """The first day of the month after."""
    return (month.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
