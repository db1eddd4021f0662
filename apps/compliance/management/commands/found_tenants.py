"""Performs the foundings that the city asks for."""

from __future__ import annotations

import signal
from argparse import ArgumentParser
from threading import Event
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.compliance.services.founding.perform import perform_waiting

PAUSE: Final = 2.0
"""Seconds between two looks."""


class Command(BaseCommand):
    """``manage.py found_tenants [--once]``: needs DATABASE_OWNER_URL, and nothing may reach it from outside."""

    help = "Perform foundings of tenants as they are asked for, until told to stop; --once looks once."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="perform what waits now, and end")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.ENVIRONMENT.database_owner_url:
            raise CommandError("DATABASE_OWNER_URL is missing: only the owner makes schemas and roles.")
        stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        while True:
            perform_waiting()
            if options["once"] or stop.wait(PAUSE):
                return
