"""The measurements."""

from __future__ import annotations

import datetime as dt
import tempfile
import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import psutil
from django.conf import settings
from django.db import connections

from apps.bookings.errors import SlotTakenError
from apps.bookings.models import Room
from apps.bookings.queries.availability import days_of_month
from apps.bookings.services.hold import hold_slot
from apps.bookings.services.starting import Wish
from kernel import clock
from tenants import directory
from tenants.models import Tenant
from tenants.provisioning import provision
from tests import factories
from tests.bench.database import bare_inserts, month_rows
from tests.bench.fees import measure_fees
from tests.bench.http import Answer, Browser, Load, run
from tests.bench.reports import measure_reports
from tests.bench.search import measure_search
from tests.bench.web import memory, web_servers
from tests.bench.world import SCHEMA, SECRET, World, fill, make_world
from tests.support.clients import client_at, signed_in
from tests.support.outbox import until, worker
from tests.support.raw import raw_superuser
from tests.support.scopes import as_portal
from tests.support.statements import count_statements
from tests.support.waiting import Gate, joined

PEOPLE = 8
LOG = Path("var") / "bench" / "web.log"
WRONG = Path("var") / "bench" / "wrong.html"


def say(text: str) -> None:
    print(text, flush=True)


def measure_all() -> None:
    """Print every figure, in the order of docs/performance.md."""
    world = make_world(PEOPLE)
    bare = bare_inserts(8000, connections=PEOPLE)
    say(f"bare insert with the exclusion constraint, {PEOPLE} connections: {bare:.0f}/s")
    measure_statements(world)
    clear()
    measure_race()
    clear()
    measure_fees()
    clear()
    measure_search()
    clear()
    with web_servers(LOG) as servers:
        measure_bookings(world, bare)
        for count in (5_000, 50_000):
            clear()
            fill(world, count)
            analyze()
            measure_month(world, count)
        say(f"memory of a web worker: {max(memory(servers)):.0f} MiB resident")
        measure_worker_memory()
        measure_tenants(world)
    clear()
    measure_reports()


def measure_statements(world: World) -> None:
    """Statements of the requests that matter, with scope, BEGIN and COMMIT."""
    client = signed_in(client_at(settings.PORTAL_HOST), world.citizens[0].account)
    room, day, slot = next(world.free_slots())
    hold_path = f"/places/{SCHEMA}/rooms/{room.pk}/{day:%Y-%m-%d}/hold/"
    form = dict([*world.hold_form(0), ("slots", str(slot))])
    said = {"purpose": "meeting", "event_name": "例会", "headcount": "9", "version": "1"}
    directory.current()
    with count_statements() as holding:
        location = client.post(hold_path, form).headers["Location"]
    with count_statements() as applying:
        client.post(location, said)
    month = f"{day:%Y-%m}"
    counts = {"hold": holding.count, "application": applying.count}
    for what, path in (
        ("month as JSON", f"/api/places/{SCHEMA}/facilities/{world.facility.pk}/availability/?month={month}"),
        ("month as page", f"/places/{SCHEMA}/rooms/{room.pk}/?month={month}"),
    ):
        for turn in ("first", "again"):
            with count_statements() as reading:
                client.get(path)
            counts[f"{what}, {turn}"] = reading.count
    say("statements: " + "; ".join(f"{what} {count}" for what, count in counts.items()))


def measure_worker_memory() -> None:
    """A Celery worker that has started, and its child."""
    folder = Path(tempfile.mkdtemp())
    with worker(folder) as running:
        until(lambda: "ready" in running.said)
        main = psutil.Process(running.process.pid)
        sizes = [one.memory_info().rss / 2**20 for one in (main, *main.children(recursive=True))]
    say("memory of a Celery worker and its children: " + ", ".join(f"{size:.0f} MiB" for size in sizes) + " resident")


def measure_bookings(world: World, bare: float) -> None:
    """A slot chosen, and a whole booking: chosen and applied for; over HTTP with session, CSRF and audit."""
    slots = list(world.free_slots())
    held = load(world, lambda browser, number: hold(world, browser, number, slots), count=800)
    tell("choosing a slot (hold), over HTTP", held, bare)
    expect_bookings(800, state="hold")
    clear()

    def book(browser: Browser, number: int) -> Answer:
        answer = hold(world, browser, number, slots)
        form = [("csrfmiddlewaretoken", SECRET), ("purpose", "meeting"), ("event_name", "例会"), ("headcount", "9")]
        return browser.post(answer.location, [*form, ("version", "1")])

    tell("a whole booking (hold, then application), over HTTP", load(world, book, count=400), bare)
    expect_bookings(400, state="under_review")


