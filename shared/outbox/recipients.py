"""Whom a mail goes to: looked up when it is sent, by the role that may read accounts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.apps import apps
from django.utils.module_loading import import_string

from shared.accounts.models import AccountToken, PortalAccount
from tenants.scope import portal_scope, unit_of_work


@dataclass(frozen=True, slots=True)
class Recipient:
    """E-mail address and language of a portal account."""

    address: str = field(repr=False)
    language: str


def recipients(wanted: Iterable[UUID]) -> dict[UUID, Recipient]:
    """Account, or token of an address without one -> recipient, for those that have an address.

    One statement, in a unit of work of its own. Ids that are none of these are asked of the applications that keep
    addresses of their own: ``AppConfig.mail_recipients = ("module:function", …)``, each (ids) -> {id: ``Recipient``}.
    """
    ids = set(wanted)
    found = _of_accounts(ids)
    for config in apps.get_app_configs():
        for function in getattr(config, "mail_recipients", ()):
            if lacking := ids - found.keys():
                found |= import_string(function.replace(":", "."))(lacking)
    return found


def _of_accounts(ids: set[UUID]) -> dict[UUID, Recipient]:
    fields = ("pk", "email", "language")
    with unit_of_work(portal_scope()):
        held = PortalAccount.objects.filter(pk__in=ids).exclude(email="").values_list(*fields)
        asked = AccountToken.objects.filter(pk__in=ids).exclude(email="").values_list(*fields)
        return {pk: Recipient(email, language) for pk, email, language in held.union(asked, all=True)}
