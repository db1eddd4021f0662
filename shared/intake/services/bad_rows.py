"""The rows of a passage that cannot be taken in: kept by a check for the clerk to see, by a run to be worked off."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q, QuerySet

from kernel import clock
from shared.intake.bulk import insert_rows
from shared.intake.models import Job, RejectedRow, RowState
from shared.intake.rules.target import Problem

WRITTEN: Final = (
    "job", "kind", "source", "line", "digest", "key", "cells", "values", "problems", "state", "reason",
)  # fmt: skip
TAKEN: Final[Mapping[str, Any]] = {"state": RowState.TAKEN, "cells": [], "values": {}, "problems": []}
"""What stays of a row that was taken in."""


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that cannot be taken in. ``key``: its source key, empty if it has none that tells it from others."""

    line: int
    cells: list[str]
    values: Mapping[str, str]
    problems: Sequence[Problem]
    key: str


@dataclass(frozen=True, slots=True)
class Good:
    """A row that was taken in, or is here already."""

    cells: list[str]
    key: str


class BadRows:
    """Those of one passage."""

    def __init__(self, job: Job, *, writes: bool) -> None:
        self.job, self.writes = job, writes
        self.listed = RejectedRow.objects.filter(kind=job.kind, source=job.source).exclude(state=RowState.FOUND)
        self._has_open = writes and self._open().exists()

    def forget_found(self) -> None:
        """Forget what an earlier check found."""
        RejectedRow.objects.filter(job=self.job, state=RowState.FOUND).delete()

    def keep(self, bad: Sequence[Bad]) -> int:
        """Keep the rows; a check all of them, a run those that are not on the list already. How many are."""
        if not self.writes:
            self._insert([(digest_of(one.cells), one) for one in bad], RowState.FOUND)
            return 0
        fresh: dict[str, Bad] = {}
        for one in bad:
            fresh.setdefault(digest_of(one.cells), one)
        known = set(self.listed.filter(digest__in=list(fresh)).values_list("digest", flat=True)) if fresh else set()
        self._insert([(digest, one) for digest, one in fresh.items() if digest not in known], RowState.OPEN)
        return len(bad) - len(fresh) + len(known)

    def settle(self, good: Collection[Good]) -> int:
        """Take off the list what these rows have brought: by the very same row, or by the same source key."""
        if not self._has_open or not good:
            return 0
        same = Q(digest__in=[digest_of(one.cells) for one in good]) | Q(key__in={one.key for one in good})
        return self._open().filter(same).update(**TAKEN, decided_at=clock.now(), decided_by=self.job.asked_by)

    def _open(self) -> QuerySet[RejectedRow]:
        return self.listed.filter(state=RowState.OPEN).exclude(job=self.job)

    def _insert(self, found: Iterable[tuple[str, Bad]], state: RowState) -> None:
        insert_rows(RejectedRow, WRITTEN, [self._row(one, digest, state) for digest, one in found])

    def _row(self, one: Bad, digest: str, state: RowState) -> tuple[Any, ...]:
        problems = [problem.as_json() for problem in one.problems]
        job = self.job
        told = (one.cells, one.values, problems, state.value, "")
        return (job.pk, job.kind, job.source, one.line, digest, one.key, *told)


def digest_of(cells: Sequence[str]) -> str:
    """By which a bad row is known again."""
    return hashlib.sha256("\x1f".join(cells).encode("utf-8", "surrogatepass")).hexdigest()
