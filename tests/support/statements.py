"""Counting statements where they leave for the server.

Django's own count misses ``BEGIN``, ``COMMIT`` and what is sent beside a cursor, so libpq's trace of the connection is
read: each simple query and each executed portal is one. (Linux only, as the trace is.)
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from django.db import connections
from psycopg.pq import Trace

MESSAGE: Final = re.compile(r"^(?=[FB]\t\d+\t)", re.MULTILINE)
STATEMENT: Final = re.compile(r'F\t\d+\t(?:Query|Parse)\t[^"]*(?:"[^"]*" )?"(.*)"[\s\d]*\Z', re.DOTALL)


@dataclass(slots=True)
class Statements:
    """What was sent: filled when the block of ``count_statements`` ends."""

    texts: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.texts)

    def __str__(self) -> str:
        return "\n".join(self.texts)


@contextmanager
def count_statements(alias: str = "default") -> Iterator[Statements]:
    """Collect all statements of this thread's connection in the block, with BEGIN, COMMIT and the scope's own."""
    connection = connections[alias]
    connection.ensure_connection()
    found = Statements()
    with tempfile.TemporaryFile() as file:
        pgconn = connection.connection.pgconn
        pgconn.trace(file.fileno())
        pgconn.set_trace_flags(Trace.SUPPRESS_TIMESTAMPS)
        try:
            yield found
        finally:
            pgconn.untrace()
            file.seek(0)
            messages = MESSAGE.split(file.read().decode())
            found.texts += [match[1] for message in messages if (match := STATEMENT.match(message))]
