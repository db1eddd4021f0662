"""Run all measurements and print them with their ratios. Nothing is compared with a stored time."""

from __future__ import annotations

import argparse

from tests.bench.alone import run_alone


def measure_everything() -> None:
    """Imported late: the models need the settings that ``run_alone`` sets."""
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
        run_alone(measure_everything)