def hold(world: World, browser: Browser, number: int, slots: list[tuple[Room, dt.date, int]]) -> Answer:
    """Choose slot ``number`` as the citizen whose browser this is."""
    room, day, slot = slots[number]
    path = f"/places/{SCHEMA}/rooms/{room.pk}/{day:%Y-%m-%d}/hold/"
    return browser.post(path, [*world.hold_form(browser.number), ("slots", str(slot))])


def measure_month(world: World, bookings: int) -> None:
    """The month of ten rooms as JSON and one room's as a page, against the same rows by one statement."""
    month = (clock.today().replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    days = days_of_month(month)
    sql, rows = month_rows(world, days[0], days[-1], count=400)
    say(f"with {bookings} bookings, a month of 10 rooms is {rows} rows; by one SQL statement: {sql:.0f}/s")
    api = f"/api/places/{SCHEMA}/facilities/{world.facility.pk}/availability/?month={month:%Y-%m}"
    page = f"/places/{SCHEMA}/rooms/{world.rooms[0].pk}/?month={month:%Y-%m}"
    tell("  that month as JSON", load(world, lambda browser, _: browser.get(api), count=500, expect=200), sql)
    tell("  one room's month as a page", load(world, lambda browser, _: browser.get(page), count=250, expect=200), sql)


def measure_tenants(world: World) -> None:
    """The same month with 200 tenants in the database."""
    with raw_superuser() as connection:
        for number in range(197):  # roles of an earlier run, whose database is gone
            connection.execute(f"DROP ROLE IF EXISTS tenant_t{number}")
    for number in range(197):
        values = {
            "name": f"t{number}",
            "number_prefix": f"Z{chr(65 + number // 26)}{chr(65 + number % 26)}",
            "document_symbol": "x",
            "ordinance_title": "x",
        }
        provision(tenant=Tenant(schema_name=f"t{number}", **values), host=f"t{number}.localhost")
    say("with 200 tenants:")
    measure_month(world, 50_000)


def measure_race() -> None:
    """Sixteen contenders for each of 28 slots of a hall and its halves."""
    hall = factories.hall_with_halves()
    people = [factories.citizen_with_registration() for _ in range(16)]
    rooms = [hall.whole, hall.half_a, hall.half_b]
    days = [factories.soon() + dt.timedelta(days=number) for number in range(28)]
    load, barrier, won = Load(), Gate(16), []

    def contend(number: int) -> None:
        person = people[number]
        barrier.wait()
        with as_portal(SCHEMA, person.account.pk):
            for at, day in enumerate(days):
                began = time.perf_counter()
                room = rooms[(number + at) % 3]
                try:
                    hold_slot(actor=person.actor, wish=Wish(person.registrant.pk, room.pk, day, (1,), uuid.uuid4()))
                    won.append((day, room.name))
                except SlotTakenError:
                    pass
                load.times.append(time.perf_counter() - began)
        connections.close_all()

    threads = [threading.Thread(target=contend, args=(number,), daemon=True) for number in range(16)]
    for thread in threads:
        thread.start()
    joined(*threads, within=3600)
    empty = len(days) - len({day for day, _ in won})
    say(f"16 contenders for 28 slots: {len(won)} winners, {empty} slots empty, p95 {load.p95:.0f} ms")


def load(world: World, work: Callable[[Browser, int], Answer], *, count: int, expect: int = 302) -> Load:
    """Run ``work`` over signed-in browsers; a wrong answer ends the measurement."""
    browsers = world.browsers()
    run(browsers, lambda browser, _: browser.get("/accessibility/"), count=40, expect=200)
    done = run(browsers, work, count=count, expect=expect)
    for browser in browsers:
        browser.close()
    if done.failures:
        WRONG.write_bytes(done.failures[0].content)
        raise SystemExit(f"{len(done.failures)} answers were wrong, e.g. {done.failures[0].status}, see {WRONG}")
    return done


def tell(what: str, done: Load, bare: float) -> None:
    say(f"{what}: {done.rate:.0f}/s (ratio {done.rate / bare:.2f}), p95 {done.p95:.0f} ms")


def clear() -> None:
    """No bookings."""
    with raw_superuser() as connection:
        for table in ("occupation", "bookingact", "booking"):
            connection.execute(f"DELETE FROM chuo.bookings_{table}")


def expect_bookings(count: int, *, state: str) -> None:
    """What was answered was also done."""
    with raw_superuser() as connection:
        row = connection.execute("SELECT count(*) FROM chuo.bookings_booking WHERE state = %s", [state]).fetchone()
    if row != (count,):
        raise SystemExit(f"{row} bookings are {state}, not {count}")


def analyze() -> None:
    """Fresh statistics, as autovacuum would have made them."""
    with raw_superuser() as connection:
        connection.execute("VACUUM ANALYZE")
