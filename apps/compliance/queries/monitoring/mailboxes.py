"""Where reminders go: the outbox asks at the moment of sending, as the city's role."""

from __future__ import annotations

from uuid import UUID

from apps.compliance.models.monitoring_findings import MonitoringMailbox
from shared.outbox.recipients import Recipient
from tenants.scope import city_scope, unit_of_work


def recipients(ids: set[UUID]) -> dict[UUID, Recipient]:
    """Mailbox -> its address; one statement, in a unit of work of its own."""
    with unit_of_work(city_scope()):
        found = MonitoringMailbox.objects.filter(pk__in=ids).values_list("pk", "address")
        return {pk: Recipient(address, "ja") for pk, address in found}


def addresses_of(tenant: str) -> dict[str, str]:
    """Side -> address of the mailboxes of a tenant (empty: of 総括)."""
    return dict(MonitoringMailbox.objects.filter(tenant=tenant).values_list("side", "address"))
