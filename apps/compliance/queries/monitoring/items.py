"""The checklist in force: the newest version of every item."""

from __future__ import annotations

from apps.compliance.models.monitoring import MonitoringItem
from apps.compliance.monitoring_errors import UnknownItemError


def checklist() -> list[MonitoringItem]:
    """All items, those that are switched off too, in the order of the sheet; one statement."""
    newest = MonitoringItem.objects.order_by("code", "-version").distinct("code")
    return sorted(newest, key=lambda one: (one.position, one.code))


def item_versions(code: str) -> list[MonitoringItem]:
    """All versions of an item, the newest first. ``UnknownItemError``."""
    found = list(MonitoringItem.objects.filter(code=code).order_by("-version"))
    if not found:
        raise UnknownItemError
    return found
