"""The numbers of a policy make sense, and what changes is told."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from apps.registrants.item_errors import PolicyValueError
from apps.registrants.rules.policy import DEFAULT, LIMITS, Policy, check_policy, differences


def with_value(name: str, value: Any) -> Policy:
    return replace(DEFAULT, **{name: value})


def test_the_default_makes_sense() -> None:
    check_policy(DEFAULT)


@pytest.mark.parametrize("name", LIMITS)
def test_each_number_has_its_limits(name: str) -> None:
    for value in LIMITS[name]:
        check_policy(with_value(name, value))
    for value in (LIMITS[name][0] - 1, LIMITS[name][1] + 1):
        with pytest.raises(PolicyValueError) as refused:
            check_policy(with_value(name, value))
        assert refused.value.field == name


@pytest.mark.parametrize("values", [{"reminder_days": (0,)}, {"reminder_days": (1,) * 6}, {"renewal": "monthly"}])
def test_reminders_and_renewal_too(values: dict[str, Any]) -> None:
    with pytest.raises(PolicyValueError):
        check_policy(replace(DEFAULT, **values))


def test_only_what_differs_is_told() -> None:
    after = replace(DEFAULT, least_members=5, grace_days=30)
    assert differences(DEFAULT, after) == [("grace_days", None, 30), ("least_members", 1, 5)]
    assert differences(after, after) == []


def test_every_number_is_limited_or_may_be_anything() -> None:
    unlimited = {field.name for field in fields(Policy)} - set(LIMITS)
    assert unlimited == {
        "needs_review",
        "exceeds_city_percent",
        "excludes_pupils",
        "consent_of_members",
        "similar_by",
        "renewal",
        "reminder_days",
    }
