"""A web process that is killed outright in the middle of bookings: whatever was begun is whole or not there."""

from __future__ import annotations

import datetime as dt
import http.client
import random
import re
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest
from django.test import Client

from apps.bookings.models import Room
from tests import factories
from tests.factories import Citizen
from tests.support.clients import client_at, signed_in
from tests.support.gunicorn import WORKERS, WebServer, web_server
from tests.support.outbox import until
from tests.support.waiting import joined

pytestmark = [pytest.mark.slow, pytest.mark.race]
HOST, SECRET = "yoyaku.localhost", "k" * 32
KILLS, VISITORS = 5, 6
HALLS = 8
HALF_DONE = {
    "a booking without exactly its occupations": """
        SELECT count(*) FROM chuo.bookings_booking b
        WHERE ARRAY (SELECT part_id FROM chuo.bookings_occupation o WHERE o.booking_id = b.id AND o.during = b.during
                     AND o.kind = CASE b.state WHEN 'hold' THEN 'hold' ELSE 'booking' END ORDER BY part_id)
           <> ARRAY (SELECT part_id FROM chuo.bookings_roompart rp WHERE rp.room_id = b.room_id ORDER BY part_id)""",
    "an occupation beside those": """
        SELECT (SELECT count(*) FROM chuo.bookings_occupation)
            - (SELECT count(*) FROM chuo.bookings_booking JOIN chuo.bookings_roompart USING (room_id))""",
    "an occupation without a row for the city's calendar": """
        SELECT count(*) FROM chuo.bookings_occupation o FULL JOIN shared.occupancy_occupancy c ON c.occupation = o.id
            AND c.kind = o.kind AND c.expires_at IS NOT DISTINCT FROM o.expires_at
        WHERE o.id IS NULL OR c.occupation IS NULL""",
    "a booking without exactly one entry on its making": """
        SELECT count(*) FROM chuo.bookings_booking b WHERE 1 <> (
            SELECT count(*) FROM chuo.audit_auditentry a
            WHERE a.object_type = 'booking' AND a.action = 'create' AND a.object_id = b.id::text)""",
    "an entry on a booking that is not there": """
        SELECT count(*) FROM chuo.audit_auditentry a WHERE a.object_type = 'booking'
            AND NOT EXISTS (SELECT FROM chuo.bookings_booking b WHERE b.id::text = a.object_id)""",
    "an application without exactly its act, entry and mail, or a hold that has some": """
        SELECT count(*) FROM chuo.bookings_booking b
        WHERE (b.state = 'under_review')::int <> ANY (ARRAY[
            (SELECT count(*) FROM chuo.bookings_bookingact t WHERE t.booking_id = b.id AND t.act = 'apply'),
            (SELECT count(*) FROM chuo.audit_auditentry a WHERE a.action = 'change' AND a.object_id = b.id::text),
            (SELECT count(*) FROM chuo.outbox_message m WHERE m.context ->> 'number' = b.number)])""",
    "a part that is taken twice": """
        SELECT count(*) FROM (SELECT FROM chuo.bookings_occupation GROUP BY part_id, during HAVING count(*) > 1) d""",
    "a mail or an act of nothing": """
        SELECT (SELECT count(*) FROM chuo.outbox_message) + (SELECT count(*) FROM chuo.bookings_bookingact)
            - 2 * (SELECT count(*) FROM chuo.bookings_booking WHERE state = 'under_review')""",
}
"""What must not be -> how often it is."""


@dataclass(slots=True)
class Told:
    """What the visitors were told, and how often nobody answered."""

    held: set[str] = field(default_factory=set)
    applied: set[str] = field(default_factory=set)
    statuses: Counter[int] = field(default_factory=Counter)
    silences: int = 0


