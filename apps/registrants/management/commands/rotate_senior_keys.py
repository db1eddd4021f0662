"""Give every 登録証 tokens of the new key, then drop those of the old ones."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError

from apps.registrants.services.retokening import BATCH, every_schema, forget_key, retoken_all
from shared.seniorcards import upkeep
from shared.seniorcards.models import IndexKey
from shared.seniorcards.tokens import KeyRefusedError, keys
from tenants.scope import city_scope, desk_scope, unit_of_work

NOT_FIT: Final = (
    "The keys do not fit the index: the first one was retired or has another secret than the key of its id. "
    "Give the new key an id of its own. Nothing was dropped."
)


class Command(BaseCommand):
    """``manage.py rotate_senior_keys``. Put the new key first in KASHIKAN_SENIOR_KEYS, the old one behind it, in every
    process; run this; then take the old key out. It may be stopped and run again at any moment. Until it is through, a
    process without the old key is refused; after that, one without the new key."""

    help = (
        "Re-token all tenants' senior cards with the first key of KASHIKAN_SENIOR_KEYS and drop the other keys' rows."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch", type=int, default=BATCH, help="cards in one transaction")
        parser.add_argument("--keep-old", action="store_true", help="leave the old keys' rows where they are")

    def handle(self, *args: Any, **options: Any) -> None:
        schemas = self._schemas()
        for schema in schemas:
            self._retoken(schema, options["batch"])
        if not options["keep_old"]:
            for kid in self._old_keys():
                self._drop(kid, schemas)

    def _schemas(self) -> list[str]:
        with unit_of_work(city_scope()):
            return every_schema()

    def _retoken(self, schema: str, batch: int) -> None:
        done = 0
        with unit_of_work(desk_scope(schema)):
            try:
                for cards in retoken_all(batch=batch):
                    done += cards
                    self.stdout.write(f"{schema}: {done} cards")
                    self.stdout.flush()
            except KeyRefusedError:
                raise CommandError(NOT_FIT) from None

    def _old_keys(self) -> list[str]:
        with unit_of_work(city_scope()):
            known = set(IndexKey.objects.filter(retired_at=None).values_list("kid", flat=True))
            return sorted((known | {count.kid for count in upkeep.counts()}) - {keys()[0].kid})

    def _drop(self, kid: str, schemas: list[str]) -> None:
        new = keys()[0].kid
        with unit_of_work(city_scope()):
            lacking, dropped = upkeep.drop_key(kid, kept=new)
        if lacking:
            raise CommandError(f"{kid}: {lacking} cards have no token of {new} yet, so nothing was dropped")
        for schema in schemas:
            with unit_of_work(desk_scope(schema)):
                forget_key(kid)
        self.stdout.write(self.style.SUCCESS(f"{kid}: {dropped} rows dropped"))
