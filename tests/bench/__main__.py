"""Run all measurements and print them with their ratios. Nothing is compared with a stored time."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from config.embedded import servers
from tests.support.environment import ADMIN_URL, REDIS_URL, prepared_database

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Start durable servers of our own, then measure."""
    with servers(ROOT / "var" / "bench", shared_buffers_mb=256) as endpoints:
        os.environ |= {ADMIN_URL: endpoints.admin_url, REDIS_URL: endpoints.redis_url}
        with prepared_database("bench"):
            os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
            import django

            django.setup()
            from tests.bench.measures import measure_all

            measure_all()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--against", metavar="COMMIT", help="compare the booking rate with that of an earlier commit")
    parser.add_argument("--bookings", type=int, default=400, help="how many, with --against")
    given = parser.parse_args()
    if given.against:
        from tests.bench.against import compare

        compare(given.against, bookings=given.bookings)
    else:
        main()
