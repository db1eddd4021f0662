"""The facilities in the care of an account of 所管課 are set."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from tenants.models import Care, Tenant


def set_care(*, actor: Actor, account: UUID, tenants: Sequence[Tenant]) -> None:
    """From now on ``account`` cares for ``tenants`` and for no other."""
    with transaction.atomic():
        Care.objects.filter(account=account).exclude(tenant__in=tenants).delete()
        Care.objects.bulk_create((Care(account=account, tenant=one) for one in tenants), ignore_conflicts=True)
        record(actor, Action.PERMISSION, object_type="care", object_id=account, tenants=len(tenants))
