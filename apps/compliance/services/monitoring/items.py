"""The city edits the checklist: a change is one more version, and counts from the next month that is made."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final
from uuid import uuid4

from django.db import connection, transaction

from apps.compliance.models.monitoring import ItemSource, MonitoringItem
from apps.compliance.monitoring_errors import RequiredItemError
from apps.compliance.queries.monitoring.items import item_versions
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together

ONE_AT_A_TIME: Final = "SELECT pg_advisory_xact_lock(hashtext('monitoring items'))"


@dataclass(frozen=True, slots=True)
class ItemSaid:
    """An item as the city wants it."""

    category: str
    text: str
    method: str
    evidence: str
    filled_by: str
    position: int
    is_on: bool
    reason: str


def change_item(*, actor: Actor, code: str, said: ItemSaid) -> MonitoringItem:
    """Write the next version of an item. ``UnknownItemError``; ``RequiredItemError`` for the three that stay."""
    with transaction.atomic():
        _one_at_a_time()
        last = item_versions(code)[0]
        stays = (said.is_on, said.text, said.category, said.filled_by)
        if last.is_required and stays != (True, last.text, last.category, ItemSource.FACILITY):
            raise RequiredItemError(field="text" if said.is_on else "is_on")
        return _write(actor, said, code=code, version=last.version + 1, last=last)


def add_item(*, actor: Actor, said: ItemSaid) -> MonitoringItem:
    """Put an item of the city's own on the checklist."""
    with transaction.atomic():
        return _write(actor, said, code=f"city-{uuid4().hex[:12]}", version=1)


def _write(
    actor: Actor, said: ItemSaid, *, code: str, version: int, last: MonitoringItem | None = None
) -> MonitoringItem:
    item = MonitoringItem(
        code=code,
        version=version,
        facts=last.facts if last else [],
        is_required=last.is_required if last else False,
        changed_at=clock.now(),
        changed_by=actor.id,
        **asdict(said),
    )
    action = Action.CHANGE if last else Action.CREATE
    insert_together(item, entry(actor, action, object_type="monitoring_item", object_id=code, version=version))
    return item


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME)
