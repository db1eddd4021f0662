"""What is planned for the demonstration's bookings, before any service is asked."""

from __future__ import annotations

import datetime as dt

import pytest

from config.demo_city.plans import TENANTS, TenantPlan
from config.demo_city.registrants import NOT_IN_FORCE, account_of, numbers_of_individuals
from config.demo_city.stories import End, Story, stories
from kernel.clock import TOKYO

FIRST = dt.date(2026, 6, 1)
MONTH = [FIRST + dt.timedelta(days=offset) for offset in range(30)]

each_tenant = pytest.mark.parametrize("plan", TENANTS, ids=lambda plan: plan.schema)


def told(plan: TenantPlan, days: list[dt.date] = MONTH) -> list[Story]:
    return list(stories(plan, days, share=1.0))


@each_tenant
def test_a_days_stories_do_not_depend_on_the_other_days(plan: TenantPlan) -> None:
    assert told(plan) == [story for day in MONTH for story in told(plan, [day])]


@each_tenant
def test_no_two_stories_have_one_key(plan: TenantPlan) -> None:
    keys = [story.key for story in told(plan)]
    assert len(set(keys)) == len(keys) > 60


@each_tenant
def test_everything_happens_in_order_and_before_the_day(plan: TenantPlan) -> None:
    for story in told(plan):
        assert story.applied_at < story.decided_at < story.cancelled_at
        assert story.cancelled_at.astimezone(TOKYO).date() < story.day


@each_tenant
def test_nobody_applies_whose_registration_is_not_in_force(plan: TenantPlan) -> None:
    assert not {story.visit.number for story in told(plan)} & set(NOT_IN_FORCE)


@each_tenant
def test_what_is_wished_the_room_offers(plan: TenantPlan) -> None:
    for visit in (story.visit for story in told(plan)):
        assert visit.purpose in visit.room.purposes
        assert 1 <= visit.headcount <= visit.room.capacity
        assert set(visit.slots) <= set(range(1, len(visit.room.slots) + 1))


def test_all_ends_come_about_and_most_are_permits() -> None:
    ends = [story.end for plan in TENANTS for story in told(plan)]
    assert set(ends) == set(End) - {End.HELD}
    assert ends.count(End.PERMITTED) / len(ends) > 0.8


def test_a_refusal_and_a_cancellation_have_a_reason() -> None:
    for story in (story for plan in TENANTS for story in told(plan)):
        assert bool(story.reason) == (story.end is not End.PERMITTED)


def test_some_come_to_the_counter_only() -> None:
    without = [number for number in numbers_of_individuals(1.0) if account_of(TENANTS[0], number) is None]
    assert 10 < len(without) < 40
