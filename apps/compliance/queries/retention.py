"""Reading periods of keeping and disposals: a facility its own, the city all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pkgutil import resolve_name
from typing import Any
from uuid import UUID

from django.db import models

from apps.compliance.models.retention import Disposal, DisposalItem, RetentionPeriod
from apps.compliance.retention_errors import UnknownDisposalError
from apps.compliance.retention_texts import FATES, GONE, STAGES
from apps.compliance.rules import retention as rules
from apps.compliance.rules.retention import OPEN, WORKING, Stage
from kernel.wareki import format_fiscal_year
from shared.disposing import Count
from shared.retention import Kind, hold_labels, kinds


def stage_of(one: Disposal) -> Stage:
    """How far ``one`` has come."""
    return rules.stage_of(
        one.decision,
        is_listed=one.listed_at is not None,
        is_started=one.started_at is not None,
        is_done=one.done_at is not None,
    )


def number_of(one: Disposal) -> str:
    """The number as it is quoted, e.g. 廃棄2026-3."""
    return f"廃棄{one.fiscal_year}-{one.serial}"


@dataclass(frozen=True, slots=True)
class DisposalLine:
    """A disposal with its words."""

    disposal: Disposal

    @property
    def kind(self) -> Kind:
        """Of what."""
        return kinds()[self.disposal.kind]

    @property
    def fate(self) -> Any:
        """What is done, in a word."""
        return FATES[self.kind.fate]

    @property
    def stage(self) -> Stage:
        """How far it has come."""
        return stage_of(self.disposal)

    @property
    def word(self) -> Any:
        """The stage in words."""
        return STAGES[self.stage][0]

    @property
    def tone(self) -> str:
        """The stage's colour group."""
        return STAGES[self.stage][1]

    @property
    def number(self) -> str:
        """Its number."""
        return number_of(self.disposal)

    @property
    def year(self) -> str:
        """Its fiscal year, written the Japanese way."""
        return format_fiscal_year(self.disposal.fiscal_year)

    @property
    def is_open(self) -> bool:
        """Whether it may still be given up."""
        return self.stage in OPEN

    @property
    def is_working(self) -> bool:
        """Whether a worker will change it by itself."""
        return self.stage in WORKING

    @property
    def percent(self) -> int:
        """How far the job has come."""
        one = self.disposal
        return min(100, 100 * (one.done + one.dropped) // max(1, one.listed))


@dataclass(frozen=True, slots=True)
class ItemLine:
    """A record of a list with its words; ``name`` is masked, and empty for the city."""

    item: DisposalItem
    name: str
    reason: Any


@dataclass(frozen=True, slots=True)
class KindLine:
    """A kind with the period that holds and how many records are over."""

    kind: Kind
    months: int
    due: int
    held: int

    @property
    def fate(self) -> Any:
        """What is done, in a word."""
        return FATES[self.kind.fate]


def disposal_of(disposal: UUID) -> DisposalLine:
    """One disposal; ``UnknownDisposalError`` if whoever looks has none such."""
    found = Disposal.objects.filter(pk=disposal).first()
    if found is None:
        raise UnknownDisposalError
    return DisposalLine(found)


def item_lines(line: DisposalLine, items: Sequence[DisposalItem], *, with_names: bool) -> list[ItemLine]:
    """The records of a page with their words; one further statement for the names, which are the facility's alone."""
    names: dict[str, str] = {}
    if with_names and line.kind.names and items:
        names = resolve_name(line.kind.names)([one.object for one in items])
    words = {**hold_labels(), "gone": GONE, "": ""}
    return [ItemLine(one, names.get(one.object, ""), words[one.held or one.why]) for one in items]


def reasons_of(line: DisposalLine) -> list[tuple[Any, int]]:
    """Why records stay, and how many; one statement."""
    words = {**hold_labels(), "gone": GONE}
    found = line.disposal.items.exclude(held="", why="").values_list("held", "why").annotate(models.Count("id"))
    return [(words[held or why], count) for held, why, count in found.order_by("held", "why")]


def kind_lines(counts: Sequence[Count]) -> list[KindLine]:
    """The kinds of one facility with their figures; first those of which something is over."""
    lines = [KindLine(kinds()[one.kind], one.months, one.due, one.held) for one in counts]
    return sorted(lines, key=lambda line: not line.due)


def months_in_force(day: dt.date) -> dict[tuple[str, str], RetentionPeriod]:
    """(kind, tenant or empty) -> the version that holds on ``day``; one statement."""
    found = RetentionPeriod.objects.filter(valid_from__lte=day).order_by("valid_from")
    return {(one.kind, one.tenant): one for one in found}


def waiting_places(day: dt.date) -> list[str]:
    """Whose disposals wait for a worker; one statement, as the city."""
    to_list = Disposal.objects.filter(decision="", listed_at__isnull=True)
    to_run = Disposal.objects.filter(decision="confirmed", done_at__isnull=True, execute_on__lte=day)
    return sorted(set((to_list | to_run).values_list("tenant", flat=True)))
