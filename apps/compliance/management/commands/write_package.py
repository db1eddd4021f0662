"""Write one tenant's data as a file for the city."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.compliance.services.package import hand_over_package
from shared.actor import SYSTEM
from tenants.models import Tenant


class Command(BaseCommand):
    """``manage.py write_package SCHEMA FILE``. The file holds personal data and is readable by its owner only."""

    help = "Write all data of a tenant as CSV files with a manifest and hashes into one ZIP file."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("schema")
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = hand_over_package(
                actor=SYSTEM, schema=options["schema"], target=options["file"], progress=self.stdout.write
            )
        except FileExistsError:
            raise CommandError("The file exists already; nothing was written.") from None
        except Tenant.DoesNotExist:
            raise CommandError("There is no tenant of that schema.") from None
        told = f"write_package: {len(manifest.tables)} tables, {manifest.rows} rows"
        self.stdout.write(self.style.SUCCESS(told))
