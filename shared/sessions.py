"""Sessions of one site: kept beside the accounts they belong to, loaded together with them.

Staff sessions lie in the tenant's schema (city staff's in the shared one), portal sessions in the shared
schema, each with its own cookie: a cookie taken to another host finds no row there.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from kernel import clock


class AccountSession(AbstractBaseSession):
    """A session row that knows its account, so that one statement loads both."""

    class Meta(AbstractBaseSession.Meta):
        abstract = True


class AccountSessionStore(SessionStore):
    """Django's database store over a given model, with the account in the same statement."""

    model_class: ClassVar[type[AccountSession]]
    account: Any = None
    """The account model instance that was loaded with the session."""

    @classmethod
    def get_model_class(cls) -> type[AccountSession]:
        return cls.model_class

    @classmethod
    def rows(cls) -> models.QuerySet[Any]:
        """Session rows joined with their accounts."""
        manager: models.Manager[Any] = cls.model_class._default_manager
        return manager.select_related("account")

    def _get_session_from_db(self) -> Any:
        row = self.rows().filter(session_key=self.session_key, expire_date__gt=clock.now()).first()
        if row is None:
            self._session_key = None
            return None
        self.account = row.account
        return row

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        row = super().create_model_instance(data)
        row.account_id = data.get(SESSION_KEY)  # type: ignore[attr-defined]  # every model here has an account
        return row


def forget_expired(model: type[AccountSession]) -> int:
    """Delete the sessions that are over, as the role that keeps them; how many were. One statement."""
    manager: models.Manager[Any] = model._default_manager
    deleted, _ = manager.filter(expire_date__lte=clock.now()).delete()
    return deleted
