"""What ends by itself: registrations that nobody renewed (猶予), and 仮登録 that nobody completed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from apps.registrants.errors import ClosingObstructedError, UnknownRegistrantError, WrongStateError
from apps.registrants.models import Act, CloseCause, Registrant, RegistrantState
from apps.registrants.models.registrant import NOTHING_PERSONAL
from apps.registrants.rules.policy import Policy
from apps.registrants.services.acting import enter_state, leave_trace, registrant_for
from apps.registrants.services.close import close
from kernel import clock
from shared.actor import SYSTEM

BATCH: Final = 500
NOT_RENEWED: Final = "有効期限のあと{days}日のあいだに更新がなかったため"
NOT_COMPLETED: Final = "仮登録から{days}日のあいだに本登録がなかったため"


def close_unrenewed(policy: Policy) -> int:
    """Close whoever let the days of grace pass, unless something stands in the way; how many were closed."""
    if policy.grace_days is None:
        return 0
    reason = NOT_RENEWED.format(days=policy.grace_days)
    last = clock.today() - dt.timedelta(days=policy.grace_days)
    over = Registrant.objects.filter(state=RegistrantState.EXPIRED, valid_until__lt=last)
    return sum(_close(registrant, reason) for registrant in _one_by_one(over))


def forget_uncompleted(policy: Policy) -> int:
    """Refuse 仮登録 that waited too long and delete what is personal in them; how many."""
    reason = NOT_COMPLETED.format(days=policy.provisional_days)
    last = clock.today() - dt.timedelta(days=policy.provisional_days)
    over = Registrant.objects.filter(state=RegistrantState.PROVISIONAL, registered_on__lt=last)
    return sum(_forget(registrant, reason) for registrant in _one_by_one(over))


def forget(*, registrant: UUID, reason: str) -> None:
    """Refuse a 仮登録 and delete what is personal in it; only its number and its acts remain.

    A trigger deletes what hangs on it, and refuses for a registration that was ever more than provisional. Raises the
    errors of ``registrant_for``.
    """
    with transaction.atomic():
        found = registrant_for(Act.REFUSE, registrant=registrant)
        leave_trace(SYSTEM, registrant, Act.REFUSE, reason=reason)
        today = clock.today()
        enter_state(found, RegistrantState.REFUSED, first=today, forgotten_on=today, **NOTHING_PERSONAL)


def _close(registrant: UUID, reason: str) -> bool:
    try:
        close(
            actor=SYSTEM,
            registrant=registrant,
            cause=CloseCause.EXPIRED,
            reason=reason,
            effective_on=clock.today(),
        )
    except (ClosingObstructedError, WrongStateError, UnknownRegistrantError):
        return False
    return True


def _forget(registrant: UUID, reason: str) -> bool:
    try:
        forget(registrant=registrant, reason=reason)
    except (WrongStateError, UnknownRegistrantError):
        return False
    return True


def _one_by_one(found: QuerySet[Registrant]) -> Iterator[UUID]:
    """The ids in batches, each read when the one before is done, so that none is met twice in a run."""
    after: UUID | None = None
    while batch := list(
        (found.filter(pk__gt=after) if after else found).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        yield from batch
        after = batch[-1]
