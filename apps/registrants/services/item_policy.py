"""Switching a further item (収集項目) on or off, with its purpose of use; every change is in the audit."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import CharField, F, Func, JSONField, Value

from apps.registrants.item_errors import PurposeMissingError, UnknownItemError
from apps.registrants.models import ItemPolicy, Registrant
from apps.registrants.rules.items import ITEMS
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record


class _Without(Func):
    """JSON without a key."""

    arg_joiner = " - "
    template = "(%(expressions)s)"
    output_field = JSONField()


@transaction.atomic
def set_item(
    *, actor: Actor, item: str, is_collected: bool, is_required: bool, purpose: str, erase: bool = False
) -> int:
    """Collect ``item`` for ``purpose``, or no longer; how many values were erased.

    What was kept stays when an item is switched off, unless ``erase`` says otherwise; before and after of past changes
    stay in the registrations' histories. ``UnknownItemError``, ``PurposeMissingError``.
    """
    if item not in ITEMS:
        raise UnknownItemError
    purpose = purpose.strip()
    if is_collected and not purpose:
        raise PurposeMissingError(field="purpose")
    row = ItemPolicy.objects.select_for_update().filter(item=item).first() or ItemPolicy(item=item, is_collected=False)
    before = _said(row) if not row._state.adding else None
    if row.is_collected != is_collected or before is None:
        row.since = clock.today()
    row.is_collected, row.is_required = is_collected, is_collected and is_required
    row.purpose_of_use = purpose or row.purpose_of_use
    row.save()
    erased = _erase(item) if erase and not is_collected else 0
    record(
        actor, Action.CHANGE, object_type="item_policy", object_id=item, before=before, after=_said(row), erased=erased
    )
    return erased


def _said(row: ItemPolicy) -> dict[str, Any]:
    """What the audit keeps of a policy: nothing of a person."""
    return {
        "is_collected": row.is_collected,
        "is_required": row.is_required,
        "purpose_of_use": row.purpose_of_use,
    }


def _erase(item: str) -> int:
    """Take the item's values out of all registrations; one statement."""
    code = Value(item, output_field=CharField())
    return Registrant.objects.filter(extras__has_key=item).update(
        extras=_Without("extras", code), version=F("version") + 1
    )
