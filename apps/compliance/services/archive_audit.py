"""Old entries of the audit are moved into files, day by day, once a disposal of them is confirmed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction

from apps.compliance.models.retention import Disposal
from apps.compliance.services.dispose import run_batch
from kernel import clock
from shared.sealing.archives import ArchiveError, register, write_archive
from shared.sealing.models import AuditArchive, DaySeal
from tenants.scope import city_scope, unit_of_work
from tenants.tasks import keeper_scope


def archive_days(place: str, folder: Path) -> Iterator[tuple[dt.date, int]]:
    """Write each confirmed day's file, then let its entries go; yields the day and how many entries. Interrupted, it
    goes on where it was. As nobody; ``ArchiveError`` when something is not as it was sealed."""
    with unit_of_work(city_scope()):
        ends = dict(DaySeal.objects.filter(tenant=place).values_list("day", "block"))
    with unit_of_work(keeper_scope(place)):
        ready = Disposal.objects.filter(
            tenant=place, kind="audit", decision="confirmed", done_at__isnull=True, execute_on__lte=clock.today()
        )
        for one in ready.order_by("asked_at"):
            yield from _archive(one, folder, ends)


def _archive(one: Disposal, folder: Path, ends: dict[dt.date, int]) -> Iterator[tuple[dt.date, int]]:
    while item := one.items.filter(held="", outcome="").order_by("id").first():
        day = dt.date.fromisoformat(item.object)
        path, digest = write_archive(folder, one.tenant, day, ends[day])
        with transaction.atomic():
            register(one.pk, one.tenant, day, path.name, digest)
            progress = run_batch(one, 1)
        if progress.done:
            yield day, AuditArchive.objects.get(tenant=one.tenant, day=day).rows


__all__ = ["ArchiveError", "archive_days"]
