"""The functional mailboxes that reminders go to; an empty address gets none."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from apps.compliance.models.monitoring_findings import MonitoringMailbox
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record


def keep_mailboxes(*, actor: Actor, tenant: str, addresses: Mapping[str, str]) -> None:
    """Set the mailboxes of ``tenant`` (empty: of 総括) by side. The audit keeps which sides, never an address."""
    with transaction.atomic():
        for side, address in addresses.items():
            box = MonitoringMailbox.objects.filter(tenant=tenant, side=side)
            if not address:
                box.delete()
            elif not box.update(address=address):
                MonitoringMailbox.objects.create(tenant=tenant, side=side, address=address)
        told = sorted(side for side, address in addresses.items() if address)
        record(actor, Action.CHANGE, object_type="monitoring_mailbox", object_id=tenant, sides=told)
