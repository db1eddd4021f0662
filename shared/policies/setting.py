"""The city sets a place's policy of signing in, from a day on (認証の方針の設定)."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict

from django.db import transaction

from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together
from shared.policies.errors import OutOfBoundsError, PolicyInPastError, UnknownPlaceError
from shared.policies.models import SignInPolicy
from shared.staff.rules.policy import Policy, faults
from tenants.models import Tenant
from tenants.scope import SHARED_SCHEMA


def set_policy(*, actor: Actor, place: str, policy: Policy, valid_from: dt.date, reason: str) -> None:
    """Let ``policy`` hold at ``place`` (a tenant's schema, or ``shared``) from ``valid_from``, today or later.

    ``OutOfBoundsError``, ``PolicyInPastError``, ``UnknownPlaceError``.
    """
    for field, (low, high) in faults(policy).items():
        raise OutOfBoundsError(field=field, low=low, high=high)
    if valid_from < clock.today():
        raise PolicyInPastError(field="valid_from")
    with transaction.atomic():
        if place != SHARED_SCHEMA and not Tenant.objects.filter(schema_name=place).exists():
            raise UnknownPlaceError
        values = asdict(policy) | {"second_factor_roles": sorted(policy.second_factor_roles)}
        row = SignInPolicy(
            place=place, valid_from=valid_from, reason=reason, made_at=clock.now(), made_by=actor.id, **values
        )
        told = values | {"valid_from": valid_from.isoformat()}
        insert_together(row, entry(actor, Action.CHANGE, object_type="sign_in_policy", object_id=place, values=told))
