"""The registrants' periodic tasks."""

from __future__ import annotations

from typing import Final

import structlog
from django.conf import settings

from apps.registrants.queries.card_prints import waiting_schemas
from apps.registrants.queries.policy import policy_on
from apps.registrants.rules.reminding import steps_on
from apps.registrants.services.cards.print_jobs import make_waiting_sheets
from apps.registrants.services.cards.standing import lapse_expired_cards
from apps.registrants.services.keep_states import follow_closings, follow_states
from apps.registrants.services.lapse import close_unrenewed, forget_uncompleted
from apps.registrants.services.remind import remind
from apps.registrants.services.retokening import retoken_all
from apps.registrants.services.telling_inquiries import tell_of_inquiries
from kernel import clock
from shared.seniorcards import upkeep
from shared.seniorcards.tokens import KeyRefusedError
from tenants.scope import city_scope, unit_of_work
from tenants.tasks import send, task, tenant_task

PRINT_LIMIT: Final = 600.0
"""Seconds for the print jobs of one tenant; what is not done then is gone on with by the next sweep."""

log = structlog.get_logger(__name__)


@tenant_task(name="registrants.keep_states")
def keep_states(schema: str) -> None:
    """Let what is due in ``schema`` come about: states, reminders, closings after the grace, forgetting of 仮登録,
    the lapse of cards that nobody renewed, and mails about inquiries.

    Every batch is committed by itself; run again, it goes on, and what is done is not done twice.
    """
    done = {"states": 0, "closings": 0, "reminders": 0}
    while changed := follow_states():
        done["states"] += changed
    while closed := follow_closings():
        done["closings"] += closed
    policy = policy_on(clock.today())
    for step in steps_on(clock.today(), policy.reminder_days):
        while reminded := remind(step):
            done["reminders"] += reminded
    done["unrenewed"] = close_unrenewed(policy)
    done["cards"] = lapse_expired_cards()
    done["forgotten"] = forget_uncompleted(policy)
    done["inquiries"] = tell_of_inquiries()
    if any(done.values()):
        log.info("registrations kept", schema=schema, **done)


@task(name="registrants.sweep_card_prints")
def sweep_card_prints() -> None:
    """Send one task for each tenant that has cards to lay on sheets."""
    for schema in waiting_schemas():
        send("registrants.make_card_prints", schema=schema)


@tenant_task(name="registrants.make_card_prints", time_limit=PRINT_LIMIT)
def make_card_prints(schema: str) -> None:
    """Make the files of cards that wait in ``schema``. Which these are stands in the tenant's own tables."""
    if done := make_waiting_sheets():
        log.info("card prints made", schema=schema, files=done)


@tenant_task(name="registrants.retoken")
def retoken_cards(schema: str) -> None:
    """Give the cards of ``schema`` that have no token under the key in use one: names that changed, imported
    cards, and what the city has chosen to be looked at since."""
    if not settings.SENIOR_KEYS:
        return
    try:
        done = sum(retoken_all())
    except KeyRefusedError:  # the city is told; asking again every hour is all that a worker can do
        log.warning("senior keys do not fit the index", schema=schema)
        return
    if done:
        log.info("senior cards retokened", schema=schema, cards=done)


@task(name="registrants.purge_index")
def purge_index() -> None:
    """Forget what the index knows of cards that have been void for ``SENIOR_KEEP_YEARS``."""
    with unit_of_work(city_scope()):
        if gone := upkeep.purge(settings.SENIOR_KEEP_YEARS):
            log.info("senior index purged", rows=gone)
