"""Mails to a facility itself (施設あてのメール): to the shared mailbox of its operator, with links to its desk."""

from __future__ import annotations

from typing import Final
from uuid import UUID, uuid5

from shared.outbox.mails import site_address
from tenants.models import Host

NAMESPACE: Final = UUID("5f4b7a1e-3d0c-4f5e-9a53-6c1d2e8b9f70")


def desk_of(schema: str) -> UUID:
    """The recipient of a mail to whoever operates the tenant; who that is, is looked up when the mail is sent."""
    return uuid5(NAMESPACE, schema)


def desk_address(schema: str) -> str:
    """The address of the tenant's desk, as links in such a mail name it; no slash at its end. One statement."""
    return site_address(Host.objects.get(tenant__schema_name=schema, is_primary=True).domain)
