"""The numbers of a tenant's own ordinance, as the rules take them (登録の基準). Domain handbook 2.2, 5.1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


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
    least_member_age: int = 0
    least_representative_age: int = 0
    most_shared_members: int = 3
    most_groups_a_person: int = 0
    senior_age: int = 60
    senior_ahead_days: int = 30
    senior_validity_years: int | None = None
    senior_review_years: int = 3


DEFAULT: Final = Policy()
