"""What becomes of visits: who applies when, what the desk decides, what is given up. Planned without the database.

A day's stories do not depend on when they are told, so that filling again later adds what has happened since.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from random import Random
from typing import Final
from uuid import UUID

from config.demo_city.chance import same_id
from config.demo_city.habits import Visit, habits, visits
from config.demo_city.plans.shape import TenantPlan
from config.demo_city.registrants import FIRST_GROUP, account_of
from kernel import clock

LEAD_DAYS: Final = (2, 88)
BY_COUNTER: Final = 0.15
"""Share of those with an account who come to the counter all the same."""
DECIDED_AFTER: Final = (1, 1, 2, 2, 3, 5)
"""Days that the desk takes, by chance."""
HELD_AHEAD: Final = range(14, 35)
"""Days ahead for which somebody holds a slot just now."""


class End(Enum):
    """How a story ends."""

    HELD = auto()
    PERMITTED = auto()
    REFUSED = auto()
    CANCELLED_BY_CITIZEN = auto()
    CANCELLED_BY_STAFF = auto()


RARE_ENDS: Final = ((End.CANCELLED_BY_CITIZEN, 0.07), (End.CANCELLED_BY_STAFF, 0.015), (End.REFUSED, 0.03))
"""Shares; all other applications are permitted."""
REASONS: Final = {
    End.REFUSED: ("主催事業の準備のため、ご利用いただけません。", "同じ時間帯に施設の点検を行うためです。"),
    End.CANCELLED_BY_STAFF: ("空調の故障により、施設を使用できなくなったためです。",),
    End.CANCELLED_BY_CITIZEN: ("利用者から取消しの申し出があったためです。",),
}


@dataclass(frozen=True, slots=True)
class Story:
    """One booking: applied for, decided, perhaps given up. ``account`` applies on the portal; None at the counter."""

    key: UUID
    visit: Visit
    day: dt.date
    account: UUID | None
    applied_at: dt.datetime
    decided_at: dt.datetime
    cancelled_at: dt.datetime
    end: End
    reason: str = ""

    @property
    def is_decided_by_desk(self) -> bool:
        """A room with 即時許可 is permitted at once, unless the application comes to the counter."""
        return self.account is None or not self.visit.room.immediate

    @property
    def is_given_up(self) -> bool:
        """Whether it is cancelled in the end."""
        return self.end in {End.CANCELLED_BY_CITIZEN, End.CANCELLED_BY_STAFF}


def stories(plan: TenantPlan, days: Sequence[dt.date], *, share: float) -> Iterator[Story]:
    """The stories of ``days``, in no order of time. ``share`` is that of the registrants."""
    usual = habits(plan, share)
    for day in days:
        for visit, luck in visits(plan, usual, day, share):
            yield _story(plan, visit, day, luck)


def story_of_now(plan: TenantPlan, *, share: float) -> Iterator[Story]:
    """Somebody who has just chosen a slot and not yet applied: candidates, of which the first that is free will do."""
    now, today = clock.now(), clock.today()
    key = same_id(plan.schema, "held", today)
    usual = habits(plan, share)
    for ahead in HELD_AHEAD:
        for visit in reversed(usual):  # those who log in come first, and need no hold that they did not make
            if (account := account_of(plan, visit.number)) is not None:
                yield Story(key, visit, today + dt.timedelta(days=ahead), account, now, now, now, End.HELD)


def _story(plan: TenantPlan, visit: Visit, day: dt.date, luck: Random) -> Story:
    lead = luck.randint(*LEAD_DAYS)
    if visit.number < FIRST_GROUP:
        lead = min(lead, luck.randint(*LEAD_DAYS))  # individuals plan less far ahead
    taken = min(luck.choice(DECIDED_AFTER), lead - 1)
    applied_at = _moment(day - dt.timedelta(days=lead), luck)
    decided_at = _moment(applied_at.date() + dt.timedelta(days=taken), luck)
    end = _end(luck)
    return Story(
        key=same_id(plan.schema, "story", visit.number, day, visit.slots, visit.room.name),
        visit=visit,
        day=day,
        account=account_of(plan, visit.number) if luck.random() >= BY_COUNTER else None,
        applied_at=applied_at,
        decided_at=decided_at,
        cancelled_at=decided_at + dt.timedelta(days=luck.random() * (lead - taken - 1), hours=1),
        end=end,
        reason=luck.choice(REASONS.get(end, ("",))),
    )


def _end(luck: Random) -> End:
    drawn = luck.random()
    for end, share in RARE_ENDS:
        if drawn < share:
            return end
        drawn -= share
    return End.PERMITTED


def _moment(day: dt.date, luck: Random) -> dt.datetime:
    """Some minute of a day's business hours."""
    return clock.at(day, dt.time(luck.randint(9, 19), luck.randint(0, 59)))
