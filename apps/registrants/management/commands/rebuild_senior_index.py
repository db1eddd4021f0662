"""Make the index of the 登録証 anew from the tenants, list where it differs, and put it in place on demand."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.registrants.services.retokening import BATCH, rebuild_all
from shared.seniorcards import upkeep
from tenants import directory
from tenants.scope import city_scope, desk_scope, unit_of_work


class Command(BaseCommand):
    """``manage.py rebuild_senior_index [--replace]``. Lists card ids and what is wrong with each, never a name."""

    help = "Rebuild the senior-card index beside the present one, list the differences, and replace it with --replace."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--replace", action="store_true", help="put the new index in the old one's place")

    def handle(self, *args: Any, **options: Any) -> None:
        with unit_of_work(city_scope()):
            upkeep.rebuild_begin()
        for schema in sorted(directory.current().schemas):
            with unit_of_work(desk_scope(schema)):
                self.stdout.write(f"{schema}: {sum(rebuild_all(batch=BATCH))} cards")
        with unit_of_work(city_scope()):
            self._compare(replace=options["replace"])

    def _compare(self, *, replace: bool) -> None:
        found = upkeep.differences()
        for one in found:
            self.stdout.write(f"{one.tenant} {one.card} {one.what}")
        self.stdout.write(f"{len(found)} differences")
        if replace:
            rows = upkeep.rebuild_replace(len(found))
            if rows is None:
                raise CommandError("The index was written to meanwhile. Nothing was replaced; run this again.")
            self.stdout.write(self.style.SUCCESS(f"{rows} rows in place"))
