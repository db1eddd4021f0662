"""Whether a registration may be used on the portal (インターネット利用可否), each time with a reason."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from apps.registrants.models import Act, Registrant
from apps.registrants.rules.standing import check_reason
from apps.registrants.services.acting import leave_trace, registrant_for, write
from apps.registrants.services.telling import tell
from shared.actor import Actor


def stop_online(*, actor: Actor, registrant: UUID, reason: str, seen_version: int | None = None) -> Registrant:
    """Let the registration reserve at the counter only, from now on; bookings that there are stay.

    Raises the errors of ``registrant_for`` and ``check_reason``.
    """
    return _set(actor, registrant, Act.STOP_ONLINE, reason, seen_version)


def allow_online(*, actor: Actor, registrant: UUID, reason: str, seen_version: int | None = None) -> Registrant:
    """Let the registration reserve on the portal again. Raises the errors of ``stop_online``."""
    return _set(actor, registrant, Act.ALLOW_ONLINE, reason, seen_version)


def _set(actor: Actor, registrant: UUID, act: Act, reason: str, seen_version: int | None) -> Registrant:
    cleaned = check_reason(reason)
    with transaction.atomic():
        found = registrant_for(act, registrant=registrant, seen_version=seen_version)
        write(found, is_counter_only=act == Act.STOP_ONLINE)
        leave_trace(actor, registrant, act, reason=cleaned)
        tell(found, act, reason=cleaned if act == Act.STOP_ONLINE else "")
    return found
