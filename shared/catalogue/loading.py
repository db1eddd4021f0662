"""Loading a catalogue file into the city's catalogue: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

from django.db import connection, transaction

from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from shared.catalogue.models import CatalogueFacility
from shared.catalogue.reading import CatalogueFile, open_catalogue
from shared.catalogue.rules.deriving import area_of, category_of, slugs_for
from shared.catalogue.rules.problems import FileRefusedError, Problem
from shared.catalogue.rules.rows import Entry

BATCH: Final = 500
LOCK: Final = "SELECT pg_advisory_xact_lock(hashtextextended('kashikan catalogue', 0))"
KEY: Final = ["municipality_code", "number"]
DERIVED: Final = ("category", "area")

Key = tuple[str, str]
Report = Callable[[Problem], None]


@dataclass(slots=True)
class Outcome:
    """What loading did, or would do. ``missing``: (code, NO, name) of facilities that the file does not have."""

    encoding: str
    ignored: tuple[str, ...]
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    missing: list[tuple[str, str, str]] = field(default_factory=list)


def load_catalogue(*, actor: Actor, path: Path, report: Report, city_code: str = "", dry_run: bool = False) -> Outcome:
    """Load ``path`` in one transaction; runs in the city's scope.

    Facilities are known again by municipality and NO. What the file does not name is left alone: rows that are
    absent, columns that it lacks, and the tenant, web address, category or area that the city chose by hand.
    Every problem goes to ``report``; then ``FileRefusedError`` is raised and nothing is written.
    """
    try:
        file = open_catalogue(path, city_code=city_code)
    except FileRefusedError as refused:
        for problem in refused.problems:
            report(problem)
        raise
    keys = _check(file, report)
    outcome = Outcome(file.encoding, file.layout.ignored)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(LOCK)
        for batch in _batches(_valid(file)):
            _write(batch, outcome)
        outcome.missing = _missing(keys)
        _leave_trace(actor, outcome)
        transaction.set_rollback(dry_run)
    return outcome


def _check(file: CatalogueFile, report: Report) -> set[Key]:
    keys: set[Key] = set()
    problems = 0
    for found in file.entries():
        if isinstance(found, Entry):
            keys.add(found.key)
        else:
            problems += 1
            report(found)
    if not keys and not problems:
        report(Problem("no_rows"))
    if problems or not keys:
        raise FileRefusedError
    return keys


def _valid(file: CatalogueFile) -> Iterator[Entry]:
    for found in file.entries():
        if isinstance(found, Problem):  # the file was changed while it was read
            raise FileRefusedError(found)
        yield found


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    source = iter(entries)
    while batch := list(islice(source, BATCH)):
        yield batch


def _write(batch: list[Entry], outcome: Outcome) -> None:
    stored = _stored(batch)
    fresh = [entry for entry in batch if entry.key not in stored]
    changed = [stored[entry.key] for entry in batch if entry.key in stored and _update(stored[entry.key], entry)]
    CatalogueFacility.objects.bulk_create(_new(fresh))
    fields = [each.name for each in CatalogueFacility._meta.concrete_fields if each.name not in {"id", "slug", *KEY}]
    CatalogueFacility.objects.bulk_create(changed, update_conflicts=True, unique_fields=KEY, update_fields=fields)
    outcome.new += len(fresh)
    outcome.changed += len(changed)
    outcome.unchanged += len(batch) - len(fresh) - len(changed)


def _stored(batch: list[Entry]) -> dict[Key, CatalogueFacility]:
    codes, numbers = {entry.municipality_code for entry in batch}, {entry.number for entry in batch}
    rows = CatalogueFacility.objects.filter(municipality_code__in=codes, number__in=numbers)
    return {(row.municipality_code, row.number): row for row in rows}


def _update(row: CatalogueFacility, entry: Entry) -> bool:
    """Take the entry's values over; whether anything changed. What was derived is derived again, unless by hand."""
    derived = [name for name, value in _derived(row).items() if getattr(row, name) == value]
    before = {name: getattr(row, name) for name in (*entry.values, *derived)}
    _take(row, entry, derived)
    return any(getattr(row, name) != value for name, value in before.items())


def _take(row: CatalogueFacility, entry: Entry, derived: Iterable[str]) -> None:
    for name, value in entry.values.items():
        setattr(row, name, list(value) if isinstance(value, tuple) else value)
    now_derived = _derived(row)
    for name in derived:
        setattr(row, name, now_derived[name])


def _derived(row: CatalogueFacility) -> dict[str, str]:
    area = area_of(row.address, prefecture=row.prefecture, municipality=row.municipality)
    return {"category": category_of(row.name), "area": area}


def _new(entries: list[Entry]) -> list[CatalogueFacility]:
    taken = _taken_slugs(entries)
    rows = []
    for entry in entries:
        row = CatalogueFacility(municipality_code=entry.municipality_code, number=entry.number, slug="")
        _take(row, entry, DERIVED)
        row.slug = next(slug for slug in _slugs(entry) if slug not in taken)
        taken.add(row.slug)
        rows.append(row)
    return rows


def _taken_slugs(entries: list[Entry]) -> set[str]:
    wished = {slug for entry in entries for slug in _slugs(entry)}
    return set(CatalogueFacility.objects.filter(slug__in=wished).values_list("slug", flat=True))


def _slugs(entry: Entry) -> tuple[str, ...]:
    return slugs_for(str(entry.values["name_kana"]), municipality_code=entry.municipality_code, number=entry.number)


def _missing(keys: set[Key]) -> list[tuple[str, str, str]]:
    rows = CatalogueFacility.objects.filter(municipality_code__in={code for code, _ in keys}).order_by(*KEY)
    stored = rows.values_list("municipality_code", "number", "name").iterator()
    return [row for row in stored if row[:2] not in keys]


def _leave_trace(actor: Actor, outcome: Outcome) -> None:
    record(
        actor,
        Action.CHANGE,
        object_type="catalogue",
        new=outcome.new,
        changed=outcome.changed,
        unchanged=outcome.unchanged,
        missing=len(outcome.missing),
    )
