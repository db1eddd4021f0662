"""Until when a registration holds (有効期間). Domain handbook 2.2; years are counted as 民法143条 counts them."""

from __future__ import annotations

import datetime as dt
from typing import Final

from apps.registrants.errors import RenewalNotLaterError
from apps.registrants.rules.policy import Policy
from kernel.businessdays import months_after
from kernel.wareki import fiscal_year

DAY: Final = dt.timedelta(days=1)


def valid_until_for(policy: Policy, day: dt.date) -> dt.date | None:
    """The last day of a registration that begins on ``day``; None: without end."""
    if policy.renewal == "years":
        return _after_years(day, policy.validity_years)
    if policy.renewal == "fiscal_year":
        return dt.date(fiscal_year(day) + policy.validity_years, 3, 31)
    return None


def renewed_until(policy: Policy, valid_until: dt.date | None, today: dt.date) -> dt.date | None:
    """The last day after a renewal (更新): a term from the day after the present one, or from today if that is over."""
    begins = today if valid_until is None or valid_until < today else valid_until + DAY
    return valid_until_for(policy, begins)


def check_renewal(present: dt.date | None, wished: dt.date | None, today: dt.date) -> None:
    """``RenewalNotLaterError`` unless ``wished`` is a later end than ``present``, and not over."""
    if wished is None:
        return
    if wished < today or (present is not None and wished <= present):
        raise RenewalNotLaterError(field="valid_until")


def _after_years(day: dt.date, years: int) -> dt.date:
    """The day before the same day, or the month's last where the month has no such day."""
    same = months_after(day, 12 * years)
    return same - DAY if same.day == day.day else same
