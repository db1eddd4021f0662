"""Sessions of one site: kept beside the accounts they belong to, loaded together with them.

Staff sessions lie in the tenant's schema (city staff's in the shared one), portal sessions in the shared
schema, each with its own cookie: a cookie taken to another host finds no row there.

A session that signing in has begun is over when nothing was asked for a time, and at the latest at a set hour. Both
stand in the session itself; only ``expire_date`` is written anew, at most once a minute.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any, ClassVar, Final

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from kernel import clock

IDLE: Final = "idle"
"""Key: after how many minutes without a request it is over."""
UNTIL: Final = "until"
"""Key: the instant (seconds since 1970) at which it is over whatever happens."""
TOUCHED: Final = dt.timedelta(minutes=1)
"""A request this soon after the last one that was written changes nothing."""


class AccountSession(AbstractBaseSession):
    """A session row that knows its account, so that one statement loads both."""

    class Meta(AbstractBaseSession.Meta):
        abstract = True


class AccountSessionStore(SessionStore):
    """Django's database store over a given model, with the account in the same statement."""

    model_class: ClassVar[type[AccountSession]]
    account: Any = None
    """The account model instance that was loaded with the session."""
    ended_why: str = ""
    """Why the session that the cookie names is over: idle, absolute, or what its row says."""
    expires: dt.datetime | None = None
    """When the loaded row is over, as it was loaded."""

    @classmethod
    def get_model_class(cls) -> type[AccountSession]:
        return cls.model_class

    @classmethod
    def rows(cls) -> models.QuerySet[Any]:
        """Session rows that live, joined with their accounts."""
        return cls.live().select_related("account")

    @classmethod
    @cache
    def _alive(cls) -> models.QuerySet[Any]:
        """``rows()``, put together once: every page begins with them."""
        return cls.rows()

    @classmethod
    def live(cls) -> models.QuerySet[Any]:
        """Rows that may still be written: no session that was ended comes back to life."""
        manager: models.Manager[Any] = cls.model_class._default_manager
        return manager.all()

    def begin(self, *, idle: dt.timedelta, absolute: dt.timedelta) -> None:
        """Let the session be over ``idle`` after the last request, and ``absolute`` after now at the latest."""
        self[IDLE] = int(idle.total_seconds() // 60)
        self[UNTIL] = int((clock.now() + absolute).timestamp())

    def get_expiry_date(self, **given: Any) -> dt.datetime:
        if IDLE not in self:
            return super().get_expiry_date(**given)
        until = dt.datetime.fromtimestamp(self[UNTIL], dt.UTC)
        return min(clock.now() + dt.timedelta(minutes=self[IDLE]), until)

    def go_on(self) -> None:
        """The person is still there: put off the end, unless that was written within the last minute."""
        if self.expires is None or IDLE not in self:
            return
        later = self.get_expiry_date()
        if later - self.expires >= TOUCHED:
            self.live().filter(session_key=self.session_key).update(expire_date=later)

    def save(self, must_create: bool = False) -> None:
        """As Django's, but a session that exists is changed only while it lives. ``UpdateError``."""
        if must_create or self.session_key is None:
            super().save(must_create=must_create)
            return
        row = self.create_model_instance(self._session)  # type: ignore[attr-defined]  # Django's property
        values = {"session_data": row.session_data, "expire_date": row.expire_date}
        account = row.account_id  # type: ignore[attr-defined]  # every model here has an account
        if not self.live().filter(session_key=self.session_key).update(account_id=account, **values):
            raise UpdateError

    def _get_session_from_db(self) -> Any:
        alive = self._alive().filter(session_key=self.session_key, expire_date__gt=clock.now())
        row = next(iter(alive), None)  # first() would ask for an order, and of one row there is none
        if row is None:
            self.ended_why = self._why_over()
            self._session_key = None
            return None
        self.account, self.expires = row.account, row.expire_date
        return row

    def _why_over(self) -> str:
        """Why the session that the cookie names is over; empty where nothing is known of it."""
        manager: models.Manager[Any] = self.model_class._default_manager
        row = manager.filter(session_key=self.session_key).first()
        said: str = getattr(row, "ended_why", "")
        if row is None or said:
            return said
        until = self.decode(row.session_data).get(UNTIL, 0)
        return "absolute" if until <= clock.now().timestamp() else "idle"

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        row = super().create_model_instance(data)
        row.account_id = data.get(SESSION_KEY)  # type: ignore[attr-defined]  # every model here has an account
        return row


def forget_expired(model: type[AccountSession]) -> int:
    """Delete the sessions that are over, as the role that keeps them; how many were. One statement."""
    manager: models.Manager[Any] = model._default_manager
    deleted, _ = manager.filter(expire_date__lte=clock.now()).delete()
    return deleted
