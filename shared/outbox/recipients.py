"""Whom a mail goes to: looked up when it is sent, by the role that may read accounts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from shared.accounts.models import PortalAccount
from tenants.scope import portal_scope, unit_of_work


@dataclass(frozen=True, slots=True)
class Recipient:
    """E-mail address and language of a portal account."""

    address: str = field(repr=False)
    language: str


def recipients(accounts: Iterable[UUID]) -> dict[UUID, Recipient]:
    """Account -> recipient, for those that have an address; one statement, in a unit of work of its own."""
    with unit_of_work(portal_scope()):
        rows = PortalAccount.objects.filter(pk__in=set(accounts)).exclude(email="")
        return {pk: Recipient(email, language) for pk, email, language in rows.values_list("pk", "email", "language")}
