"""The column ``state`` follows what holds today, for lists; what was to come has come, and leaves its act.

What may be done never depends on this: rules read the spans. Each batch is a transaction of its own, so that a run that
is broken off has done what it did, and the next goes on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet

from apps.registrants.models import Act, Registrant, RegistrantState, StateSpan
from apps.registrants.queries.standing import with_state
from apps.registrants.services.acting import traces
from apps.registrants.services.close import carry_out
from kernel import clock
from shared.actor import SYSTEM
from shared.inserts import insert_together

BATCH: Final = 500
DAY: Final = dt.timedelta(days=1)
CLOSED_NOW: Final = Q(state_now=RegistrantState.CLOSED)


def follow_states(*, at_most: int = BATCH) -> int:
    """Bring up to ``at_most`` registrations up to date; how many were not. Closings go through ``follow_closings``."""
    with transaction.atomic():
        changed = list(_changed().filter(~CLOSED_NOW).select_for_update(of=("self",))[:at_most])
        for state in {_state_now(one) for one in changed}:
            ids = [one.pk for one in changed if _state_now(one) == state]
            Registrant.objects.filter(pk__in=ids).update(state=state, version=F("version") + 1)
        _tell_expiry([one for one in changed if _state_now(one) == RegistrantState.EXPIRED])
    return len(changed)


def follow_closings(*, at_most: int = BATCH) -> int:
    """Let up to ``at_most`` closings whose day has come take effect or be put off, each in a transaction; how many."""
    waiting = _changed().filter(CLOSED_NOW).values_list("pk", flat=True)[:at_most]
    return sum(_take_effect(registrant) for registrant in list(waiting))


def _changed() -> QuerySet[Registrant]:
    """Whose column is out of date. Which may be so is asked first: the state of all would be worked out one by one."""
    today = clock.today()
    is_over = Q(state=RegistrantState.ACTIVE, valid_until__lt=today)
    is_back = Q(state=RegistrantState.EXPIRED) & (Q(valid_until=None) | Q(valid_until__gte=today))
    begun = StateSpan.objects.filter(during__contains=today).exclude(state=F("registrant__state"))
    moved = begun.exclude(state=RegistrantState.ACTIVE, registrant__state=RegistrantState.EXPIRED)
    maybe = Registrant.objects.filter(is_over | is_back | Q(pk__in=moved.values("registrant")))
    return with_state(maybe, today).exclude(state=F("state_now")).order_by("pk")


def _state_now(one: Registrant) -> str:
    return str(vars(one)["state_now"])


def _tell_expiry(expired: Sequence[Registrant]) -> None:
    ends = [(one.pk, one.valid_until) for one in expired if one.valid_until is not None]
    pairs = [traces(SYSTEM, registrant, Act.EXPIRE, effective_on=end + DAY) for registrant, end in ends]
    rows = [act for act, _ in pairs] + [entry for _, entry in pairs]
    if rows:
        insert_together(*rows)


def _take_effect(registrant: UUID) -> bool:
    with transaction.atomic():
        found = _changed().filter(CLOSED_NOW, pk=registrant).select_for_update(of=("self",)).first()
        if found is None:
            return False
        carry_out(found)
    return True
