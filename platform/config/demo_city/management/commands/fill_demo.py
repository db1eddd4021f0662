"""Fill the demonstration city."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.demo_city.fill import FULL, fill
from config.demo_city.logins import table


class Command(BaseCommand):
    """``manage.py fill_demo``: progress on standard error, the logins on standard output."""

    help = "Fill the demonstration city; needs DATABASE_OWNER_URL. What is there already stays and is not doubled."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, help="days before and after today (usually a year and 75 days)")
        parser.add_argument("--share", type=float, default=FULL.share, help="share of the people, from 0 to 1")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.BASE_HOST != "localhost":
            raise CommandError(
                "デモのパスワードは公開されているため、KASHIKAN_BASE_HOSTがlocalhostのときだけ実行できます。"
                " / The demo's password is public, so this runs only where KASHIKAN_BASE_HOST is localhost."
            )
        if settings.ENVIRONMENT.database_owner_url is None:
            raise CommandError("DATABASE_OWNER_URLが必要です。 / DATABASE_OWNER_URL is needed.")
        scale = replace(FULL, share=min(1.0, max(0.0, options["share"])))
        if options["days"] is not None:
            days = options["days"]
            scale = replace(scale, days_before=days, days_after=days, days_earlier=days)
        fill(progress=self.stderr.write, scale=scale, processes=2)
        self.stdout.write(table())
