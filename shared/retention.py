"""How long records are kept, and what is done with them then (保存期間と廃棄): each application names its own kinds.

``AppConfig.retention_kinds`` and ``AppConfig.retention_holds`` name tuples of ``Kind`` and ``Hold`` as ``module:NAME``.
``AppConfig.retention_exempt`` maps models (``app.model``) that keep something of a person and fall under no kind to the
reason; a test fails for a model that is in neither.

What a kind does is written down here as data, and ``shared.retention_sql`` makes the database's functions of it: no
role has the right to erase, and the functions erase what a confirmed disposal lists. A ``Wipe`` takes *every* column
that is not named in ``keeps``; so a new column is wiped until somebody says that it stays.

In all SQL here ``{schema}`` is the tenant's schema, ``{tenant}`` its name as a literal, ``{ids}`` the records at hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pkgutil import resolve_name
from typing import Any, Final

from django.apps import apps


class Fate(StrEnum):
    """What is done when the period is over."""

    ANONYMISED = "anonymised"
    """Whatever tells of a person goes; the row stays as a figure."""
    ERASED = "erased"
    ARCHIVED = "archived"
    """Moved out of the tables into a file that proves itself."""


class Place(StrEnum):
    """Where the records stand."""

    TENANT = "tenant"
    SHARED = "shared"
    """What the city keeps itself."""
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Wipe:
    """Every column of the rows is emptied, but those in ``keeps``; ``sets`` says what stands in place of some."""

    model: str
    where: str
    keeps: frozenset[str]
    sets: Mapping[str, str] = field(default_factory=dict)
    """Field -> SQL."""


@dataclass(frozen=True, slots=True)
class Erase:
    """The rows are deleted."""

    model: str
    where: str


@dataclass(frozen=True, slots=True)
class Run:
    """A statement of its own, e.g. one that makes the row which stands for all who were anonymised."""

    statement: str


Step = Wipe | Erase | Run


@dataclass(frozen=True, slots=True)
class Hold:
    """Why a record stays although its period is over: something is under way, or owed, or rests on it."""

    code: str
    label: Any
    when: str
    """SQL: true for a row ``d`` (``object``, ``number``, ``since``, ``person``) that stays."""
    kinds: frozenset[str] = frozenset()
    """Codes of kinds; empty for all that are about a registrant."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record (記録の種類) with its period."""

    code: str
    label: Any
    event: Any
    """From which event the period counts (起算)."""
    months: int
    """The period unless the city says otherwise."""
    source: Any
    """On what that rests."""
    fate: Fate
    does: Any
    """What goes."""
    stays: Any
    """What stays as a figure."""
    due: str
    """SELECT of ``object`` (as ``key``), ``number``, ``since`` (a date: from then on the period runs) and ``person``
    (the registrant whom the record is about, or NULL)."""
    steps: tuple[Step, ...]
    key: str = "uuid"
    place: Place = Place.TENANT
    least: int = 1
    """No period is shorter, in months."""
    names: str = ""
    """``module:function``: objects as text -> a masked name each, for the facility's own page."""


@dataclass(frozen=True, slots=True)
class Automatic:
    """A kind that goes by itself, at a time that another setting says; told on the page and nowhere else."""

    label: Any
    text: Any


STAND_IN: Final = "ANON-"
"""Begins the numbers of the rows that stand for all whose records were anonymised, one for 個人 and one for 団体."""


def fiscal(day: str) -> str:
    """SQL: the first day after the fiscal year of ``day`` (年度末起算)."""
    return f"make_date(extract(year FROM ({day}) - interval '3 months')::int + 1, 4, 1)"


def tokyo(instant: str) -> str:
    """SQL: the day of ``instant`` in Tokyo."""
    return f"(({instant}) AT TIME ZONE 'Asia/Tokyo')::date"


def kinds() -> dict[str, Kind]:
    """Code -> kind, in the order of installation."""
    return {kind.code: kind for kind in _named("retention_kinds")}


def kinds_at(place: Place) -> dict[str, Kind]:
    """Code -> kind, of those that stand in a tenant's schema, or with the city."""
    return {code: kind for code, kind in kinds().items() if kind.place in {place, Place.BOTH}}


def holds_of(kind: Kind) -> list[Hold]:
    """What may keep a record of ``kind``, from every application."""
    is_of_persons = "NULL::uuid AS person" not in kind.due
    return [one for one in _named("retention_holds") if kind.code in one.kinds or (not one.kinds and is_of_persons)]


def hold_labels() -> dict[str, Any]:
    """Code of a hold -> its words."""
    return {one.code: one.label for one in _named("retention_holds")}


def automatic() -> list[Automatic]:
    """What goes by itself."""
    return list(_named("retention_automatic"))


def exempt() -> Mapping[str, str]:
    """Models under no kind -> why."""
    found = ((name, why) for config in apps.get_app_configs() for name, why in _exemptions(config))
    return dict(found)


def touched_models() -> frozenset[str]:
    """The models that some kind wipes or erases, as ``app.model`` in lower case."""
    steps = (step for kind in kinds().values() for step in kind.steps)
    return frozenset(step.model.lower() for step in steps if not isinstance(step, Run))


def _exemptions(config: Any) -> Any:
    return getattr(config, "retention_exempt", {}).items()


@cache
def _named(attribute: str) -> tuple[Any, ...]:
    paths = [path for config in apps.get_app_configs() for path in getattr(config, attribute, ())]
    return tuple(one for path in paths for one in resolve_name(path))
