"""Move old, sealed entries of the audit into files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.compliance.services.archive_audit import ArchiveError, archive_days
from shared.sealing.seals import places
from tenants.scope import city_scope, unit_of_work


class Command(BaseCommand):
    """``manage.py archive_audit FOLDER [--schema S]``: what a confirmed 廃棄 of the 操作記録 lists, day by day."""

    help = "Write the audit's confirmed days to files, then take them out of the tables. Run again, it goes on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="where the files are kept; it must exist")
        parser.add_argument("--schema", action="append", help="this schema only; may be said more than once")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"no such folder: {folder}")
        with unit_of_work(city_scope()):
            known = places()
        for place in options["schema"] or known:
            if place not in known:
                raise CommandError(f"no such schema: {place}")
            self._archive(place, folder)

    def _archive(self, place: str, folder: Path) -> None:
        try:
            for day, rows in archive_days(place, folder):
                self.stdout.write(f"{place}: {day}, {rows:,} entries")
        except ArchiveError as error:
            raise CommandError(f"{place}: {error}") from None
