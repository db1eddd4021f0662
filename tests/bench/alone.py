"""Running one measurement on servers of its own."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from config.embedded import servers
from tests.support.environment import ADMIN_URL, REDIS_URL, prepared_database

ROOT = Path(__file__).resolve().parents[2]


def run_alone(measure: Callable[[], None], *, buffers_mb: int = 256) -> None:
    """Start durable servers, prepare a database with the tests' tenants, and measure."""
    with servers(ROOT / "var" / "bench", shared_buffers_mb=buffers_mb) as endpoints:
        os.environ |= {ADMIN_URL: endpoints.admin_url, REDIS_URL: endpoints.redis_url}
        with prepared_database("bench"):
            os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
            import django

            django.setup()
            measure()
