"""The portal's session store. Loading a session also tells PostgreSQL whose rows may be seen."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Cast, Coalesce

from shared.accounts.models import PortalSession
from shared.sessions import AccountSessionStore


class PortalSessionStore(AccountSessionStore):
    """Sets ``kashikan.account`` in the very statement that loads session and account."""

    model_class = PortalSession

    @classmethod
    def rows(cls) -> models.QuerySet[Any]:
        account = Coalesce(Cast(F("account_id"), TextField()), Value(""))
        told = Func(Value("kashikan.account"), account, Value(False), function="set_config", output_field=TextField())
        rows: models.QuerySet[Any] = super().rows().annotate(told=told)
        return rows
