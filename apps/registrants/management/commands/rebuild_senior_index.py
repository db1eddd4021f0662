"""Make the index of the 登録証 anew from the tenants, list where it differs, and put it in place on demand."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any, Final
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from apps.registrants.services.retokening import BATCH, every_schema, rebuild_all
from shared.seniorcards import upkeep
from shared.seniorcards.tokens import KeyRefusedError
from tenants.scope import city_scope, desk_scope, unit_of_work

REFUSED: Final = (
    "Nothing was replaced: this process lacks the key in use, or another run of this command has begun since."
)


class Command(BaseCommand):
    """``manage.py rebuild_senior_index [--replace]``. Lists card ids and what is wrong with each, never a name."""

    help = "Rebuild the senior-card index beside the present one, list the differences, and replace it with --replace."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--replace", action="store_true", help="put the new index in the old one's place")

    def handle(self, *args: Any, **options: Any) -> None:
        with unit_of_work(city_scope()):
            run, schemas = upkeep.rebuild_begin(), every_schema()
        for schema in schemas:
            with unit_of_work(desk_scope(schema)):
                self.stdout.write(f"{schema}: {self._rebuilt(run)} cards")
        with unit_of_work(city_scope()):
            self._compare(run, replace=options["replace"])

    def _rebuilt(self, run: UUID) -> int:
        try:
            return sum(rebuild_all(run, batch=BATCH))
        except KeyRefusedError:
            raise CommandError(REFUSED) from None

    def _compare(self, run: UUID, *, replace: bool) -> None:
        seen, found = upkeep.mark(), upkeep.differences()
        for one in found:
            self.stdout.write(f"{one.tenant} {one.card} {one.what}")
        self.stdout.write(f"{len(found)} differences")
        if replace:
            rows = upkeep.rebuild_replace(run, seen)
            if rows is None:
                raise CommandError("The index was written to meanwhile. Nothing was replaced; run this again.")
            self.stdout.write(self.style.SUCCESS(f"{rows} rows in place"))
