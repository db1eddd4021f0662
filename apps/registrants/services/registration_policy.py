"""Setting by which numbers the tenant registers people from a day on (登録の基準)."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict

from django.db import transaction

from apps.registrants.item_errors import PolicyDayOverError, UnknownPolicyError
from apps.registrants.models import RegistrationPolicy
from apps.registrants.queries.policy import policy_on
from apps.registrants.rules.policy import Policy, check_policy, differences
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record


@transaction.atomic
def set_policy(*, actor: Actor, valid_from: dt.date, policy: Policy) -> None:
    """Let ``policy`` hold from ``valid_from`` on, today at the earliest; what begins on that day already is replaced.

    ``PolicyDayOverError``, ``PolicyValueError``.
    """
    check_policy(policy)
    if valid_from < clock.today():
        raise PolicyDayOverError(field="valid_from")
    changed = {name: [before, after] for name, before, after in differences(policy_on(valid_from), policy)}
    values = asdict(policy) | {"reminder_days": list(policy.reminder_days)}
    RegistrationPolicy.objects.update_or_create(valid_from=valid_from, defaults=values)
    record(
        actor,
        Action.CHANGE,
        object_type="registration_policy",
        object_id=valid_from.isoformat(),
        changes=changed,
    )


@transaction.atomic
def withdraw_policy(*, actor: Actor, valid_from: dt.date) -> None:
    """Take back a policy that has not begun; ``UnknownPolicyError`` when there is none."""
    if valid_from <= clock.today() or not RegistrationPolicy.objects.filter(valid_from=valid_from).delete()[0]:
        raise UnknownPolicyError
    record(actor, Action.CHANGE, object_type="registration_policy", object_id=valid_from.isoformat(), withdrawn=True)
