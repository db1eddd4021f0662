"""The registrants' periodic tasks."""

from __future__ import annotations

import structlog
from django.conf import settings

from apps.registrants.queries.policy import policy_on
from apps.registrants.rules.reminding import steps_on
from apps.registrants.services.cards.standing import lapse_expired_cards
from apps.registrants.services.keep_states import follow_closings, follow_states
from apps.registrants.services.lapse import close_unrenewed, forget_uncompleted
from apps.registrants.services.remind import remind
from apps.registrants.services.retokening import retoken_all
from kernel import clock
from shared.seniorcards import upkeep
from tenants.scope import city_scope, unit_of_work
from tenants.tasks import task, tenant_task

log = structlog.get_logger(__name__)


@tenant_task(name="registrants.keep_states")
def keep_states(schema: str) -> None:
    """Let what is due in ``schema`` come about: states, reminders, closings after the grace, forgetting of 仮登録,
    and the lapse of cards that nobody renewed.

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
    if any(done.values()):
        log.info("registrations kept", schema=schema, **done)


@tenant_task(name="registrants.retoken")
def retoken_cards(schema: str) -> None:
    """Give the cards of ``schema`` that have no token under the key in use one: names that changed, imported cards."""
    if settings.SENIOR_KEYS and (done := sum(retoken_all())):
        log.info("senior cards retokened", schema=schema, cards=done)


@task(name="registrants.purge_index")
def purge_index() -> None:
    """Forget what the index knows of cards that have been void for ``SENIOR_KEEP_YEARS``."""
    with unit_of_work(city_scope()):
        if gone := upkeep.purge(settings.SENIOR_KEEP_YEARS):
            log.info("senior index purged", rows=gone)
