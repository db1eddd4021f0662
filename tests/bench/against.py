"""The booking rate now and at an earlier commit, in one run: ``python -m tests.bench --against COMMIT [--bookings N]``.

The earlier commit is checked out beside this one and measured by its own code, with databases and web servers of its
own; the two take turns, one first and then the other, so that both meet the same machine. Now all safeguards are on and
the sealing job works beside. Told beside the rate is the CPU time that web processes and PostgreSQL take for a booking:
whatever else the machine does changes it little.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
TURNS: Final = 4
RATE: Final = re.compile(
    r"^bookings: ([\d.]+)/s, CPU ([\d.]+) ms of the web and ([\d.]+) ms of PostgreSQL$", re.MULTILINE
)
MEASURE: Final = """
import os, sys, threading
from contextlib import suppress
from pathlib import Path
import psutil
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
        def spent(parents):
            # CPU seconds of all children, those that ended among them
            found = 0.0
            for parent in parents:
                ended = parent.cpu_times()
                found += ended.children_user + ended.children_system
                for child in parent.children():
                    with suppress(psutil.NoSuchProcess):
                        now = child.cpu_times()
                        found += now.user + now.system
            return found
        def postmaster():
            with m.raw_superuser() as connection:
                folder = connection.execute("SHOW data_directory").fetchone()[0]
            return psutil.Process(int((Path(folder) / "postmaster.pid").read_text().split()[0]))
        job = threading.Thread(target=seal)
        with m.web_servers(m.LOG) as masters:
            m.load(world, lambda browser, _: browser.get("/accessibility/"), count=40, expect=200)
            databases = [postmaster()]
            if is_sealing:
                job.start()
            try:
                before = spent(masters), spent(databases)
                done = m.load(world, book, count=count)
                cpu = [(now - was) * 1000 / count for now, was in zip((spent(masters), spent(databases)), before)]
            finally:
                over.set()
                if is_sealing:
                    job.join(3600)
        m.expect_bookings(count, state="under_review")
        print(f"bookings: {done.rate:.2f}/s, CPU {cpu[0]:.2f} ms of the web and {cpu[1]:.2f} ms of PostgreSQL")
"""
"""Runs at either commit, with that commit's own code."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Bookings a second, and milliseconds of CPU that one takes of the web processes and of PostgreSQL."""

    rate: float
    web: float
    database: float


def compare(commit: str, *, bookings: int) -> None:
    """Print the medians of both, and the median of the ratios of the turns."""
    turns: list[tuple[Measured, Measured]] = []
    with earlier(commit) as before:
        for number in range(TURNS):
            order = (before, ROOT) if number % 2 == 0 else (ROOT, before)
            found = {place: measured(place, bookings, is_sealing=place == ROOT) for place in order}
            turns.append((found[before], found[ROOT]))
    was, now = ([turn[which] for turn in turns] for which in (0, 1))
    print(f"bookings a second at {commit}: {_middle(was, 'rate'):.1f}; ", end="")
    print(f"now, with the sealing job beside: {_middle(now, 'rate'):.1f}; ", end="")
    print(f"ratio {statistics.median(later.rate / first.rate for first, later in turns):.2f}")
    for name, what in (("web", "the web"), ("database", "PostgreSQL")):
        print(f"CPU of {what} for a booking: {_middle(was, name):.1f} ms; now {_middle(now, name):.1f} ms")


def _middle(found: Sequence[Measured], name: str) -> float:
    return float(statistics.median(getattr(one, name) for one in found))


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


def measured(place: Path, bookings: int, *, is_sealing: bool) -> Measured:
    """What the code at ``place`` does."""
    (place / "var" / "bench").mkdir(parents=True, exist_ok=True)
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join([str(place), str(place / "platform")])}
    command = [sys.executable, "-c", MEASURE, str(bookings), "seal" if is_sealing else "alone"]
    said = subprocess.run(command, cwd=place, env=environ, stdout=subprocess.PIPE, text=True, check=True).stdout
    found = RATE.search(said)
    if found is None:
        raise SystemExit(f"no rate was told: {said}")
    print(f"{'now' if is_sealing else 'earlier'}: {said.strip()}", flush=True)
    return Measured(*(float(one) for one in found.groups()))
