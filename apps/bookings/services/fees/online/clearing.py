"""Staff have looked into something that does not fit (不一致・超過), and note how it was settled otherwise."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from apps.bookings.models import OnlineSession, ProviderEvent
from apps.bookings.online_errors import UnknownSessionError
from apps.bookings.rules.online import LOOKED_INTO
from apps.bookings.rules.states import check_reason
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record


def clear_session(*, actor: Actor, session: UUID, reason: str) -> None:
    """Note it of a session; it is shown as open no more. ``UnknownSessionError``, ``ReasonMissingError``."""
    cleaned = check_reason(reason)
    with transaction.atomic():
        open_ = OnlineSession.objects.filter(pk=session, cleared_at=None)
        if not open_.update(cleared_at=clock.now(), cleared_by=actor.id, cleared_why=cleaned):
            raise UnknownSessionError
        record(actor, Action.CHANGE, object_type="online_session", object_id=session, act="clear")


def clear_notice(*, actor: Actor, notice: UUID, reason: str) -> None:
    """The same of a notice that fits no session, or another amount. Raises the same."""
    cleaned = check_reason(reason)
    with transaction.atomic():
        open_ = ProviderEvent.objects.filter(pk=notice, cleared_at=None, outcome__in=LOOKED_INTO)
        if not open_.update(cleared_at=clock.now(), cleared_by=actor.id, cleared_why=cleaned):
            raise UnknownSessionError
        record(actor, Action.CHANGE, object_type="payment_notice", object_id=notice, act="clear")
