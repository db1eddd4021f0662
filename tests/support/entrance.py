"""From where a desk is reached, as a test sets it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Final

from kernel import clock
from shared.terminals import hash_of_token, new_token
from tenants import directory
from tenants.models import AccessRule, AllowedNetwork, ClientCertificate, EmergencyGrant, Tenant, Terminal
from tenants.scope import OWNER
from tests.support.scopes import as_owner
from tests.support.tenants import CHUO

LINE: Final = "203.0.113.16/28"
INSIDE: Final = "203.0.113.20"
OUTSIDE: Final = "198.51.100.7"
PROXY: Final = "10.0.0.5"
FINGERPRINT: Final = "ab" * 32
NOBODY: Final = uuid.UUID(int=0)


def ask(schema: str, *ways: str, needs_all: bool = False) -> None:
    """Ask for ``ways`` at the desk of ``schema``, and let this process know it at once."""
    with as_owner():
        said = {"ways": list(ways), "needs_all": needs_all, "changed_at": clock.now()}
        AccessRule.objects.using(OWNER).update_or_create(tenant=_tenant(schema), defaults=said)
    directory.forget()


def only_from(schema: str, *cidrs: str) -> None:
    """Let in only from ``cidrs``."""
    with as_owner():
        now = {"starts_on": clock.today(), "added_at": clock.now(), "added_by": NOBODY, "note": "架空専用線"}
        for cidr in cidrs:
            AllowedNetwork.objects.using(OWNER).create(tenant=_tenant(schema), cidr=cidr, **now)
    ask(schema, "network")


def terminal(schema: str = CHUO, **said: object) -> tuple[Terminal, str]:
    """A terminal that is registered, and the token in its cookie."""
    token = new_token()
    values = {"name": "架空端末", "place": "受付", "added_at": clock.now(), "token_hash": hash_of_token(token)} | said
    with as_owner():
        made = Terminal.objects.using(OWNER).create(tenant=_tenant(schema), seen_on=clock.today(), **values)
    directory.forget()
    return made, token


def certificate(schema: str = CHUO, fingerprint: str = FINGERPRINT, ends_on: dt.date | None = None) -> None:
    """A certificate that is registered."""
    now = {"added_at": clock.now(), "added_by": NOBODY, "ends_on": ends_on}
    with as_owner():
        ClientCertificate.objects.using(OWNER).create(
            tenant=_tenant(schema), fingerprint=fingerprint, name="架空の証明書", **now
        )
    directory.forget()


def grant(schema: str, starts: dt.datetime, hours: int, cidr: str | None = None) -> EmergencyGrant:
    """An emergency grant."""
    ends = starts + dt.timedelta(hours=hours)
    with as_owner():
        made = EmergencyGrant.objects.using(OWNER).create(
            tenant=_tenant(schema), cidr=cidr, starts_at=starts, ends_at=ends, reason="専用線の故障（架空）",
            granted_at=starts, granted_by=NOBODY,
        )  # fmt: skip
    directory.forget()
    return made


def networks_of(schema: str) -> Sequence[AllowedNetwork]:
    """All ranges that the tenant ever had."""
    with as_owner():
        return list(AllowedNetwork.objects.using(OWNER).filter(tenant__schema_name=schema))


def _tenant(schema: str) -> Tenant:
    tenant: Tenant = Tenant.objects.using(OWNER).get(schema_name=schema)
    return tenant
