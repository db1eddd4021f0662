"""Reading by which numbers a tenant registers people on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields

from apps.registrants.models import RegistrationPolicy
from apps.registrants.rules.policy import DEFAULT, Policy


def policy_on(day: dt.date) -> Policy:
    """The newest policy that has begun by ``day``, or the default; one statement."""
    row = RegistrationPolicy.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
    return _policy(row) if row else DEFAULT


def _policy(row: RegistrationPolicy) -> Policy:
    values = {field.name: getattr(row, field.name) for field in fields(Policy)}
    return Policy(**values | {"reminder_days": tuple(row.reminder_days), "similar_by": tuple(row.similar_by)})


@dataclass(frozen=True, slots=True)
class PolicyInTime:
    """A policy with its day: whether it holds now, or is still to come."""

    valid_from: dt.date
    policy: Policy
    holds: bool
    comes: bool


def policies(today: dt.date) -> list[PolicyInTime]:
    """All policies of the tenant, the newest first; one statement."""
    rows = list(RegistrationPolicy.objects.order_by("-valid_from"))
    begun = next((row.valid_from for row in rows if row.valid_from <= today), None)
    return [PolicyInTime(row.valid_from, _policy(row), row.valid_from == begun, row.valid_from > today) for row in rows]
