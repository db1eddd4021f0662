"""Filling the demonstration city, step by step; again and again without doubling anything."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection

from config.demo_city.accounts import open_accounts, open_logins
from config.demo_city.history import History
from config.demo_city.plans import TENANTS, TenantPlan
from config.demo_city.registrants import register
from config.demo_city.rooms import furnish
from config.demo_city.setting_up import load_city, set_up_tenant
from config.demo_city.stories import stories, story_of_now
from kernel import clock
from tenants.scope import desk_scope, unit_of_work

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is filled in: days with bookings before and after today, and which share of the registrants."""

    days_before: int = 60
    days_after: int = 75
    share: float = 1.0

    def days(self) -> list[dt.date]:
        """The days with bookings."""
        today = clock.today()
        return [today + dt.timedelta(days=offset) for offset in range(-self.days_before, self.days_after + 1)]


FULL: Final = Scale()


def fill(*, progress: Progress, scale: Scale = FULL, tenants: Sequence[TenantPlan] = TENANTS) -> None:
    """Fill the city with ``tenants``; ``progress`` is told after each step."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")  # what a crash loses, the next filling makes up for
    progress(f"施設一覧 / catalogue: {load_city()}")
    open_logins()
    for plan in tenants:
        begin = time.monotonic()
        set_up_tenant(plan)
        with unit_of_work(desk_scope(plan.schema)):
            furnish(plan)
            register(plan, share=scale.share)
        open_accounts(plan)
        days = scale.days()
        history = History(plan)
        made = history.tell(stories(plan, days, share=scale.share), days)
        history.hold_one(story_of_now(plan, share=scale.share))
        progress(f"{plan.name} / {plan.name_en}: +{made} 予約 / bookings ({time.monotonic() - begin:.1f} s)")
