"""Deciding on a registration that waits (審査): approve or refuse, with a reason."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from apps.registrants.models import Act, Registrant, RegistrantState
from apps.registrants.queries.policy import policy_on
from apps.registrants.rules.standing import check_reason
from apps.registrants.rules.validity import valid_until_for
from apps.registrants.services.acting import enter_state, leave_trace, registrant_for
from apps.registrants.services.telling import tell
from kernel import clock
from shared.actor import Actor


@transaction.atomic
def approve(*, actor: Actor, registrant: UUID, seen_version: int) -> Registrant:
    """Approve (承認) a registration under review: active from today, its term counted from today.

    ``WrongStateError``, ``StaleRegistrationError``, ``UnknownRegistrantError``.
    """
    found = registrant_for(Act.APPROVE, registrant=registrant, seen_version=seen_version)
    today = clock.today()
    valid_until = valid_until_for(policy_on(today), today)
    enter_state(found, RegistrantState.ACTIVE, first=today, valid_until=valid_until)
    leave_trace(actor, registrant, Act.APPROVE)
    tell(found, Act.APPROVE)
    return found


@transaction.atomic
def refuse(*, actor: Actor, registrant: UUID, seen_version: int, reason: str) -> Registrant:
    """Refuse (不承認) a provisional registration or one under review, for a ``reason`` that the person is told.

    ``ReasonMissingError``, ``ReasonTooLongError``, and the errors of ``approve``.
    """
    told = check_reason(reason)
    found = registrant_for(Act.REFUSE, registrant=registrant, seen_version=seen_version)
    enter_state(found, RegistrantState.REFUSED, first=clock.today())
    leave_trace(actor, registrant, Act.REFUSE, reason=told)
    tell(found, Act.REFUSE, reason=told)
    return found
