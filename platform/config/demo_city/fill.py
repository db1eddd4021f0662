"""Filling the demonstration city, step by step; again and again without doubling anything."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from typing import Final

import django
from django.db import connection

from config.demo_city.accounts import open_desk, open_logins, open_silent
from config.demo_city.asking import ask
from config.demo_city.calendar import ordain
from config.demo_city.cards import make_cards
from config.demo_city.console import set_care
from config.demo_city.displacements import hold_an_election, order_a_drill
from config.demo_city.disposals import dispose_of_old_uses
from config.demo_city.earlier import Earlier
from config.demo_city.entrance import enter_terminals
from config.demo_city.fees import ask_for_reductions, set_fees, take_money
from config.demo_city.history import History
from config.demo_city.incidents import report_incident
from config.demo_city.leaving import let_ask
from config.demo_city.life import set_demo_terms
from config.demo_city.monitoring import monitor
from config.demo_city.online import take_online
from config.demo_city.papers import print_some, set_words
from config.demo_city.plans import TENANTS, TenantPlan
from config.demo_city.portal import keep_favourites
from config.demo_city.refunds import give_money_back, pay_for_the_past
from config.demo_city.registrants import accounts_of, register
from config.demo_city.rooms import furnish
from config.demo_city.rosters import set_requirements, write_rosters
from config.demo_city.setting_up import load_city, set_up_tenant
from config.demo_city.signin import set_policies
from config.demo_city.staff_roster import write_roster
from config.demo_city.stories import stories, story_of_now
from config.demo_city.use import tell_use
from kernel import clock
from tenants.scope import desk_scope, unit_of_work

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is filled in: days with bookings before and after today, and which share of the registrants."""

    days_before: int = 60
    days_after: int = 75
    share: float = 1.0
    days_earlier: int = 305
    """Days before those, of which there are bookings and uses but no more: with them it is a year."""

    @property
    def months(self) -> int:
        """How many months of monitoring."""
        return max(1, min(12, self.days_before // 5))

    def days(self) -> list[dt.date]:
        """The days with bookings."""
        today = clock.today()
        return [today + dt.timedelta(days=offset) for offset in range(-self.days_before, self.days_after + 1)]

    def earlier(self) -> list[dt.date]:
        """The days before them."""
        first = self.days()[0]
        return [first - dt.timedelta(days=back) for back in range(self.days_earlier, 0, -1)]


FULL: Final = Scale()


def fill(
    *, progress: Progress, scale: Scale = FULL, tenants: Sequence[TenantPlan] = TENANTS, processes: int = 1
) -> None:
    """Fill the city with ``tenants``; ``progress`` is told after each step.

    The bookings of different tenants have nothing to do with one another, so ``processes`` may share them.
    """
    progress(f"施設一覧 / catalogue: {load_city()}")
    open_logins()
    set_policies(plan.schema for plan in tenants)
    for plan in tenants:
        _set_up(plan, scale)
        progress(f"{plan.name} / {plan.name_en}")
    order_a_drill(tenants)
    keep_favourites()
    if processes == 1:
        for plan in tenants:
            progress(fill_bookings(plan, scale))
        return
    spawn = multiprocessing.get_context("spawn")  # a forked process would share this one's connections
    with ProcessPoolExecutor(processes, mp_context=spawn, initializer=django.setup) as pool:
        for done in as_completed([pool.submit(fill_bookings, plan, scale) for plan in tenants]):
            progress(done.result())


def fill_bookings(plan: TenantPlan, scale: Scale) -> str:
    """Tell the tenant's history; what came of it, in a line."""
    begin = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")  # what a crash loses, the next filling makes up for
    days = scale.days()
    with unit_of_work(desk_scope(plan.schema)):
        made = Earlier(plan).write(scale.earlier(), share=scale.share)
    history = History(plan, days[0])
    made += history.tell(stories(plan, days, share=scale.share), days)
    history.hold_one(story_of_now(plan, share=scale.share))
    with unit_of_work(desk_scope(plan.schema)):
        ask_for_reductions()
        pay_for_the_past()
        take_money()
        print_some()
        give_money_back()
        take_online(plan.schema)
        hold_an_election()
    tell_use(plan.schema)
    history.settle_mails()
    return f"{plan.name} / {plan.name_en}: +{made} 予約 / bookings ({time.monotonic() - begin:.1f} s)"


def _set_up(plan: TenantPlan, scale: Scale) -> None:
    set_up_tenant(plan)
    open_silent(accounts_of(plan, scale.share))
    with unit_of_work(desk_scope(plan.schema)):
        furnish(plan)
        ordain(plan)
        set_fees()
        set_demo_terms()
        set_words()
        register(plan, share=scale.share)
        set_requirements()
        write_rosters(plan)
    open_desk(plan)
    set_care(plan)
    enter_terminals(plan)
    report_incident(plan)
    ask(plan)
    with unit_of_work(desk_scope(plan.schema)):
        make_cards()
    write_roster(plan)
    monitor(plan.schema, scale.months)
    let_ask(plan)
    dispose_of_old_uses(plan)
