"""The numbers of a tenant's own ordinance, as the rules take them (登録の基準). Domain handbook 2.2, 5.1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any, Final

from apps.registrants.item_errors import PolicyValueError

SIMILAR_BY: Final = ("group_name", "phone", "address")
"""Beside shared members, the grounds on which a group is shown as similar; codes of ``rules.similarity``."""


@dataclass(frozen=True, slots=True)
class Policy:
    """``models.RegistrationPolicy`` without its day; the values here hold where a tenant has set none."""

    needs_review: bool = False
    renewal: str = "never"
    validity_years: int = 3
    reminder_days: tuple[int, ...] = (60, 30, 7)
    grace_days: int | None = None
    provisional_days: int = 30
    least_members: int = 1
    least_city_percent: int = 0
    exceeds_city_percent: bool = False
    least_member_age: int = 0
    excludes_pupils: bool = False
    least_representative_age: int = 0
    consent_of_members: bool = False
    most_groups_a_person: int = 0
    barring_shared_members: int = 0
    most_shared_members: int = 3
    similar_by: tuple[str, ...] = SIMILAR_BY
    senior_age: int = 60
    senior_ahead_days: int = 30
    senior_validity_years: int | None = None
    senior_review_years: int = 3


DEFAULT: Final = Policy()
LIMITS: Final[Mapping[str, tuple[int, int]]] = MappingProxyType(
    {
        "validity_years": (1, 20),
        "grace_days": (0, 3650),
        "provisional_days": (1, 365),
        "least_members": (1, 1000),
        "least_city_percent": (0, 100),
        "least_member_age": (0, 100),
        "least_representative_age": (0, 100),
        "barring_shared_members": (0, 100),
        "most_shared_members": (0, 100),
        "most_groups_a_person": (0, 100),
        "senior_age": (40, 100),
        "senior_ahead_days": (0, 365),
        "senior_validity_years": (1, 50),
        "senior_review_years": (0, 50),
    }
)
"""Field -> the least and the most that makes sense."""
RENEWALS: Final = frozenset({"never", "years", "fiscal_year"})
REMINDER_LIMITS: Final = (1, 365)
MOST_REMINDERS: Final = 5


def check_policy(policy: Policy) -> None:
    """``PolicyValueError`` for the first number that makes no sense."""
    for name, (least, most) in LIMITS.items():
        value: int | None = getattr(policy, name)
        if value is not None and not least <= value <= most:
            raise PolicyValueError(field=name, least=least, most=most)
    least, most = REMINDER_LIMITS
    days = policy.reminder_days
    if len(days) > MOST_REMINDERS or not all(least <= day <= most for day in days):
        raise PolicyValueError(field="reminder_days", least=least, most=most)
    if set(policy.similar_by) - set(SIMILAR_BY):
        raise PolicyValueError(field="similar_by", least=0, most=0)
    if policy.renewal not in RENEWALS:
        raise PolicyValueError(field="renewal", least=0, most=0)


def differences(before: Policy, after: Policy) -> list[tuple[str, Any, Any]]:
    """Field, before and after of what differs, in the order of the fields."""
    old, new = asdict(before), asdict(after)
    return [(name, old[name], new[name]) for name in new if old[name] != new[name]]
