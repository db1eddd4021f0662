"""After a dump was restored into another cluster: let its numbers of transactions follow those that are sealed."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connections, transaction

from kernel import clock
from shared.sealing.seals import places
from tenants.scope import OWNER, city_scope, owner_scope, unit_of_work


class Command(BaseCommand):
    """``manage.py rebase_audit``: before anybody works in the restored database. As the owner."""

    help = "After a restore into another cluster: go on sealing where the dump left off. Does nothing otherwise."

    def handle(self, *args: Any, **options: Any) -> None:
        with unit_of_work(city_scope()):
            known = places()
        for place in known:
            step = _rebased(place)
            self.stdout.write(f"{place}: {'as it was' if not step else f'transactions are counted from {step} on'}")


def _rebased(place: str) -> int:
    owner = unit_of_work(owner_scope(), alias=OWNER)
    with owner, transaction.atomic(using=OWNER), connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT shared.audit_rebase(%s, %s)", [place, clock.now()])
        step: int = cursor.fetchone()[0]
    return step
