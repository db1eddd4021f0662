"""The session store of desk and city; the search path decides in which schema. One session a person."""

from __future__ import annotations

from typing import Any

from django.db import models

from kernel import clock
from shared.sessions import AccountSessionStore
from shared.staff.models import StaffAccount, StaffSession


class StaffSessionStore(AccountSessionStore):
    """Sessions of staff."""

    model_class = StaffSession

    @classmethod
    def live(cls) -> models.QuerySet[Any]:
        return StaffSession.objects.filter(ended_at=None)


def end_sessions(account: StaffAccount, why: str) -> list[StaffSession]:
    """End every session of ``account`` that lives; they stay, to say ``why`` on their next request."""
    now = clock.now()
    alive = StaffSession.objects.select_for_update().filter(account=account, ended_at=None, expire_date__gt=now)
    ended = list(alive.order_by("session_key"))
    StaffSession.objects.filter(pk__in=[one.pk for one in ended]).update(ended_at=now, ended_why=why)
    return ended
