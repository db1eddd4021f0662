"""Builds the template database: ``python -m tests.support.template ADMIN_URL DATABASE``."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from config.database import set_up
from config.embedded import Endpoints
from tests.support.environment import PASSWORD, tell, variables


def build(admin_url: str, database: str) -> None:
    """Set the database up, migrate it, provision the three tenants of the tests."""
    set_up(admin_url=admin_url, database=database, owner_password=PASSWORD, web_password=PASSWORD)
    tell(variables(Endpoints(admin_url=admin_url, redis_url="redis://unused/0"), database=database))
    import django

    django.setup()
    from tenants.provisioning import migrate_everything
    from tests.support.tenants import provision_three

    migrate_everything()
    provision_three(since=dt.date(2017, 4, 1))
    with psycopg.connect(make_conninfo(admin_url, dbname=database), autocommit=True) as admin:
        admin.execute(Path(__file__).with_suffix(".sql").read_bytes())


if __name__ == "__main__":
    build(*sys.argv[1:])
