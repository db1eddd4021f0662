"""Reading by which numbers a tenant registers people on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields

from apps.registrants.models import RegistrationPolicy
from apps.registrants.rules.policy import DEFAULT, Policy


def policy_on(day: dt.date) -> Policy:
    """The newest policy that has begun by ``day``, or the default; one statement."""
    row = RegistrationPolicy.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
    if row is None:
        return DEFAULT
    values = {field.name: getattr(row, field.name) for field in fields(Policy)}
    return Policy(**values | {"reminder_days": tuple(row.reminder_days)})
