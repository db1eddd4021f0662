"""Where a file is kept until it is taken in: in pieces in the tenant's own schema, which no other role can read.

So it needs no disk that web and worker share, is in no backup of files, and goes with a DELETE.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO, Any, Final

from django.db import connection

from shared.intake.models import Chunk, Job
from shared.intake.recoding import in_utf8

PIECE: Final = 1024 * 1024


def keep(job: Job, stream: IO[bytes]) -> None:
    """Keep the file from its beginning, piece by piece. Inside a transaction."""
    stream.seek(0)
    position = 0
    while piece := stream.read(PIECE):
        Chunk.objects.bulk_create([Chunk(job=job, position=position, data=piece)])
        position += 1


def forget(job: Job) -> None:
    """Delete the file's bytes; they are not read for it."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM intake_chunk WHERE job_id = %s", [job.pk])


def lines_of(job: Job) -> Iterator[bytes]:
    """The file line by line, in UTF-8 if it came in UTF-16; one piece of it is in memory."""
    return iter(in_utf8(io.BufferedReader(_Pieces(job), PIECE), job.encoding))


class _Pieces(io.RawIOBase):
    """The pieces as one stream."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._position = 0
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._rest:
            pieces = Chunk.objects.filter(job=self._job, position=self._position).values_list("data", flat=True)
            self._rest = memoryview(next(iter(pieces), b""))
            self._position += 1
        taken = self._rest[: len(buffer)]
        buffer[: len(taken)] = taken
        self._rest = self._rest[len(taken) :]
        return len(taken)
