"""The booking rate now and at an earlier commit, in one run: ``python -m tests.bench --against COMMIT [--bookings N]``.

The earlier commit is checked out beside this one and measured by its own code, with databases and web servers of its
own; the two take turns, so that both meet the same machine. Now all safeguards are on and the sealing job works beside.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
TURNS: Final = 3
RATE: Final = re.compile(r"^bookings: ([\d.]+)/s$", re.MULTILINE)
MEASURE: Final = """
import os, sys, threading
from pathlib import Path
from config.embedded import servers
from tests.support.environment import ADMIN_URL, REDIS_URL, prepared_database
count, is_sealing = int(sys.argv[1]), sys.argv[2] == "seal"
with servers(Path("var/bench").resolve(), shared_buffers_mb=256) as endpoints:
    os.environ |= {ADMIN_URL: endpoints.admin_url, REDIS_URL: endpoints.redis_url}
    with prepared_database("bench"):
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        import django
        django.setup()
        from django.db import connections
        from tests.bench import measures as m
        world, over = m.make_world(m.PEOPLE), threading.Event()
        slots = list(world.free_slots())
        def book(browser, number):
            answer = m.hold(world, browser, number, slots)
            form = [("csrfmiddlewaretoken", m.SECRET), ("purpose", "meeting"), ("event_name", "例会")]
            return browser.post(answer.location, [*form, ("headcount", "9"), ("version", "1")])
        def seal():
            from shared.sealing.seals import seal
            from tests.support.scopes import as_city
            sealed = 0
            while not over.is_set():
                with as_city():
                    sealed += seal(m.SCHEMA)
                over.wait(1)
            connections.close_all()
            print(f"sealed beside: {sealed}")
        job = threading.Thread(target=seal)
        with m.web_servers(m.LOG):
            if is_sealing:
                job.start()
            try:
                done = m.load(world, book, count=count)
            finally:
                over.set()
                if is_sealing:
                    job.join()
        m.expect_bookings(count, state="under_review")
        print(f"bookings: {done.rate:.2f}/s")
"""
"""Runs at either commit, with that commit's own code."""


def compare(commit: str, *, bookings: int) -> None:
    """Print the median rate of both, and the ratio."""
    rates: dict[str, list[float]] = {"earlier": [], "now": []}
    with earlier(commit) as before:
        for _ in range(TURNS):
            rates["earlier"].append(measured(before, bookings, is_sealing=False))
            rates["now"].append(measured(ROOT, bookings, is_sealing=True))
    was, now = (statistics.median(found) for found in rates.values())
    print(
        f"bookings a second at {commit}: {was:.1f}; now, with the sealing job beside: {now:.1f}; ratio {now / was:.2f}"
    )


@contextmanager
def earlier(commit: str) -> Iterator[Path]:
    """A worktree of ``commit`` until the block ends."""
    with tempfile.TemporaryDirectory(prefix="kashikan-bench-") as folder:
        place = Path(folder) / "earlier"
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", str(place), commit], cwd=ROOT, check=True)
        try:
            yield place
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(place)], cwd=ROOT, check=True)


def measured(place: Path, bookings: int, *, is_sealing: bool) -> float:
    """The rate of the code at ``place``."""
    (place / "var" / "bench").mkdir(parents=True, exist_ok=True)
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join([str(place), str(place / "platform")])}
    command = [sys.executable, "-c", MEASURE, str(bookings), "seal" if is_sealing else "alone"]
    said = subprocess.run(command, cwd=place, env=environ, stdout=subprocess.PIPE, text=True, check=True).stdout
    found = RATE.search(said)
    if found is None:
        raise SystemExit(f"no rate was told: {said}")
    print(f"{'now' if is_sealing else 'earlier'}: {said.strip()}", flush=True)
    return float(found[1])
