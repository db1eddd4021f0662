"""Where reminders go: the outbox asks at the moment of sending, as the city's role."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from apps.compliance.models.monitoring_findings import MailboxSide, MonitoringMailbox
from shared.outbox.desks import desk_of
from shared.outbox.recipients import Recipient
from tenants.scope import city_scope, unit_of_work


def recipients(ids: set[UUID]) -> dict[UUID, Recipient]:
    """Mailbox, or the desk of a tenant (``shared.outbox.desks``) -> its address.

    One statement, in a unit of work of its own. A desk's mails go to the mailbox of whoever operates it.
    """
    with unit_of_work(city_scope()):
        found = MonitoringMailbox.objects.filter(Q(pk__in=ids) | Q(side=MailboxSide.OPERATOR))
        rows = list(found.values_list("pk", "tenant", "side", "address"))
    boxes = {pk: address for pk, _, _, address in rows}
    desks = {desk_of(tenant): address for _, tenant, side, address in rows if side == MailboxSide.OPERATOR}
    return {pk: Recipient(address, "ja") for pk, address in (boxes | desks).items() if pk in ids}


def addresses_of(tenant: str) -> dict[str, str]:
    """Side -> address of the mailboxes of a tenant (empty: of 総括)."""
    return dict(MonitoringMailbox.objects.filter(tenant=tenant).values_list("side", "address"))
