"""Reading the wording and the options of documents as they hold on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q

from apps.bookings.models import PaperOptions, TextVersion
from apps.bookings.rules.wording_blocks import Chosen, Wording
from apps.bookings.rules.wording_texts import BLOCKS


@dataclass(frozen=True, slots=True)
class Options:
    """How a facility makes its documents (文書の定め)."""

    one_sheet: bool = False
    with_reduction: bool = False
    always_instructs: bool = False
    wide_numerals: bool = False
    approvals: tuple[str, ...] = ()


def wording_on(day: dt.date, facility: UUID | None) -> Wording:
    """Every block as it holds on ``day``: the facility's own, else the tenant's, else the standard. One statement."""
    begun = TextVersion.objects.filter(Q(facility=facility) | Q(facility=None), valid_from__lte=day)
    newest = begun.order_by("key", F("facility").asc(nulls_last=True), "-valid_from", "-number").distinct("key")
    return Wording(BLOCKS, {row.key: chosen(row) for row in newest if row.key in BLOCKS})


def chosen(row: TextVersion) -> Chosen:
    """A version as the rules know it."""
    return Chosen(tuple(row.paragraphs), row.number, str(row.pk))


def options_on(day: dt.date, facility: UUID) -> Options:
    """The options that hold on ``day``. One statement."""
    found = PaperOptions.objects.filter(facility=facility, valid_from__lte=day).order_by("-valid_from").first()
    return Options() if found is None else options_of(found)


def options_of(row: PaperOptions) -> Options:
    """Options as they are kept."""
    return Options(row.one_sheet, row.with_reduction, row.always_instructs, row.wide_numerals, tuple(row.approvals))


def versions_of(key: str) -> Sequence[TextVersion]:
    """All versions of a block that the tenant entered, the newest first."""
    return list(TextVersion.objects.filter(key=key).select_related("facility").order_by("-number"))


def versions_by_key() -> dict[str, list[TextVersion]]:
    """All versions that the tenant entered, by block, the newest first; one statement."""
    found: dict[str, list[TextVersion]] = {}
    for row in TextVersion.objects.select_related("facility").order_by("key", "-number"):
        found.setdefault(row.key, []).append(row)
    return found
