"""Look at the mails that wait, and send again those that failed."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from shared.outbox.claims import revive
from shared.outbox.queries import counts
from tenants.scope import SHARED_SCHEMA, city_scope, unit_of_work
from tenants.tasks import keeper_scope


class Command(BaseCommand):
    """``manage.py outbox`` and ``manage.py outbox --again SCHEMA``."""

    help = "Count the mails by facility and state; with --again, have the failed ones of a facility tried anew."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", metavar="SCHEMA", help=f"a tenant's schema, or {SHARED_SCHEMA}")

    def handle(self, *args: Any, **options: Any) -> None:
        if schema := options["again"]:
            with unit_of_work(keeper_scope(schema)):
                self.stdout.write(f"{schema}: {revive()}")
            return
        with unit_of_work(city_scope()):
            for count in counts():
                self.stdout.write(
                    f"{count.schema:<40} {count.state:<8} {count.messages:>8} {count.oldest:%Y-%m-%d %H:%M}"
                )
