"""Migrate the shared schema and every tenant's."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from tenants.provisioning import migrate_everything


class Command(BaseCommand):
    """``manage.py migrate_schemas``: needs DATABASE_OWNER_URL."""

    help = "Bring the shared schema and every tenant's schema to the newest migration, and grant the rights."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        migrate_everything(self.stdout.write)
        self.stdout.write(self.style.SUCCESS("migrate_schemas: done"))