class Visitor:
    """Somebody who wants every slot, one after the other, and applies for each that is won."""

    def __init__(self, server: WebServer, citizen: Citizen, told: Told) -> None:
        self.citizen, self.told = citizen, told
        self.port = server.port
        client: Client = signed_in(client_at(HOST), citizen.account)
        session = client.cookies["kashikan_portal"].value
        self.headers = {
            "Host": f"{HOST}:{server.port}",
            "Cookie": f"kashikan_portal={session}; csrftoken={SECRET}",
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def book(self, room: Room, day: dt.date, slot: int) -> None:
        form = {"key": str(uuid.uuid4()), "slots": str(slot), "registrant": str(self.citizen.registrant.pk)}
        held = self.post(f"/places/chuo/rooms/{room.pk}/{day:%Y-%m-%d}/hold/", form)
        if not (match := re.fullmatch(r"(/places/chuo/bookings/([0-9a-f-]{36})/)apply/", held)):
            return
        self.told.held.add(match[2])
        form = {"purpose": "meeting", "event_name": "例会", "headcount": "10", "version": "1"}
        if self.post(held, form) == match[1]:
            self.told.applied.add(match[2])

    def post(self, path: str, form: dict[str, str]) -> str:
        """Where the answer leads, or nothing if there was none or it was a refusal."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("POST", path, urlencode(form | {"csrfmiddlewaretoken": SECRET}), self.headers)
            answer = connection.getresponse()
            self.told.statuses[answer.status] += 1
            return answer.getheader("Location", "")
        except (OSError, http.client.HTTPException):
            self.told.silences += 1
            return ""
        finally:
            connection.close()


def visitors(server: WebServer, told: Told, stop: threading.Event) -> list[threading.Thread]:
    """Threads in which people book. Pairs want the same slots in the same order, so that each slot is fought for."""
    at = factories.facility()
    halls = [factories.hall_with_halves(at=at) for _ in range(HALLS)]
    rooms = [room for hall in halls for room in (hall.whole, hall.half_b, hall.half_a)]
    days = [factories.soon() + dt.timedelta(days=number) for number in range(45)]
    wanted = list(product(days, rooms, (1, 2, 3)))

    def work(visitor: Visitor, begin: int) -> None:
        for day, room, slot in wanted[begin:]:
            if stop.is_set():
                return
            visitor.book(room, day, slot)

    people = [Visitor(server, factories.citizen_with_registration(), told) for _ in range(VISITORS)]
    return [
        threading.Thread(target=work, args=(one, number // 2 * len(wanted) // 4), daemon=True)
        for number, one in enumerate(people)
    ]


def kill_one(server: WebServer, chance: random.Random) -> None:
    """``kill -9`` of the worker that is at work longest, at a moment that nobody chose."""
    until(lambda: len(server.workers()) == WORKERS)
    time.sleep(chance.uniform(0.0, 0.1))
    victim = server.workers()[0]
    victim.kill()
    until(lambda: victim not in server.workers())


def kill_now_and_then(server: WebServer, told: Told) -> None:
    """Between two kills at least one more slot is won, so that each kill comes amid bookings."""
    chance = random.Random(20_260_401)
    for _ in range(KILLS):
        reached = len(told.held)
        until(lambda: len(told.held) > reached)  # noqa: B023  # called at once
        kill_one(server, chance)


def settled(superuser: psycopg.Connection) -> bool:
    """Whether PostgreSQL has noticed that those who were killed are gone."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle'"
    return superuser.execute(query).fetchone() == (1,)


def test_web_processes_killed_amid_bookings_leave_none_half_done(
    database: None, superuser: psycopg.Connection, tmp_path: Path
) -> None:
    told, stop = Told(), threading.Event()
    with web_server(tmp_path) as server:
        threads = visitors(server, told, stop)
        for thread in threads:
            thread.start()
        try:
            kill_now_and_then(server, told)
        finally:
            stop.set()
            joined(*threads)
    until(lambda: settled(superuser))
    rows = superuser.execute("SELECT id::text, state FROM chuo.bookings_booking").fetchall()
    assert told.silences > 0
    assert told.held <= {booking for booking, _ in rows}
    assert told.applied <= {booking for booking, state in rows if state == "under_review"}
    assert set(told.statuses) <= {302, 409, 422}
    found = {name: superuser.execute(query).fetchall() for name, query in HALF_DONE.items()}
    assert found == {name: [(0,)] for name in HALF_DONE}
