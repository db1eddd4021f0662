"""Whom a mail goes to: looked up when it is sent, by the role that may read accounts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from shared.accounts.models import AccountToken, PortalAccount
from tenants.scope import portal_scope, unit_of_work


@dataclass(frozen=True, slots=True)
class Recipient:
    """E-mail address and language of a portal account."""

    address: str = field(repr=False)
    language: str


def recipients(accounts: Iterable[UUID]) -> dict[UUID, Recipient]:
    """Account, or token of an address without one -> recipient, for those that have an address.

    One statement, in a unit of work of its own.
    """
    wanted = set(accounts)
    fields = ("pk", "email", "language")
    with unit_of_work(portal_scope()):
        held = PortalAccount.objects.filter(pk__in=wanted).exclude(email="").values_list(*fields)
        asked = AccountToken.objects.filter(pk__in=wanted).exclude(email="").values_list(*fields)
        return {pk: Recipient(email, language) for pk, email, language in held.union(asked, all=True)}
