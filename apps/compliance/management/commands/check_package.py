"""Read a tenant's package back."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tenants.package.checking import faults_of, faults_when_loaded
from tenants.package.manifest import NotAPackageError


class Command(BaseCommand):
    """``manage.py check_package FILE [--load]``. Names each file that is not as it was written."""

    help = "Check a package against its hashes; with --load also load every table and compare (DATABASE_OWNER_URL)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--load", action="store_true", help="load each table into one that vanishes, and compare")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = list(faults_of(options["file"], self.stdout.write))
            if options["load"] and not found:
                found = list(faults_when_loaded(options["file"], self.stdout.write))
        except (NotAPackageError, OSError) as error:
            raise CommandError(str(error)) from None
        for fault in found:
            self.stderr.write(fault)
        if found:
            raise CommandError(f"{len(found)} faults")
        self.stdout.write(self.style.SUCCESS("check_package: as it was written"))
