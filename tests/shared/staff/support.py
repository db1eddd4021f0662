"""Entering through the sign-in page, as tests of signing in do it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pyotp
from django.test import Client

from kernel import clock
from shared.staff.models import Authenticator, StaffAccount
from shared.staff.second_factor import begin_authenticator, secret_in_the_making
from tests import factories
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO


def at_desk(address: str = "127.0.0.1", schema: str = CHUO) -> Client:
    """A browser at a desk, at ``address``."""
    return Client(HTTP_HOST=f"{schema}.localhost", REMOTE_ADDR=address)


def enter(client: Client, account: StaffAccount | str, password: str = factories.PASSWORD) -> Any:
    """Send ID and password."""
    login_id = account if isinstance(account, str) else account.login_id
    return client.post("/login/", {"login_id": login_id, "password": password})


def with_app(account: StaffAccount, schema: str = CHUO) -> str:
    """Give ``account`` an authenticator app that has proved itself; its secret."""
    with as_tenant(schema):
        begin_authenticator(account=account)
        secret = secret_in_the_making(account)
        Authenticator.objects.filter(account=account).update(confirmed_at=clock.now())
    return secret


def code_of(secret: str, *, later: int = 0) -> str:
    """What the app shows now, or ``later`` half-minutes from now."""
    return pyotp.TOTP(secret).at(int(clock.now().timestamp()) + later * 30)


def is_inside(client: Client) -> bool:
    """Whether the browser sees a page of staff."""
    return client.get("/inbox/").status_code == 200


def ids(*accounts: StaffAccount) -> list[UUID]:
    """Their ids."""
    return [one.pk for one in accounts]
