"""Makes the first ID of 情報政策, from which all others follow."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from apps.compliance.rules.roster import ONE_TIME_LIVES, one_time_password
from kernel import clock
from shared.actor import SYSTEM
from shared.audit.models import Action
from shared.audit.record import entry
from shared.staff.models import Role, StaffAccount
from tenants.scope import OWNER, owner_scope, unit_of_work


class Command(BaseCommand):
    """``manage.py first_officer NAME``: needs DATABASE_OWNER_URL, and that nobody of 情報政策 is there yet."""

    help = "Make the first ID of 情報政策, with a one-time password that is shown once."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")

    def handle(self, *args: Any, **options: Any) -> None:
        password = one_time_password(secrets.choice)
        with unit_of_work(owner_scope(), alias=OWNER), transaction.atomic(using=OWNER):
            accounts = StaffAccount.objects.using(OWNER)
            if accounts.filter(is_active=True, roles__contains=[Role.SYSTEMS]).exists():
                raise CommandError("Somebody of 情報政策 is there already: further IDs are made on the city's page.")
            made = accounts.create(
                login_id="city0000",
                name=options["name"],
                roles=[Role.SYSTEMS],
                password=make_password(password),
                created_at=clock.now(),
                one_time_until=clock.now() + ONE_TIME_LIVES,
            )
            told = entry(SYSTEM, Action.PERMISSION, object_type="account", object_id=made.pk, act="first_officer")
            told.save(using=OWNER)
        self.stdout.write(f"ID: {made.login_id}\nOne-time password (14 days): {password}")
